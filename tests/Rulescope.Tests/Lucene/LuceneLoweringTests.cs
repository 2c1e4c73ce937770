using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Languages.Lucene;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Lucene;

public class LuceneLoweringTests
{
    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("lucene/lower.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Queries_lower_to_conditions(CaseFile.Case @case)
    {
        var lowered = LuceneParser.Parse(@case.Input).Then(LuceneLowering.Lower);
        Spans.AssertInside(@case.Input, lowered.Value);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics]));
    }

    [Fact]
    public void No_soup_of_tokens_throws()
    {
        string[] words = ["a", "b:", "c*", "*", "\"e f\"", "~", "~2", "^3", "(", ")", "[", "]", "{", "}", " TO ", " AND ", " OR ", "NOT ", "+", "-", "/r/", " ", "_exists_:", ">=1", "\\*"];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, text => LuceneLowering.Lower(LuceneParser.Parse(text).Value).Value is not null).Check(Properties.Config.WithMaxTest(1000));
    }

    [Fact]
    public void Public_queries_can_be_read()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var query = Assert.Single(PublicArchive.Elastic("lucene"));
        var lowered = LuceneLowering.Lower(LuceneParser.Parse(query.Text).Value, new LogSource("elastic", []));
        Assert.Empty(lowered.Diagnostics);
        Assert.True(Reader.Read(lowered.Value).IsReadable);
    }
}
