using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Languages.Spl;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Spl;

public class SplLoweringTests
{
    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("spl/lower.cases");

    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("spl/conditions.cases");

    public static TheoryData<CaseFile.Case> Readings => CaseFile.Load("spl/reading.cases");

    public static TheoryData<CaseFile.Case> Probes => CaseFile.Load("engine/spl-probes.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Searches_lower_to_plans(CaseFile.Case @case)
    {
        var lowered = Read(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics]));
    }

    // The condition of the last filter alone.
    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_lower_to_tests(CaseFile.Case @case)
    {
        var lowered = Read(@case.Input);
        var condition = Assert.IsType<Plan.Filter>(lowered.Value.Plan).Condition;
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(condition), .. lowered.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void Searches_read_as_leaves(CaseFile.Case @case)
    {
        var lowered = Read(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [ReadingLines.Of(Reader.Read(lowered.Value)), .. lowered.Diagnostics]));
    }

    // A search, a blank line, events: what the conditions give for each.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Searches_mean_what_the_references_say(CaseFile.Case @case)
    {
        var parts = @case.Input.Split("\n\n", 2);
        var ready = SingleEventRule.Prepare(Read(parts[0]).Value, new(LogSourceCatalog.Shipped));
        var shown = ready.Value is { } rule ? Events(parts[1]).Select(e => Word(rule.Evaluate(e))) : [];
        CaseFile.Check(@case, string.Join('\n', [.. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    [Fact]
    public void Words_of_the_rule_stay_with_the_nodes()
    {
        const string Text = "a!=\"b\" `security` | where c!=1";
        var lowered = Read(Text).Value;
        var outer = Assert.IsType<Plan.Filter>(lowered.Plan);
        var inner = Assert.IsType<Predicate.And>(Assert.IsType<Plan.Filter>(outer.Input).Condition);
        var not = Assert.IsType<Predicate.Not>(inner.Terms[0]);
        Assert.Equal(("!=", true), (not.Written?.Operator, not.Written?.Negated));
        Assert.Equal("!=", Slice(not.Written!.OperatorSpan));
        Assert.Equal("a!=\"b\"", Slice(not.Operand.Span));
        Assert.Equal("`security`", Slice(inner.Terms[1].Span));
        Assert.Equal("c!=1", Slice(outer.Condition.Span));

        static string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void No_token_soup_throws() =>
        Prop.ForAll(Gen.Elements(SplFuzzTests.Words).ListOf().ToArbitrary(), words => Lowers("a | " + string.Join(' ', words)))
            .Check(Properties.Config.WithMaxTest(2000).WithEndSize(40));

    [Fact]
    public void No_text_throws() => Prop.ForAll<string>(text => Lowers(text ?? "")).Check(Properties.Config);

    [Theory]
    [InlineData("a", " | eval b=b+b")]
    [InlineData("a", " | where b=1")]
    [InlineData("a", " | rename * as x*")]
    [InlineData("a", " | append [search b]")]
    [InlineData("a", " OR b")]
    [InlineData("a | eval b=1", "+1")]
    [InlineData("a | stats count by x1", ",x2")]
    [InlineData("a | stats count by x1 x2 x3 x4 x5", " | foreach * [eval <<FIELD>>=1, <<FIELD>>y=2]")]
    public void Long_runs_end(string first, string next) => Lowers(first + string.Concat(Enumerable.Repeat(next, 2_000)));

    [Fact]
    public void A_search_that_runs_itself_ends()
    {
        var macros = new SplMacros([new("again", [], "a | map search=\"search `again` | map search=\\\"`again`\\\"\"")]);
        Assert.NotNull(SplSearches.Read("`again`", macros, new("splunk", [])).Value);
    }

    [Fact]
    public void Public_searches_are_read_and_readable()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var macros = SplunkArchive.Macros();
        var unread = new List<string>();
        var findings = new List<string>();
        var (all, read, readable) = (0, 0, 0);
        foreach (var (path, search) in SplunkArchive.Searches())
        {
            var lowered = SplSearches.Read(search, macros, new("splunk", []));
            var text = TreeText.Of(lowered.Value);
            Assert.True(text == TreeText.Of(TreeText.Parse<RuleQuery>(text).Value), path);
            var reading = Reader.Read(lowered.Value);
            all++;
            read += lowered.IsComplete ? 1 : 0;
            readable += reading.IsReadable ? 1 : 0;
            unread.AddRange(reading.Unread.Items.Select(u => u.SourceText.Split(' ', '(')[0]));
            findings.AddRange(lowered.Diagnostics.Select(d => d.Code.Id));
        }

        Assert.Equal((1711, 1711, 1681), (all, read, readable));
        Assert.Equal("anomalydetection 1, apply 14, cyberchef 1, foreach 7, map 7, outlier 1, summary 4", Counted(unread));
        Assert.Equal("SPL0210 2, SPL0301 35, SPL0304 1, SPL0306 7", Counted(findings));
    }

    static string Counted(IEnumerable<string> words) =>
        string.Join(", ", words.GroupBy(u => u, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"));

    static Parsed<RuleQuery> Read(string text) => SplSearches.Read(text, SplFixture.Macros, new LogSource("splunk", []));

    static void Lowers(string text)
    {
        var lowered = Read(text);
        Assert.NotNull(Reader.Read(lowered.Value));
        Assert.All(lowered.Diagnostics, d => Assert.True(d.Span.Start >= 0 && d.Span.End <= text.Length));
    }

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();

    static string Word(Truth truth) => truth switch { Truth.True => "T", Truth.False => "F", Truth.Unknown => "U", _ => "E" };
}
