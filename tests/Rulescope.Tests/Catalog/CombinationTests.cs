using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Guide;
using Rulescope.Corpus;
using Rulescope.Text;

namespace Rulescope.Tests.Catalog;

/// <summary>Which tests of a rule are a combination: those that one event must pass together.</summary>
public sealed class CombinationTests
{
    [Theory]
    [InlineData(RuleLanguage.Kuery, "a : 1 and b : 2", "a1+b2")]
    [InlineData(RuleLanguage.Kuery, "a : 1 or b : 2", "")]
    [InlineData(RuleLanguage.Kuery, "a : (1 or 2)", "")]
    [InlineData(RuleLanguage.Kuery, "a : (1 or 2) and b : 3", "a1+b3 a2+b3")]
    [InlineData(RuleLanguage.Kuery, "a : 1 and (b : 2 or c : 3)", "a1+b2 a1+c3")]
    [InlineData(RuleLanguage.Kuery, "(a : 1 and b : 2) or (c : 3 and d : 4)", "a1+b2 c3+d4")]
    [InlineData(RuleLanguage.Kuery, "a : 1 or (b : 2 and (c : 3 or d : 4))", "b2+c3 b2+d4")]
    [InlineData(RuleLanguage.Kuery, "(a : 1 or b : 2) and (c : 3 or d : 4)", "a1+c3 a1+d4 b2+c3 b2+d4")]
    [InlineData(RuleLanguage.Kuery, "a : 1 and (b : 2 or not c : 3)", "a1+b2")]
    [InlineData(RuleLanguage.Kuery, "a : 1 or not (b : 2 or not (c : 3 and d : 4))", "c3+d4")]
    [InlineData(RuleLanguage.Kuery, "a : 1 or not (b : 2 and not (c : 3 or d : 4))", "")]
    [InlineData(RuleLanguage.Kuery, "a : 1 and not b : 2 and c : 3", "a1+c3")]
    [InlineData(RuleLanguage.Eql, "process where a in (\"1\", \"2\") and b == \"3\"", "a1+b3 a2+b3")]
    [InlineData(RuleLanguage.Eql, "sequence by u [process where a == \"1\" and b == \"2\"] [file where c == \"3\"]", "a1+b2")]
    [InlineData(RuleLanguage.Kusto, "T | where a == '1' | where b == '2'", "a1+b2")]
    [InlineData(RuleLanguage.Kusto, "T | where a == '1' | extend x = 1 | where b == '2' or c == '3'", "a1+b2 a1+c3")]
    [InlineData(RuleLanguage.Kusto, "T | where a has_all ('1', '2')", "a1+a2")]
    [InlineData(RuleLanguage.Kusto, "T | where a has_any ('1', '2')", "")]
    [InlineData(RuleLanguage.Kusto, "union (T | where a == '1'), (T | where b == '2')", "")]
    [InlineData(RuleLanguage.Kusto, "union (T | where a == '1'), (U | where b == '2') | where c == '3'", "")]
    [InlineData(RuleLanguage.Kusto, "T | where a == '1' | join (U | where b == '2') on x | where c == '3'", "a1+c3")]
    public void Tests_stand_together_where_one_event_must_pass_both(RuleLanguage language, string query, string pairs)
    {
        var read = QueryLanguages.Read(language, EmbeddedText.Whole(query), new(new LogSource("test", [])));
        Assert.NotNull(read.Value);
        var seen = Reader.Read(read.Value).Observations.Items.Where(o => o is { Side: Side.Indicator, IsNegated: false, Value: not null, Field: not "event.category" }).ToArray();
        var found = seen.SelectMany((one, i) => seen[(i + 1)..].Where(other => one.Place.StandsWith(other.Place)).Select(other => $"{one.Field}{one.Value}+{other.Field}{other.Value}"));
        Assert.Equal(pairs, string.Join(' ', found));
        Assert.All(seen, o => Assert.Equal(o.Place, Place.Parse(o.Stage, o.Place.Text)));
    }

    [Theory]
    [InlineData("a:\n    Image: x\n    User: y\n    Company: z\ncondition: a", "Company Image User")]
    [InlineData("a:\n    Image: x\n    User: y\nb:\n    Company: z\ncondition: a or b", "Image User")]
    [InlineData("a:\n    Image: x\nb:\n    User: y\ncondition: 1 of them", "")]
    // Each two stand together somewhere, but all three nowhere.
    [InlineData("a:\n    Image: x\n    User: y\nb:\n    User: y\n    Company: z\nc:\n    Image: x\n    Company: z\ncondition: a or b or c", "Image User, Company User, Company Image")]
    public void The_guide_shows_tests_of_several_rules_that_stand_together(string detection, string combinations)
    {
        using var fixture = new CatalogFixture();
        foreach (var id in (string[])["one", "two"])
            fixture.With(id, CatalogFixture.Rule(id, detection, "attack.t1098", "windows", "security").Replace("service: security", "category: process_creation", StringComparison.Ordinal));
        fixture.Build();
        var shown = new GuideReader(fixture.Open()).Read(new("T1098"), out _)!.Insight.Combinations.Select(c => string.Join(' ', c.Tests.Select(t => t.Field).Order(StringComparer.Ordinal))).ToArray();
        // Of combinations of the same rules one is shown.
        Assert.Equal(combinations.Length == 0 ? 0 : 1, shown.Length);
        Assert.All(shown, s => Assert.Contains(s, combinations.Split(", ")));
    }
}
