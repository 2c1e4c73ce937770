using System.Text.Json;

namespace Rulescope.Cli.Tests;

public class CompareCommandTests
{
    // As the shell rule, with another value in the place of one and no exclusion.
    const string Mine = """
        title: My Shell
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0009
        level: low
        tags:
          - attack.t1059.001
        logsource:
          product: windows
          category: process_creation
        detection:
          selection:
            Image|endswith: '\shell.exe'
            CommandLine|contains:
              - '--alpha'
              - '--gamma'
          condition: selection
        """;

    static string Starters => Path.Combine(AppContext.BaseDirectory, "content", "rules");

    [Fact]
    public async Task A_rule_is_placed_on_the_tables_of_its_technique()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(1, await session.RunAsync("compare", session.Write("mine.yml", Mine), "--catalog", session.Catalog, "--format", "json"));
        var technique = Technique(session.Json());
        Assert.Equal(("T1059.001", 2), (technique.GetProperty("id").GetString(), technique.GetProperty("rules").GetInt32()));
        Assert.Equal(["CommandLine contains --alpha 2 2", @"Image ends_with \shell.exe 1 1"], Rows(technique, "matching"));
        Assert.Equal(["CommandLine contains --gamma 0 0"], Rows(technique, "rare"));
        Assert.Empty(Rows(technique, "noisy"));
        Assert.Equal(["CommandLine contains --beta 1 1", @"Image ends_with \console.exe 1 1"], Rows(technique, "missing"));
        var missing = Assert.Single(technique.GetProperty("missingExclusions").EnumerateArray());
        Assert.Equal(@"ParentImage ends_with \agent.exe AND User eq SYSTEM", missing.GetProperty("clauses")[0].GetProperty("text").GetString());
        Assert.Equal([@"ParentImage ends_with \agent.exe 1 1", "User eq SYSTEM 1 1"], Rows(missing, "rows"));
    }

    [Fact]
    public async Task The_overlap_is_the_weight_of_what_both_have_by_the_weight_of_what_either_has()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("compare", session.Write("mine.yml", Mine), "--catalog", session.Catalog, "--format", "json");
        // Two live rules, both with --alpha; each other row is in one of them or, as --gamma, in none, which weighs the same.
        var (common, single) = (Math.Log(3.0 / 2), Math.Log(3.0));
        Assert.True((common + single) / (common + (5 * single)) < 0.5);
        Assert.Empty(Near(session.Json()));

        var near = Mine.Replace("- '--gamma'", "- '--beta'", StringComparison.Ordinal);
        await session.RunAsync("compare", session.Write("near.yml", near), "--catalog", session.Catalog, "--format", "json");
        var found = Assert.Single(Near(session.Json()));
        Assert.Equal("3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0001", found.GetProperty("id").GetString());
        Assert.False(found.GetProperty("same").GetBoolean());
        Assert.Equal(Math.Round((common + (2 * single)) / (common + (4 * single)), 3), found.GetProperty("overlap").GetDouble());
        Assert.Equal(3, found.GetProperty("shared").GetInt32());
        Assert.Empty(found.GetProperty("onlyHere").EnumerateArray());
        Assert.Equal(["ParentImage", "User"], found.GetProperty("onlyThere").EnumerateArray().Select(r => r.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_rule_that_the_catalog_holds_counts_in_no_number_and_shows_what_became_other()
    {
        using var session = await new Session().WithCatalogAsync();
        var edited = session.Write("edited.yml", Rules.Shell.Replace("'--beta'", "'--delta'", StringComparison.Ordinal));
        Assert.Equal(0, await session.RunAsync("compare", edited, "--catalog", session.Catalog, "--format", "json"));
        var technique = Technique(session.Json());
        Assert.Equal(1, technique.GetProperty("rules").GetInt32());
        Assert.Equal(["CommandLine contains --alpha 1 1"], Rows(technique, "matching"));
        Assert.Equal([@"Image ends_with \console.exe 1 1"], Rows(technique, "missing"));
        var same = Assert.Single(Near(session.Json()));
        Assert.True(same.GetProperty("same").GetBoolean());
        Assert.Equal("--delta", Assert.Single(same.GetProperty("onlyHere").EnumerateArray()).GetProperty("value").GetString());
        Assert.Equal("--beta", Assert.Single(same.GetProperty("onlyThere").EnumerateArray()).GetProperty("value").GetString());
    }

    [Fact]
    public async Task What_very_many_rules_look_for_is_noisy()
    {
        using var session = new Session();
        for (var i = 0; i < 20; i++)
            session.Write($"many/{i}.yml", Rules.Numbered(i).Replace($"value-{i + 1}", "everywhere", StringComparison.Ordinal));
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("many")}", "--out", session.Catalog));
        var mine = session.Write("mine.yml", Rules.Numbered(99).Replace("value-100", "everywhere", StringComparison.Ordinal));
        Assert.Equal(1, await session.RunAsync("compare", mine, "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(["CommandLine contains everywhere 20 20"], Rows(Technique(session.Json()), "noisy"));
        // One of the twenty has only nineteen others.
        Assert.Equal(0, await session.RunAsync("compare", session.PathOf("many/3.yml"), "--catalog", session.Catalog, "--format", "json"));
        Assert.Empty(Rows(Technique(session.Json()), "noisy"));
    }

    [Fact]
    public async Task An_exclusion_is_the_same_only_where_it_asks_for_the_same_and_one_that_can_be_met_is_marked()
    {
        using var session = new Session();
        string Other(int number, string filter) => Rules.Numbered(number).Replace("condition: selection", $"{filter}\n  condition: selection and not filter", StringComparison.Ordinal);
        session.Write("rules/1.yml", Other(1, "filter:\n    CommandLine|contains: mark\n    User: SYSTEM"));
        session.Write("rules/2.yml", Other(2, "filter:\n    User: system\n    CommandLine|contains: Mark"));
        session.Write("rules/3.yml", Other(3, "filter:\n    - CommandLine|contains: mark\n    - User: SYSTEM"));
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog));
        await session.RunAsync("compare", session.Write("mine.yml", Rules.Numbered(9)), "--catalog", session.Catalog, "--format", "json");
        var missing = Technique(session.Json()).GetProperty("missingExclusions").EnumerateArray().ToArray();
        // Both at once by two rules; one alone is enough for the third, as two clauses.
        Assert.Equal(2, missing[0].GetProperty("rules").GetInt32());
        Assert.Equal(2, missing[0].GetProperty("rows").GetArrayLength());
        Assert.Empty(missing[0].GetProperty("chosenByActor").EnumerateArray());
        var met = Assert.Single(missing, m => m.GetProperty("chosenByActor").GetArrayLength() > 0);
        Assert.Equal("CommandLine", met.GetProperty("chosenByActor")[0].GetString());
        Assert.Equal(1, met.GetProperty("rules").GetInt32());
    }

    [Fact]
    public async Task Too_many_rules_at_once_are_counted()
    {
        using var session = await new Session().WithCatalogAsync();
        for (var i = 0; i < 102; i++)
            session.Write($"many/{i}.yml", Rules.Numbered(i));
        await session.RunAsync("compare", session.PathOf("many"), "--catalog", session.Catalog, "--format", "json");
        Assert.Equal((100, 2), (session.Json().GetProperty("rules").GetArrayLength(), session.Json().GetProperty("notCompared").GetInt32()));
        Assert.Contains("2 rules were not compared", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_alone_needs_the_name_of_a_technique()
    {
        using var session = await new Session().WithCatalogAsync();
        var query = session.Write("mine.eql", """process where process.name == "shell.exe" """);
        Assert.Equal(0, await session.RunAsync("compare", query, "--catalog", session.Catalog));
        Assert.Contains("names no technique", session.Out, StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("compare", query, "--catalog", session.Catalog, "--technique", "T1086", "--format", "json"));
        Assert.Contains(@"Image ends_with \shell.exe 1 1", Rows(Technique(session.Json()), "matching"));
        session.AssertCouldNotRun(await session.RunAsync("compare", query, "--catalog", session.Catalog, "--technique", "T9999"), "knows no technique T9999");
        session.AssertCouldNotRun(await session.RunAsync("compare", session.PathOf("none.yml"), "--catalog", session.Catalog), "no such file or folder");
    }

    [Fact]
    public async Task A_broken_rule_is_told_where_it_is_broken()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(1, await session.RunAsync("compare", session.Write("broken.yml", Rules.Broken), "--catalog", session.Catalog));
        Assert.Matches(@"broken\.yml:\d+:\d+:", session.Out.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task The_page_fits_into_eighty_columns()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("compare", session.Write("mine.yml", Mine), "--catalog", session.Catalog);
        var parts = (string[])["My Shell", "Near-duplicates (0 other rules", "Matching rows", "Rare rows", "Missing rows", "Missing exclusions", @"ParentImage ends_with \agent.exe AND User eq SYSTEM"];
        Assert.All(parts, part => Assert.Contains(part, session.Out, StringComparison.Ordinal));
        Assert.All(session.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Every_starter_rule_finds_itself_and_an_exclusion_it_lacks_where_there_is_one()
    {
        using var session = new Session();
        var vendors = Directory.GetDirectories(Starters).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(0, await session.RunAsync(["build", .. vendors.SelectMany(v => (string[])["--source", $"{v}={Path.Combine(Starters, v)}"]), "--out", session.Catalog]));
        var seen = 0;
        foreach (var file in Directory.EnumerateFiles(Starters, "*", SearchOption.AllDirectories).Where(IsRule).Order(StringComparer.Ordinal))
        {
            await session.RunAsync("compare", file, "--catalog", session.Catalog, "--format", "json");
            foreach (var rule in session.Json().GetProperty("rules").EnumerateArray())
            {
                seen++;
                Assert.Equal(file.Replace('\\', '/'), rule.GetProperty("rule").GetProperty("path").GetString());
                var same = Assert.Single(rule.GetProperty("nearDuplicates").EnumerateArray(), n => n.GetProperty("same").GetBoolean());
                Assert.Equal((file, 1.0), (file, same.GetProperty("overlap").GetDouble()));
                foreach (var technique in rule.GetProperty("techniques").EnumerateArray())
                    await AssertNamesWhatItLacksAsync(session, rule, technique);
            }
        }

        Assert.InRange(seen, 40, int.MaxValue);
    }

    [Fact]
    public async Task The_documented_example_is_what_is_written()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("compare", session.Write("mine.yml", Mine), "--catalog", session.Catalog, "--format", "json");
        JsonExamples.Check("compare", session.Out.Replace(session.Folder.FullName.Replace('\\', '/') + "/", "", StringComparison.Ordinal));
    }

    // The guide knows nothing of the comparison: an exclusion on its table that another rule has and this one has not must be named.
    static async Task AssertNamesWhatItLacksAsync(Session session, JsonElement rule, JsonElement technique)
    {
        var id = $"{rule.GetProperty("rule").GetProperty("vendor").GetString()}/{rule.GetProperty("rule").GetProperty("id").GetString()}";
        Assert.Equal(0, await session.RunAsync("guide", technique.GetProperty("id").GetString() ?? "", "--all", "--format", "json", "--catalog", session.Catalog));
        var lacking = session.Json().GetProperty("exclusions").GetProperty("rows").EnumerateArray()
            .Where(r => r.GetProperty("clauses").EnumerateArray().All(c => c.GetProperty("ruleId").GetString() != id))
            .Select(r => $"{r.GetProperty("field").GetString()} {r.GetProperty("owner").GetString()} {r.GetProperty("value").GetString()?.ToLowerInvariant()}").ToHashSet(StringComparer.Ordinal);
        var named = technique.GetProperty("missingExclusions").EnumerateArray().SelectMany(m => m.GetProperty("rows").EnumerateArray())
            .Select(r => $"{r.GetProperty("field").GetString()} {r.GetProperty("owner").GetString()} {r.GetProperty("value").GetString()?.ToLowerInvariant()}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal(lacking.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    static bool IsRule(string path) => !path.EndsWith(".jsonl", StringComparison.Ordinal) && !path.EndsWith(".py", StringComparison.Ordinal)
        && Path.GetFileName(Path.GetDirectoryName(path)) != "macros";

    static JsonElement Technique(JsonElement answer) => answer.GetProperty("rules")[0].GetProperty("techniques")[0];

    static JsonElement[] Near(JsonElement answer) => [.. answer.GetProperty("rules")[0].GetProperty("nearDuplicates").EnumerateArray()];

    static IEnumerable<string> Rows(JsonElement element, string list) => element.GetProperty(list).EnumerateArray()
        .Select(r => $"{r.GetProperty("field").GetString()} {r.GetProperty("kind").GetString()} {r.GetProperty("value").GetString()} {r.GetProperty("rules").GetInt32()} {r.GetProperty("reach").GetInt32()}");
}
