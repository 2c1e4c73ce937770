using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Sigma;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests;

public class SigmaTests
{
    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("sigma/condition.cases");

    public static TheoryData<CaseFile.Case> Documents => CaseFile.Load("sigma/syntax.cases");

    public static TheoryData<CaseFile.Case> Errors => CaseFile.Load("sigma/errors.cases");

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Condition_reads_to_syntax(CaseFile.Case @case)
    {
        var parsed = SigmaParser.ParseCondition(@case.Input);
        CaseFile.Check(@case, Lines([TreeText.Of(parsed.Value)], parsed.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_reads_to_syntax(CaseFile.Case @case)
    {
        var parsed = SigmaParser.Parse(@case.Input);
        CaseFile.Check(@case, Lines(parsed.Value.Select(TreeText.Of), parsed.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Findings_point_into_the_file(CaseFile.Case @case)
    {
        var parsed = SigmaParser.Parse(@case.Input);
        var shown = parsed.Diagnostics.Select(d => $"{d} `{@case.Input.AsSpan(d.Span.Start, d.Span.Length)}`".ReplaceLineEndings("\\n"));
        CaseFile.Check(@case, string.Join('\n', shown));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_of_the_cases_are_written_as_they_were_read(CaseFile.Case @case)
    {
        var parsed = SigmaParser.ParseCondition(@case.Input);
        Assert.True(!parsed.IsComplete || SigmaParser.ParseCondition(SigmaWriter.Write(parsed.Value)).Value == parsed.Value, SigmaWriter.Write(parsed.Value));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Documents_are_written_as_they_were_read(CaseFile.Case @case)
    {
        var documents = SigmaParser.Parse(@case.Input).Value;
        Assert.Equal(documents, SigmaParser.Parse(SigmaWriter.Write(documents)).Value);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("not (")]
    public void Deep_conditions_are_one_finding(string opening)
    {
        var parsed = SigmaParser.ParseCondition(string.Concat(Enumerable.Repeat(opening, 1_000_000)));
        Assert.Equal("SIG0403", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData(" and ")]
    [InlineData(" or ")]
    public void Long_chains_are_one_node(string connective)
    {
        var parsed = SigmaParser.ParseCondition(string.Join(connective, Enumerable.Repeat("a", 100_000)));
        Assert.Empty(parsed.Diagnostics);
        var terms = parsed.Value switch
        {
            SigmaCondition.And and => and.Terms,
            SigmaCondition.Or or => or.Terms,
            _ => [],
        };
        Assert.Equal(100_000, terms.Count);
    }

    [Fact]
    public void Patterns_are_compared_so_often_and_no_more()
    {
        // SIG0413 needs more text than a case file should hold.
        var searches = string.Concat(Enumerable.Range(0, 201).Select(i => $"  a{i}: {{f: 1}}\n"));
        var text = $"logsource: {{product: test}}\ndetection:\n{searches}  condition: {string.Join(" and ", Enumerable.Repeat("1 of a*", 101))}\n";
        var parsed = SigmaParser.Parse(text);
        Assert.Equal("SIG0413", Assert.Single(parsed.Diagnostics).Code.Id);
        var terms = Assert.IsType<Predicate.And>(Assert.IsType<Plan.Filter>(SigmaLowering.Lower(parsed.Value[0]).Value.Plan).Condition).Terms;
        Assert.Equal(2, terms.Count(t => t is Predicate.Unsupported { SourceText: "1 of a*" }));
    }

    [Fact]
    public void Conditions_never_throw()
    {
        Prop.ForAll<string>(text => SigmaParser.ParseCondition(text ?? "").Value is not null).Check(Properties.Config);
        string[] tokens = ["a", "b*", "and", "or", "not", "(", ")", "1 of", "all of", "them", "|", "count", "near", "by", ",", ">", "=", "5", "\n", "'"];
        var soup = Gen.Elements(tokens).ListOf().Select(t => string.Join(' ', t)).ToArbitrary();
        Prop.ForAll(soup, Reads).Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void Documents_never_throw()
    {
        string[] lines =
        [
            "title: x", "detection:", "correlation:", "filter:", "logsource: {product: x}", "  sel:", "    f|contains: x", "    - a", "  condition: sel", "  condition: 1 of them | count() > 5",
            "--- # n", "action: global", "action: repeat", "  type: temporal", "  rules: [a, b]", "  timespan: 5m", "  field: x", "    f: [1, null, {a: b}]", "    f|windash|base64offset|contains: -a", "    f|re|i: [a]", "    f|expand: '%x%y'", "    f|fieldref|neq: g", "name: a", "  condition: a and not b", "  condition: {gte: 1}", "    '|all': [a]", "  - x", "&a", "*a", "\t", "  aliases: {a: {b: c}}",
        ];
        var soup = Gen.Elements(lines).ListOf().Select(l => string.Join('\n', l)).ToArbitrary();
        Prop.ForAll(soup, Lowers)
            .Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void Conditions_are_written_as_they_were_read()
    {
        var names = Gen.Elements("a", "b_1", "c*").Select(SigmaCondition (n) => n.EndsWith('*') ? new SigmaCondition.Of(n.Length > 2 ? 1 : null, n) : new SigmaCondition.Identifier(n));
        Prop.ForAll(Trees(names, 4).ToArbitrary(), tree => SigmaParser.ParseCondition(SigmaWriter.Write(tree)).Value == tree)
            .Check(Properties.Config.WithMaxTest(1000));
    }

    static Gen<SigmaCondition> Trees(Gen<SigmaCondition> leaf, int depth)
    {
        if (depth == 0)
            return leaf;
        var inner = Trees(leaf, depth - 1);
        var several = inner.ListOf(3).Select(t => t.ToEquatableArray());
        return Gen.OneOf(
            leaf,
            inner.Select(SigmaCondition (t) => new SigmaCondition.Not(t)),
            several.Select(SigmaCondition (t) => new SigmaCondition.And(t)),
            several.Select(SigmaCondition (t) => new SigmaCondition.Or(t)));
    }

    [Fact]
    public void Patterns_are_written_as_they_are_read()
    {
        var written = Gen.Elements("a", "\\", "*", "?", "%", "é").ListOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(written, text => SigmaPattern.Parse(SigmaPattern.Parse(text).Write()) == SigmaPattern.Parse(text))
            .Check(Properties.Config.WithMaxTest(3000));
    }

    static bool Lowers(string text)
    {
        var parsed = SigmaParser.Parse(text);
        var scope = SigmaScope.Of(parsed.Value);
        return parsed.Diagnostics.Concat(parsed.Value.SelectMany(d => SigmaLowering.Lower(d, scope).Diagnostics))
            .All(d => d.Span.Start >= 0 && d.Span.End <= text.Length);
    }

    static bool Reads(string text) =>
        SigmaParser.ParseCondition(text) is { } parsed && parsed.Diagnostics.All(d => d.Span.Start >= 0 && d.Span.End <= text.Length);

    static string Lines(IEnumerable<string> trees, IEnumerable<Diagnostic> findings) =>
        string.Join('\n', trees.Concat(findings.Select(f => f.ToString())));
}
