using FsCheck;
using FsCheck.Fluent;
using Rulescope.Catalog.Search;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Catalog;

public class SearchQueryTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("catalog/search.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_search_is_words_and_terms(CaseFile.Case @case)
    {
        var parsed = SearchQuery.Parse(@case.Input);
        string[] lines =
        [
            .. parsed.Value.Words.Select(w => $"word {w}"),
            .. parsed.Value.Terms.Select(t => $"{t.Key} = {t.Value} @{t.Span}"),
            .. parsed.Diagnostics.Select(d => d.ToString()),
        ];
        CaseFile.Check(@case, string.Join('\n', lines));
    }

    [Fact]
    public void A_search_beyond_the_limit_is_cut_and_says_so()
    {
        var parsed = SearchQuery.Parse(new string('x', 2_001));
        Assert.Equal("SEA0104", Assert.Single(parsed.Diagnostics).Code.Id);
        Assert.Equal(2_000, Assert.Single(parsed.Value.Words).Length);
    }

    [Fact]
    public void No_search_throws() => Prop.ForAll<string>(text => SearchQuery.Parse(text ?? "").Value is not null).Check(Properties.Config);
}
