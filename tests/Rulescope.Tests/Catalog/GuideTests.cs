using System.Text.Json;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Search;

namespace Rulescope.Tests.Catalog;

/// <summary>The guide over rules small enough to count by hand.</summary>
public sealed class GuideTests : IDisposable
{
    readonly CatalogFixture _fixture = new();

    public GuideTests()
    {
        _fixture
            .With("one", CatalogFixture.Rule("one", "selection:\n    eventName: StartSession\n    userAgent|contains: ['Boto', 'CLI']\ncondition: selection"))
            .With("two", CatalogFixture.Rule("two", "selection:\n    eventName: STARTSESSION\nfilter:\n    userAgent|contains: boto\ncondition: selection and not filter"))
            .With("three", CatalogFixture.Rule("three", "selection:\n    eventName: [StartSession, D, C, B, A]\n    errorCode: null\ncondition: selection"))
            .With("other", CatalogFixture.Rule("other", "selection:\n    eventName: StartSession\ncondition: selection", "attack.t1078"))
            .With("parent", CatalogFixture.Rule("parent", "selection:\n    eventName: X\ncondition: selection", "attack.t1021"))
            .With("old", CatalogFixture.Rule("old", "selection:\n    eventName: StartSession\ncondition: selection"), "deprecated")
            .With("entra", CatalogFixture.Rule("entra", "selection:\n    ResultType: 0\ncondition: selection", "attack.t1021.007", "azure", "signinlogs"))
            .With("moved", CatalogFixture.Rule("moved", "selection:\n    a: 1\ncondition: selection", "attack.t1562.001"))
            .With("new", CatalogFixture.Rule("new", "selection:\n    a: 2\ncondition: selection", "attack.t1685"));
        _fixture.Build();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_rule_counts_once_per_row_and_spellings_of_one_value_are_one_row()
    {
        var guide = Ask(new("T1021.007"));
        Assert.Equal(4, guide.Rules.Total);
        Assert.Equal(5, guide.Rules.Vendors[0].Count + guide.Rules.LeftOut.Sum(f => f.Rules));
        // alone: one, two and the unrelated rule; in a list: three
        var row = guide.Indicators.Rows.First(r => r is { Field: "aws::eventName", Kind: "eq" });
        Assert.Equal(("StartSession", 3, 4), (row.Value, row.Rules, row.Reach));
        Assert.Equal(["STARTSESSION"], row.Spellings);
        Assert.Equal(["sigma/one", "sigma/three", "sigma/two"], row.RuleIds);
    }

    [Fact]
    public void A_pattern_in_a_list_is_no_value_that_is_equal()
    {
        _fixture.With("patterns", CatalogFixture.Rule("patterns", "selection:\n    eventName: ['Get*', 'ListKeys']\ncondition: selection", "attack.t1098"));
        _fixture.With("star", CatalogFixture.Rule("star", "selection:\n    eventName: 'Get\\*'\ncondition: selection", "attack.t1098"));
        _fixture.Build();
        var rows = Ask(new("T1098")).Indicators.Rows.Select(r => $"{r.Kind} {r.Value} {r.Rules}").Order(StringComparer.Ordinal);
        Assert.Equal(["eq Get* 1", "in ListKeys 1", "in get* 1"], rows);
    }

    [Fact]
    public void The_plain_reading_keeps_a_list_apart_from_a_value_alone()
    {
        var rows = Ask(new("T1021.007") { Plain = true }).Indicators.Rows.Where(r => r is { Field: "aws::eventName", Value: "StartSession" or "STARTSESSION" }).ToArray();
        Assert.Equal([("eq", 2, 3), ("in", 1, 1)], rows.Select(r => (r.Kind, r.Rules, r.Reach)));
    }

    [Fact]
    public void Fields_show_how_and_at_most_five_samples_three_from_each_rule()
    {
        var field = Ask(new("T1021.007")).Fields.Rows[0];
        Assert.Equal(("aws::eventName", 3), (field.Field, field.Rules));
        Assert.Equal(["eq 2", "in 1"], field.How.Select(h => $"{h.Operator} {h.Rules}"));
        Assert.Equal(["A", "B", "C", "STARTSESSION", "StartSession"], field.Samples);
    }

    [Fact]
    public void A_test_of_presence_is_a_field_and_no_value()
    {
        var guide = Ask(new("T1021.007"));
        var field = guide.Fields.Rows.Single(f => f.Field == "aws::errorCode");
        Assert.Equal("is_null", Assert.Single(field.How).Operator);
        Assert.Empty(field.Samples);
        Assert.DoesNotContain(guide.Indicators.Rows, r => r.Field == "aws::errorCode");
    }

    [Fact]
    public void Exclusions_open_to_their_clause()
    {
        var row = Assert.Single(Ask(new("T1021.007")).Exclusions.Rows);
        Assert.Equal(("aws::userAgent", "contains", "boto", 1), (row.Field, row.Kind, row.Value, row.Rules));
        Assert.Equal(new ClauseText("sigma/two", "filter", "userAgent contains boto"), Assert.Single(row.Clauses));
    }

    [Fact]
    public void Platform_and_domain_narrow_the_rules_and_the_counts()
    {
        Assert.Equal("entra", Assert.Single(Ask(new("T1021.007") { Domain = "identity", Platform = "azure" }).Rules.Vendors[0].Rules).Id);
        Assert.Equal(3, Ask(new("T1021.007") { Platform = "aws" }).Rules.Total);
        Assert.Equal(0, Ask(new("T1021.007") { Platform = "windows" }).Rules.Total);
        foreach (var level in Ask(new("T1021.007")).Rules.Levels)
            Assert.Equal(level.Rules, Ask(new("T1021.007") { Level = level.Name.ToUpperInvariant() }).Rules.Total);
        Assert.Equal(0, Ask(new("T1021.007") { Level = "unheard-of" }).Rules.Total);
        Assert.Equal(3, Ask(new("T1021.007") { Platform = "aws" }).Rules.VendorNames.Sum(v => v.Rules));
    }

    [Fact]
    public void Deprecated_rules_count_only_when_asked_for()
    {
        Assert.Equal("deprecated", Assert.Single(Ask(new("T1021.007")).Rules.LeftOut).Name);
        Assert.Equal(5, Ask(new("T1021.007") { Include = ["deprecated"] }).Rules.Total);
    }

    [Fact]
    public void A_parent_counts_its_own_rules_and_shows_the_number_with_its_sub_techniques()
    {
        var parent = Ask(new("T1021"));
        Assert.Equal((1, 5), (parent.Rules.Total, parent.Rules.WithSubtechniques));
        Assert.Equal(5, Ask(new("T1021") { WithSubtechniques = true }).Rules.Total);
    }

    [Theory]
    [InlineData("T1562.001")]
    [InlineData("t1685")]
    [InlineData("T1089")]
    public void Ids_of_all_versions_lead_to_one_page(string id)
    {
        var guide = Ask(new(id));
        Assert.Equal("T1685", guide.Technique.Id);
        Assert.Equal(["moved", "new"], guide.Rules.Vendors[0].Rules.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("T9999", "knows no technique T9999")]
    [InlineData("cloud", "is not a technique id")]
    public void An_id_without_a_page_is_explained(string id, string words)
    {
        Assert.Null(new GuideReader(_fixture.Open()).Read(new(id), out var message));
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_of_one_rule_fold_and_keep_every_row()
    {
        var values = string.Join(", ", Enumerable.Range(0, 12).Select(i => $"v{i:D2}"));
        _fixture.With("long", CatalogFixture.Rule("long", $"selection:\n    eventName: [{values}]\n    short: [a, b, c, d, e, f, g]\n    Channel: x\ncondition: selection", "attack.t1098"));
        _fixture.Build();
        var guide = Ask(new("T1098"));
        Assert.Equal((20, 20), (guide.Indicators.Distinct, guide.Indicators.Rows.Length));
        var fold = Assert.Single(guide.Lines, l => l.IsFold);
        Assert.Equal(["v03", "v04", "v05", "v06", "v07", "v08", "v09", "v10", "v11"], fold.Rows.Select(r => r.Value));
        Assert.Equal("v03", guide.Indicators.Rows.First(r => r.IsFolded).Value);
        Assert.Equal(guide.Indicators.Rows, guide.Lines.SelectMany(l => l.Rows));
        Assert.Equal(
            [new RoleCount("behaviour", 2, 19, 0), new RoleCount("selector", 1, 1, 0), new RoleCount("threshold", 0, 0, 0), new RoleCount("all", 3, 20, 0)],
            guide.Roles);
        Assert.Equal(guide.Roles, Ask(new("T1098") { Role = "selector" }).Roles);
    }

    [Fact]
    public void An_open_catalog_outlives_the_file_that_takes_its_place()
    {
        using var old = _fixture.Open();
        var before = new GuideReader(old).Read(new("T1021.007"), out _)!;
        _fixture.Remove("one");
        _fixture.Build();
        using var fresh = _fixture.Open();
        Assert.NotEqual(old.Stamp, fresh.Stamp);
        Assert.Equal(before.Rules.Total, new GuideReader(old).Read(new("T1021.007"), out _)!.Rules.Total);
        Assert.Equal(before.Rules.Total - 1, new GuideReader(fresh).Read(new("T1021.007"), out _)!.Rules.Total);
        // More readers at once than there are connections to a file that is gone: they wait for each other.
        Parallel.For(0, 64, reader => Assert.Equal(before.Rules.Total, new GuideReader(old).Read(new("T1021.007"), out _)!.Rules.Total));
        File.Delete(_fixture.Output);
        Assert.Equal(before.Rules.Total, new GuideReader(old).Read(new("T1021.007"), out _)!.Rules.Total);
    }

    [Fact]
    public void The_json_has_the_members_of_the_contract()
    {
        using var output = new MemoryStream();
        GuideJson.Write(Ask(new("T1021.007")), output);
        using var json = JsonDocument.Parse(output.ToArray());
        var root = json.RootElement;
        Assert.Equal("T1021", root.GetProperty("technique").GetProperty("parent").GetProperty("id").GetString());
        Assert.Equal(4, root.GetProperty("rules").GetProperty("total").GetInt32());
        Assert.Equal(2, root.GetProperty("fields").GetProperty("rows")[0].GetProperty("how").GetProperty("eq").GetInt32());
        Assert.Equal(1, root.GetProperty("exclusions").GetProperty("distinct").GetInt32());
        Assert.False(root.GetProperty("indicators").GetProperty("rows")[0].GetProperty("folded").GetBoolean());
        Assert.Equal("sigma", root.GetProperty("rules").GetProperty("vendors")[0].GetProperty("vendor").GetString());
    }

    [Theory]
    [InlineData("rule", 8)]
    [InlineData("field:userAgent op:contains", 2)]
    [InlineData("field:userAgent value:CLI", 1)]
    [InlineData("technique:T1562.001", 2)]
    [InlineData("platform:azure", 1)]
    [InlineData("kind:deprecated", 1)]
    [InlineData("\"Rule one\"", 1)]
    [InlineData("vendor:elastic", 0)]
    [InlineData("\" OR ) NEAR( *", 0)]
    public void Search_finds_by_words_and_by_what_rules_check(string text, int total) =>
        Assert.Equal(total, new SearchReader(_fixture.Open()).Search(SearchQuery.Parse(text).Value, 10).Total);

    TechniqueGuide Ask(GuideQuestion question) => new GuideReader(_fixture.Open()).Read(question, out _)!;
}
