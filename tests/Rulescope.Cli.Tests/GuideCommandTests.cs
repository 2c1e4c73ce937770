namespace Rulescope.Cli.Tests;

public class GuideCommandTests
{
    [Fact]
    public async Task The_guide_fits_into_eighty_columns_and_shows_every_part()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("guide", "t1059.001", "--catalog", session.Catalog));
        Assert.All(session.Lines, line => Assert.True(line.Length <= 80, line));
        var parts = (string[])
        [
            "Command and Scripting Interpreter: PowerShell T1059.001",
            "Tactics    Execution TA0002",
            "https://attack.mitre.org/techniques/T1059/001/",
            "Events covered",
            "Drawn from 2 rules, 2 of them with fully readable logic.",
            "Left out: deprecated 1 (--include).",
            "Fields filtered most (2 distinct)",
            "Top indicator values (4 distinct)",
            "Exclusions (2 distinct)",
            "Rules under this technique (2)",
            "Sigma 2 rules",
        ];
        Assert.All(parts, part => Assert.Contains(part, session.Out, StringComparison.Ordinal));
        Assert.Equal("", session.Error);
    }

    [Fact]
    public async Task Reach_is_blank_where_it_is_one()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog);
        Assert.Matches(@"\n  CommandLine +contains +--alpha +2 +2\n", session.Out);
        Assert.Matches(@"\n  CommandLine +contains +--beta +1\n", session.Out);
    }

    [Fact]
    public async Task An_exclusion_shows_the_clause_it_stands_in()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog);
        Assert.Equal(2, session.Lines.Count(line => line.EndsWith("1  [1]", StringComparison.Ordinal)));
        Assert.Contains(@"ParentImage ends_with \agent.exe AND User eq SYSTEM", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_documented_members()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--format", "json"));
        var guide = session.Json();
        Members(guide.GetProperty("technique"), "id", "name", "parent", "tactics", "platforms", "description", "attackVersion", "url");
        Members(guide.GetProperty("rules"), "total", "readable", "withSubtechniques", "vendors");
        var vendor = Assert.Single(guide.GetProperty("rules").GetProperty("vendors").EnumerateArray());
        Members(vendor.GetProperty("rules")[0], "id", "title", "language", "level", "status", "platforms", "domains", "authors", "license", "repository", "path", "commit");
        Members(guide.GetProperty("fields"), "distinct", "rows");
        Members(guide.GetProperty("fields").GetProperty("rows")[0], "field", "role", "rules", "how", "samples", "natives");
        Members(guide.GetProperty("indicators").GetProperty("rows")[0], "field", "kind", "value", "role", "rules", "reach", "ruleIds");
        Members(guide.GetProperty("exclusions").GetProperty("rows")[0], "field", "kind", "value", "rules", "clauses");
        Assert.All(guide.GetProperty("indicators").GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("reach").GetInt32() >= 1));
        Assert.Equal(2, guide.GetProperty("rules").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Included_kinds_count()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--include", "deprecated", "--format", "json");
        Assert.Equal(3, session.Json().GetProperty("rules").GetProperty("total").GetInt32());
        session.AssertCouldNotRun(await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--include", "oddities"), "'oddities' is no kind");
    }

    [Fact]
    public async Task Filters_are_named_and_may_leave_nothing()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--platform", "macos"));
        Assert.Contains("Only       platform macos", session.Out, StringComparison.Ordinal);
        Assert.Contains("No rule of this catalog fits", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_and_csv_hold_the_rows()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--format", "md"));
        Assert.Contains("| `CommandLine` | behaviour | contains | `--alpha` | 2 | 2 |", session.Out, StringComparison.Ordinal);
        Assert.Contains("| --- |", session.Out.Replace("|---|", "| --- |", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--catalog", session.Catalog, "--format", "csv"));
        Assert.StartsWith("table,field,role,kind,value,rules,reach,ruleIds\r\n", session.Out, StringComparison.Ordinal);
        Assert.Contains("indicator,CommandLine,behaviour,contains,--alpha,2,2,", session.Out, StringComparison.Ordinal);
        Assert.Contains(@"exclusion,User,,eq,SYSTEM,1,,", session.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T9999", "knows no technique T9999")]
    [InlineData("powershell", "'powershell' is not a technique id")]
    [InlineData("T1059.999", "its parent would be T1059 (Command and Scripting Interpreter)")]
    public async Task A_technique_that_is_none_is_explained(string technique, string message)
    {
        using var session = await new Session().WithCatalogAsync();
        session.AssertCouldNotRun(await session.RunAsync("guide", technique, "--catalog", session.Catalog), message);
    }

    [Fact]
    public async Task An_id_of_an_older_version_finds_its_page()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("guide", "T1086", "--catalog", session.Catalog));
        Assert.Contains("T1059.001", session.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_catalog_it_says_how_to_get_one()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("guide", "T1059", "--catalog", session.PathOf("none.db")), "rulescope build --source");
        session.AssertCouldNotRun(await session.RunAsync("guide", "T1059", "--catalog", session.Write("text.db", "no catalog at all")), "is not a Rulescope catalog");
    }

    static void Members(System.Text.Json.JsonElement element, params string[] names) =>
        Assert.All(names, name => Assert.True(element.TryGetProperty(name, out _), name));
}
