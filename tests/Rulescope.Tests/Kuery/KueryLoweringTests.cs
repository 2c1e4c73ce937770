using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Languages.Kuery;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Kuery;

public class KueryLoweringTests
{
    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("kuery/lower.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Queries_lower_to_conditions(CaseFile.Case @case)
    {
        var lowered = KueryParser.Parse(@case.Input).Then(KueryLowering.Lower);
        Spans.AssertInside(@case.Input, lowered.Value);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics]));
    }

    [Fact]
    public void Tests_know_their_place()
    {
        const string Text = "process.name: (a* or \"b\") and not x >= 1";
        var all = Assert.IsType<Predicate.And>(KueryLowering.Lower(KueryParser.Parse(Text).Value).Value);
        Assert.Equal(Text, Slice(all.Span));
        var list = Assert.IsType<Predicate.InSet>(all.Terms[0]);
        Assert.Equal("process.name: (a* or \"b\")", Slice(list.Span));
        Assert.Equal("process.name", Slice(list.Subject.Span));
        Assert.Equal(["a*", "\"b\""], Assert.IsType<ValueSet.List>(list.Set).Items.Select(i => Slice(i.Span)));
        Assert.Equal("not x >= 1", Slice(all.Terms[1].Span));

        string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void No_soup_of_tokens_throws()
    {
        string[] words = ["a", "b.c", "d*", "*", "\"e f\"", ":", ":(", ":{", "(", ")", "{", "}", " and ", " or ", "not ", "<", ">=", " ", "null", "true", "1", "message", "source.ip", "10.0.0.0/8"];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, text => KueryLowering.Lower(KueryParser.Parse(text).Value).Value is not null).Check(Properties.Config.WithMaxTest(1000));
    }

    [Fact]
    public void Deep_nesting_lowers()
    {
        var text = string.Concat(Enumerable.Repeat("a: { ", 150)) + "b: 1" + new string('}', 150);
        var lowered = KueryParser.Parse(text).Then(KueryLowering.Lower);
        Assert.Empty(lowered.Diagnostics);
        Assert.IsType<Predicate.Some>(lowered.Value);
    }

    [Fact]
    public void Public_queries_can_be_read()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.Elastic("kuery").ToList();
        foreach (var query in queries)
        {
            var lowered = KueryLowering.Lower(KueryParser.Parse(query.Text).Value, new LogSource("elastic", []));
            Spans.AssertInside(query.Text, Assert.IsType<Plan.Filter>(lowered.Value.Plan).Condition);
            var problems = lowered.Diagnostics.Select(d => d.ToString()).Concat(Reader.Read(lowered.Value).Unread.Select(u => $"unread {u.SourceText}"));
            Assert.True(!problems.Any(), $"{query.Path}\n{string.Join('\n', problems)}\n{query.Text}");
        }

        Assert.Equal(801, queries.Count);
    }
}
