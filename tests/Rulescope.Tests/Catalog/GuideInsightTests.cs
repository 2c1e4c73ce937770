using System.Text.Json;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Text;

namespace Rulescope.Tests.Catalog;

/// <summary>The insight over rules of two vendors small enough to count by hand.</summary>
public sealed class GuideInsightTests : IDisposable
{
    const string Both = "selection:\n    CommandLine|contains: '-enc'\n    Image|endswith: '\\a.exe'\nfilter:\n    ParentCommandLine|contains: updater\ncondition: selection and not filter";

    readonly CatalogFixture _fixture = new();
    readonly DirectoryInfo _elastic = Directory.CreateTempSubdirectory("rulescope-elastic-");

    public GuideInsightTests()
    {
        _fixture
            .With("one", Process("one", Both))
            .With("two", Process("two", Both))
            .With("three", Process("three", "selection:\n    CommandLine|contains: ['-enc', '-other']\nfilter:\n    ParentImage: 'C:\\Program Files\\Agent\\agent.exe'\ncondition: selection and not filter"))
            .With("four", Process("four", "selection:\n    Company: Own\nfilter:\n    ParentImage: 'C:\\Program Files\\Agent\\agent.exe'\ncondition: selection and not filter"))
            .With("elsewhere", Process("elsewhere", "selection:\n    Image|endswith: '\\a.exe'\ncondition: selection", "attack.t1078"));
        Elastic("five", "process.command_line : *-enc* and process.name : a.exe and not process.parent.command_line : *updater*", "2026/09/01");
        CatalogBuild.RunAsync([_fixture.Source, new RuleSource("elastic", _elastic.FullName)], new BuildInputs(), _fixture.Output, null, CancellationToken.None).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _elastic.Delete(recursive: true);
    }

    [Fact]
    public void The_matrix_takes_the_rows_of_the_field_table_apart_by_vendor()
    {
        var guide = Ask();
        var matrix = guide.Insight.Matrix;
        Assert.Equal([new Facet("sigma", 4), new Facet("elastic", 1)], matrix.Vendors);
        Assert.Equal(guide.Fields.Rows.Select(r => r.Field), matrix.Rows.Select(r => r.Field));
        var row = matrix.Rows.Single(r => r.Field == "CommandLine");
        Assert.Equal([("sigma", 3, 4), ("elastic", 1, 5)], row.Cells.Select(c => (c.Vendor, c.RuleIds.Length, c.Shade)));
        Assert.All(matrix.Rows, r => Assert.Equal(r.Rules, r.Cells.Sum(c => c.RuleIds.Length)));
        Assert.Equal((0, 0), (matrix.Rows.Single(r => r.Field == "Company").Cells[1].RuleIds.Length, matrix.Rows.Single(r => r.Field == "Company").Cells[1].Shade));
    }

    [Fact]
    public void Tests_of_two_vendors_that_stand_together_are_a_combination()
    {
        var one = Assert.Single(Ask().Insight.Combinations);
        Assert.Equal(["CommandLine contains -enc", @"Image ends_with \a.exe"], one.Tests.Select(t => $"{t.Field} {t.Kind} {t.Value}"));
        Assert.Equal(["sigma", "elastic"], one.Vendors);
        Assert.Equal(["elastic/five", "sigma/one", "sigma/two"], one.RuleIds);
        // Two vendors, three rules; each test is in four live rules.
        Assert.Equal([4, 4], one.Tests.Select(t => t.Reach));
        Assert.Equal(Math.Round(4 * Math.Log2(4) * 3 / 4, 2), one.Score);
    }

    [Fact]
    public void A_clause_of_several_rules_is_worth_copying_and_says_who_can_meet_it()
    {
        var exclusions = Ask().Insight.Exclusions;
        Assert.Equal(2, exclusions.Length);
        Assert.Equal(["sigma", "elastic"], exclusions[0].Vendors);
        Assert.Equal(["elastic/five", "sigma/one", "sigma/two"], exclusions[0].RuleIds);
        Assert.Equal(["ParentCommandLine"], exclusions[0].Risk.Fields);
        // Where the path begins is not free, so the whole of it is not.
        Assert.Equal(@"ParentImage eq C:\Program Files\Agent\agent.exe", exclusions[1].Text);
        Assert.False(exclusions[1].Risk.CanBeMet);
    }

    [Fact]
    public void New_values_count_under_the_first_rule_that_had_them()
    {
        var insight = Ask().Insight;
        Assert.Equal("elastic/five", insight.Newest[0].RuleId);
        Assert.Equal((0, new DateOnly(2026, 9, 1)), (insight.Newest[0].Added, insight.Newest[0].Date));
        Assert.Equal(4, insight.Newest.Sum(n => n.Added));
        Assert.Equal("sigma/four", Assert.Single(insight.Alone).RuleId);
    }

    [Theory]
    [InlineData("CommandLine|contains: x\n    Image|endswith: y", "CommandLine,Image")]
    [InlineData("CommandLine|contains: x\n    IntegrityLevel: High", "")]
    [InlineData("CommandLine|contains: [x, y]", "CommandLine")]
    [InlineData("CommandLine: null", "")]
    [InlineData("Image|startswith: 'C:\\own'", "")]
    [InlineData("Image|contains: '\\own'", "Image")]
    [InlineData("Unheard|contains: x", "")]
    public void A_clause_can_be_met_on_purpose_when_all_it_asks_for_is_free(string filter, string fields)
    {
        foreach (var id in (string[])["first", "second"])
            _fixture.With(id, Process(id, $"selection:\n    Product: Own\nfilter:\n    {filter}\ncondition: selection and not filter", "attack.t1098"));
        _fixture.Build();
        var exclusion = Assert.Single(new GuideReader(_fixture.Open()).Read(new("T1098"), out _)!.Insight.Exclusions);
        Assert.Equal(fields, string.Join(',', exclusion.Risk.Fields));
    }

    [Fact]
    public async Task A_catalog_warns_by_the_taxonomy_it_was_built_with()
    {
        var file = new SourceText("own.json", """{"chosenByActor": [{"part": "none", "why": "It is checked here.", "concepts": ["ParentCommandLine"]}]}""");
        await CatalogBuild.RunAsync([_fixture.Source], new BuildInputs { Taxonomy = CatalogTaxonomy.With(file).Value }, _fixture.Output, null, TestContext.Current.CancellationToken);
        Assert.All(Ask().Insight.Exclusions, e => Assert.False(e.Risk.CanBeMet));
        Assert.Equal("It is checked here.", Assert.Single(new FieldReader(_fixture.Open()).Read("ParentCommandLine")).Concept?.ChoiceReason);
    }

    [Fact]
    public void A_role_narrows_the_matrix_and_nothing_else()
    {
        var all = Ask().Insight;
        var selectors = new GuideReader(_fixture.Open()).Read(new("T1021.007") { Role = "threshold" }, out _)!.Insight;
        Assert.Empty(selectors.Matrix.Rows);
        Assert.Equal(all.Combinations.Select(c => c.Score), selectors.Combinations.Select(c => c.Score));
    }

    [Fact]
    public void The_json_has_the_insight()
    {
        using var output = new MemoryStream();
        GuideJson.Write(Ask(), output);
        using var json = JsonDocument.Parse(output.ToArray());
        var insight = json.RootElement.GetProperty("insight");
        Assert.Equal("sigma", insight.GetProperty("matrix").GetProperty("vendors")[0].GetProperty("vendor").GetString());
        Assert.Equal(3, insight.GetProperty("combinations")[0].GetProperty("rules").GetInt32());
        Assert.Equal("ParentCommandLine", insight.GetProperty("exclusions")[0].GetProperty("chosenByActor")[0].GetString());
        Assert.Equal("2026-09-01", insight.GetProperty("newest")[0].GetProperty("date").GetString());
    }

    TechniqueGuide Ask() => new GuideReader(_fixture.Open()).Read(new("T1021.007"), out _)!;

    static string Process(string id, string detection, string tags = "attack.t1021.007") => CatalogFixture.Rule(id, detection, tags, "windows", "security").Replace("service: security", "category: process_creation", StringComparison.Ordinal);

    void Elastic(string id, string query, string created)
    {
        var path = Path.Combine(_elastic.FullName, "rules", "windows", id + ".toml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $$"""
            [metadata]
            creation_date = "{{created}}"
            maturity = "production"

            [rule]
            author = ["Somebody"]
            description = "Own words."
            index = ["logs-endpoint.events.process-*"]
            language = "kuery"
            name = "Rule {{id}}"
            query = '''
            {{query}}
            '''
            risk_score = 21
            rule_id = "{{id}}"
            severity = "low"
            type = "query"

            [[rule.threat]]
            framework = "MITRE ATT&CK"

            [rule.threat.tactic]
            id = "TA0008"
            name = "Lateral Movement"
            reference = "https://attack.mitre.org/tactics/TA0008/"

            [[rule.threat.technique]]
            id = "T1021"
            name = "Remote Services"
            reference = "https://attack.mitre.org/techniques/T1021/"

            [[rule.threat.technique.subtechnique]]
            id = "T1021.007"
            name = "Cloud Services"
            reference = "https://attack.mitre.org/techniques/T1021/007/"
            """);
    }
}
