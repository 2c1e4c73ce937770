using Rulescope.Catalog.Rules;

namespace Rulescope.Tests.Catalog;

public class SimilarRulesTests
{
    [Fact]
    public void Rules_that_share_rare_indicators_are_similar_and_the_most_alike_comes_first()
    {
        using var catalog = new CatalogFixture()
            .With("one", Rule("one", "own-a", "own-b", "own-c"))
            .With("twin", Rule("twin", "own-a", "own-b", "own-c"))
            .With("near", Rule("near", "own-a", "own-b", "own-d"))
            .With("far", Rule("far", "own-x"))
            .With("former", Rule("former", "own-a", "own-b", "own-c"), "deprecated");
        catalog.Build();
        using var opened = catalog.Open();
        var similar = new RuleReader(opened).Read("sigma", "one", out _)!.Similar;
        Assert.Equal([("twin", 3, 3), ("near", 2, 3)], similar.Select(s => (s.Rule.Id, s.Shared, s.Own)));
        Assert.Equal(1, similar[0].Overlap, 6);
        // ln(5/3) and ln(5/3) of both; ln(5/2) and ln(5/1) of one each: 4 live rules, a value that n have weighs ln(5/n).
        Assert.Equal(2 * Math.Log(5.0 / 3) / ((2 * Math.Log(5.0 / 3)) + Math.Log(5.0 / 2) + Math.Log(5)), similar[1].Overlap, 6);
    }

    static string Rule(string id, params string[] values) => CatalogFixture.Rule(
        id,
        $"""
        selection:
            eventName:
        {string.Join('\n', values.Select(v => "        - " + v))}
        condition: selection
        """);
}
