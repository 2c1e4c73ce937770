using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Languages.Eql;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Eql;

public class EqlLoweringTests
{
    static readonly LogSource Source = new("elastic", []);

    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("eql/lower.cases");

    public static TheoryData<CaseFile.Case> EndgameQueries => CaseFile.Load("eql/endgame-lower.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Queries_lower_to_plans(CaseFile.Case @case) => Check(@case, EqlDialect.Elastic);

    [Theory]
    [MemberData(nameof(EndgameQueries))]
    public void Queries_of_Endgame_lower_to_plans(CaseFile.Case @case) => Check(@case, EqlDialect.Endgame);

    [Fact]
    public void Words_of_the_query_stay_with_the_nodes()
    {
        const string Text = "any where f != \"x\" and g not in (\"a\") and not h in (\"b\")";
        var all = Assert.IsType<Predicate.And>(Assert.IsType<Plan.Filter>(Lower(Text, EqlDialect.Elastic).Value.Plan).Condition);
        Assert.Equal(["!=", "not in", null], all.Terms.Select(t => t.Written?.Operator));
        Assert.Equal([true, true, null], all.Terms.Select(t => t.Written?.Negated));
        Assert.Equal(["f != \"x\"", "g not in (\"a\")", "not h in (\"b\")"], all.Terms.Select(t => Text[t.Span.Start..t.Span.End]));
        Assert.Equal(" != ", Text[all.Terms[0].Written!.OperatorSpan.Start..all.Terms[0].Written!.OperatorSpan.End]);
    }

    [Fact]
    public void Another_category_field_can_be_asked_for()
    {
        var lowered = EqlLowering.Lower(EqlParser.Parse("process where true").Value, EqlDialect.Elastic, Source, "kind");
        Assert.Equal("filter: kind eq process\nindicator kind eq \"process\"", ReadingLines.Of(Reader.Read(lowered.Value)));
    }

    [Fact]
    public void Long_arithmetic_is_one_finding()
    {
        var lowered = Lower("any where a == 1" + string.Concat(Enumerable.Repeat(" + 1", 10_000)), EqlDialect.Elastic);
        Assert.Equal(EqlCodes.NoModel, Assert.Single(lowered.Diagnostics).Code);
        Assert.False(Reader.Read(lowered.Value).IsReadable);
    }

    // A call that was lowered twice on each level would never end.
    [Theory]
    [InlineData("startsWith(", ", \"a\")")]
    [InlineData("safe(", ")")]
    [InlineData("length(", ")")]
    [InlineData("(1 == ", ")")]
    public void Deep_calls_lower(string open, string close)
    {
        var text = "any where " + string.Concat(Enumerable.Repeat(open, 150)) + "a" + string.Concat(Enumerable.Repeat(close, 150)) + " == 1";
        Assert.NotNull(Reader.Read(Lower(text, EqlDialect.Endgame).Value));
    }

    [Fact]
    public void No_soup_of_tokens_throws()
    {
        string[] words =
        [
            "a", "b.c", "?d", "\"e*\"", "'f'", "5", "1.5", "null", "true", "==", "!=", "<", ":", " like ", " regex~ ", " in (", " not in (", "(", ")", "[", "]", "![", ",", " and ", " or ", "not ",
            "+", "-", "/", "process where ", "any where ", "sequence by x ", "sample by y ", "join ", " with maxspan=1m ", " with runs=2 ", " until [", "length(", "arraySearch(l, v, ", "arrayCount(l, v, ",
            "match(", "safe(", "child of [", "| head 1", "| count a", "| unique b", "events[0].x", " fork ",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, text => Enum.GetValues<EqlDialect>().All(dialect => Reader.Read(Lower(text, dialect).Value) is not null)).Check(Properties.Config.WithMaxTest(1000));
    }

    [Fact]
    public void Rules_and_hunts_of_Elastic_can_be_read()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.Elastic("eql").ToList();
        foreach (var query in queries)
        {
            var lowered = Lower(query.Text, EqlDialect.Elastic);
            Spans.AssertInside(query.Text, lowered.Value);
            var problems = lowered.Diagnostics.Select(d => d.ToString()).Concat(Reader.Read(lowered.Value).Unread.Select(u => $"unread {u.SourceText}"));
            Assert.True(!problems.Any(), $"{query.Path}\n{string.Join('\n', problems)}\n{query.Text}");
        }

        Assert.Equal(1094, queries.Count);
    }

    // Eleven of Endgame's ask for events related to those of another query.
    [Theory]
    [InlineData("conformance/elastic-eql.tar.gz", "cases.open.jsonl", EqlDialect.Elastic, 116, 0)]
    [InlineData("conformance/elastic-eql.tar.gz", "derived.open.jsonl", EqlDialect.Elastic, 95, 0)]
    [InlineData("conformance/eql-endgame.tar.gz", "queries.open.jsonl", EqlDialect.Endgame, 194, 11)]
    public void Queries_of_the_suites_lower(string archive, string file, EqlDialect dialect, int count, int unreadable)
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var readings = PublicArchive.JsonLines(archive, file).Select(c => Reader.Read(Lower(c.GetProperty("query").GetString() ?? "", dialect).Value)).ToList();
        Assert.Equal(count, readings.Count);
        Assert.Equal(unreadable, readings.Count(r => !r.IsReadable));
    }

    static void Check(CaseFile.Case @case, EqlDialect dialect)
    {
        var lowered = Lower(@case.Input, dialect);
        Spans.AssertInside(@case.Input, lowered.Value);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value.Plan), .. lowered.Diagnostics]));
    }

    static Parsed<RuleQuery> Lower(string text, EqlDialect dialect) =>
        EqlParser.Parse(text, dialect).Then(query => EqlLowering.Lower(query, dialect, Source));
}
