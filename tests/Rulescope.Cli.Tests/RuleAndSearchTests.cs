namespace Rulescope.Cli.Tests;

public class RuleAndSearchTests
{
    const string Shell = "sigma/3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0001";

    [Fact]
    public async Task A_rule_is_shown_with_its_tests_and_its_text()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("rule", Shell, "--catalog", session.Catalog));
        Assert.StartsWith("Shell With A Marker\n", session.Out, StringComparison.Ordinal);
        Assert.Contains(Shell, session.Out, StringComparison.Ordinal);
        Assert.Contains("T1059.001 Command and Scripting Interpreter: PowerShell", session.Out, StringComparison.Ordinal);
        Assert.Contains("(normalised by Rulescope)", session.Out, StringComparison.Ordinal);
        Assert.Contains("condition: selection and not 1 of filter_main_*", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_as_json_is_the_documented_example()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("rule", Shell, "--catalog", session.Catalog, "--format", "json"));
        var rule = session.Json();
        foreach (var name in (string[])["id", "title", "language", "level", "text", "stages", "indicators", "exclusions", "techniques", "unsupported"])
            Assert.True(rule.TryGetProperty(name, out _), name);
        Assert.Contains("attack.t1059.001", rule.GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonExamples.Check("rule", session.Out);
    }

    [Theory]
    [InlineData("sigma", "write VENDOR/ID")]
    [InlineData("sigma/none", "there is no rule sigma/none")]
    public async Task A_rule_that_is_not_there_is_explained(string name, string message)
    {
        using var session = await new Session().WithCatalogAsync();
        session.AssertCouldNotRun(await session.RunAsync("rule", name, "--catalog", session.Catalog), message);
    }

    [Fact]
    public async Task A_search_lists_rules_with_the_names_that_rule_takes()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("search", "marker", "level:high", "--catalog", session.Catalog));
        Assert.StartsWith("1 rule fits.\n", session.Out, StringComparison.Ordinal);
        Assert.Contains(Shell, session.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Console With", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_goes_into_what_rules_test()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("search", "field:CommandLine op:contains value:\"--beta\"", "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(1, session.Json().GetProperty("total").GetInt32());
        Assert.Equal("Shell With A Marker", session.Json().GetProperty("rules")[0].GetProperty("title").GetString());
        Assert.True(session.Json().TryGetProperty("facets", out _));
    }

    [Fact]
    public async Task A_limit_says_how_many_it_hides()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("search", "marker", "--limit", "1", "--catalog", session.Catalog));
        Assert.Contains("1 more: --limit shows them", session.Out, StringComparison.Ordinal);
        Assert.Equal(2, await session.RunAsync("search", "marker", "--limit", "-1", "--catalog", session.Catalog));
    }

    [Fact]
    public async Task A_mistake_in_a_search_is_pointed_at()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(2, await session.RunAsync("search", "shell colour:red", "--catalog", session.Catalog));
        var lines = session.Error.Split('\n');
        Assert.StartsWith("rulescope: search:1:7: SEA0101 ", lines[0], StringComparison.Ordinal);
        Assert.Equal("  shell colour:red", lines[1]);
        Assert.Equal("        ^", lines[2]);
        Assert.Equal("", session.Out);
    }
}
