using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;
using Rulescope.Tests.Engine;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Panther;

public class SimpleTests
{
    static readonly LogSource Source = new("panther", []);

    public static TheoryData<CaseFile.Case> Syntax => [.. CaseFile.Load("panther/simple-syntax.cases"), .. CaseFile.Load("panther/simple-errors.cases")];

    public static TheoryData<CaseFile.Case> Lowering => CaseFile.Load("panther/simple-lower.cases");

    public static TheoryData<CaseFile.Case> Correlations => CaseFile.Load("panther/correlations.cases");

    public static TheoryData<CaseFile.Case> Meanings => CaseFile.Load("engine/panther-simple.cases");

    public static TheoryData<CaseFile.Case> Filters => CaseFile.Load("engine/panther-filters.cases");

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Expressions_read_to_a_tree(CaseFile.Case @case)
    {
        var parsed = Parse(@case.Input);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [.. parsed.Value.Select(e => TreeText.Of(e)), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Lowering))]
    public void Expressions_lower_to_conditions(CaseFile.Case @case)
    {
        var lowered = Parse(@case.Input).Then(SimpleLowering.Lower);
        Spans.AssertInside(@case.Input, lowered.Value);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlations_are_plans_over_rules(CaseFile.Case @case)
    {
        var read = Correlation(@case.Input);
        Assert.All(read.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(read.Value), .. read.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public void Expressions_mean_what_the_reference_says(CaseFile.Case @case) =>
        Probes.Check(@case, text => Parse(text).Then(SimpleLowering.Lower).Then(Query));

    [Theory]
    [MemberData(nameof(Filters))]
    public void Filters_let_events_without_the_field_pass(CaseFile.Case @case) =>
        Probes.Check(@case, text => Parse(text).Then(SimpleLowering.LowerFilter).Then(Query));

    [Fact]
    public void No_soup_of_words_throws()
    {
        string[] words =
        [
            "Key: a", "KeyPath: a.b[0]", "KeyPath: '[*]'", "DeepKey: [a, 0]", "Condition: Equals", "Condition: IsIn", "Condition: AnyElement", "Condition: IsNull", "Value: x",
            "Value: [1]", "Values: [a, 1]", "Values: [{Key: a}, {Key: b}]", "Expressions: [{Key: a, Condition: Exists}]", "All: []", "Any: [{Condition: AlwaysTrue}]", "Group: [{RuleID: r}]",
            "Group: 1", "MatchCriteria: {a: [{GroupID: r, Match: x}]}", "Sequence: [{RuleID: r, ID: s}]", "Transitions: [{From: s, To: s}]", "LookbackWindowMinutes: 99999999999", "1: 2",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(w => $"- {{{string.Join(", ", w)}}}").ToArbitrary();
        Prop.ForAll(soup, text => Holds(text)).Check(Properties.Config.WithMaxTest(1000));
    }

    [Fact]
    public void No_text_throws() => Prop.ForAll<string>(text => Holds(text ?? "")).Check(Properties.Config);

    // The YAML reader's limit is the limit of expressions too.
    [Fact]
    public void Deep_nesting_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("{All: [", 45)) + "{Condition: AlwaysTrue}" + string.Concat(Enumerable.Repeat("]}", 45));
        var parsed = Parse(text);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(new Predicate.Constant(Rulescope.Algebra.Values.Truth.True), parsed.Then(SimpleLowering.Lower).Value);
    }

    static bool Holds(string text)
    {
        var lowered = Parse(text).Then(SimpleLowering.Lower);
        return TreeText.Of(lowered.Value).Length > 0 && TreeText.Of(Correlation(text).Value).Length > 0;
    }

    static Parsed<ImmutableArray<SimpleExpression>> Parse(string text) =>
        YamlReader.Read(text).Value.Items is [var document, ..] ? SimpleParser.Parse(text, document.Root) : Parsed.Clean<ImmutableArray<SimpleExpression>>([]);

    static Parsed<RuleQuery> Correlation(string text) =>
        YamlReader.Read(text).Value.Items is [var document, ..] ? CorrelationRules.Read(text, document.Root, Source) : Parsed.Clean(RuleQuery.Empty(Source));

    static Parsed<RuleQuery> Query(Predicate condition) => Parsed.Clean(RuleQuery.Of(Source, condition));
}
