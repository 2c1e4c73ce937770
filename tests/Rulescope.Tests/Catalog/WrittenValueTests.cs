using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;

namespace Rulescope.Tests.Catalog;

/// <summary>Where the words for a value stand: in the rule, or in a text that it draws on.</summary>
public sealed class WrittenValueTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-written-");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_macro_is_drawn_on_and_its_arguments_are_the_rules_own()
    {
        using var catalog = await BuildAsync(
            "splunk",
            ("macros/our_logs.yml", "arguments: [extra]\ndefinition: sourcetype=\"our:logs\" $extra$\nname: our_logs(1)\n"),
            ("detections/a.yml", "name: A\nid: a\nsearch: '`our_logs(user=mallory)` process_name=cmd.exe'\ntags:\n  mitre_attack_id: [T1059.003]\n"));
        var page = new RuleReader(catalog).Read("splunk", "a", out _)!;
        Assert.Equal("macros/our_logs.yml", Assert.Single(page.DrawnOn).Path);
        Assert.Equal(["\"our:logs\" macros/our_logs.yml", "mallory own", "cmd.exe own"], page.Indicators.Select(i => $"{page.WrittenOf(i)} {(i.Drawn is null ? "own" : page.DrawnOn[0].Path)}"));
        var row = new GuideReader(catalog).Read(new("T1059.003"), out _)!.Indicators.Rows.Single(r => r.Value == "\\cmd.exe");
        Assert.Equal(new WrittenValue("splunk/a", "cmd.exe", "splunk, any: process_name"), Assert.Single(row.Written));
    }

    [Fact]
    public async Task A_list_of_a_helper_module_is_drawn_on_where_the_rule_names_it()
    {
        using var catalog = await BuildAsync(
            "panther",
            ("global_helpers/our_lists.py", "BAD = [\"RunInstances\", \"CreateUser\"]\n"),
            ("rules/r.yml", "AnalysisType: rule\nRuleID: r\nFilename: r.py\nLogTypes: [AWS.CloudTrail]\n"),
            ("rules/r.py", "from our_lists import BAD\n\n\ndef rule(event):\n    return event.get(\"eventName\") in BAD\n"));
        var page = new RuleReader(catalog).Read("panther", "r", out _)!;
        Assert.Equal(["\"RunInstances\"", "\"CreateUser\""], page.Indicators.Select(page.WrittenOf));
        Assert.All(page.Indicators, i => Assert.NotNull(i.Drawn));
        Assert.All(page.Indicators, i => Assert.EndsWith("in BAD", page.Text.Substring(i.SpanStart, i.SpanLength), StringComparison.Ordinal));
        Assert.Equal("global_helpers/our_lists.py", Assert.Single(page.DrawnOn).Path);
    }

    [Fact]
    public async Task An_encoded_value_says_its_modifiers_and_what_was_encoded()
    {
        using var catalog = await BuildAsync("sigma", ("rules/a.yml", CatalogFixture.Rule("a", "selection:\n    CommandLine|base64offset|contains: 'whoami /all'\ncondition: selection")));
        var page = new RuleReader(catalog).Read("sigma", "a", out _)!;
        Assert.Equal(3, page.Indicators.Length);
        Assert.All(page.Indicators, i => Assert.Equal(("base64offset|contains", "'whoami /all'"), (i.How, page.WrittenOf(i))));
    }

    [Fact]
    public async Task A_field_asked_for_by_its_name_alone_has_no_value()
    {
        using var catalog = await BuildAsync("microsoft", ("a.kql", "SigninLogs\n| where IsInteractive and ResultType == 0\n"));
        var page = new RuleReader(catalog).Read("microsoft", "a#1", out _)!;
        Assert.Null(page.Indicators.Single(i => i.Field.EndsWith("IsInteractive", StringComparison.Ordinal)).Value);
    }

    async Task<CatalogFile> BuildAsync(string vendor, params (string Path, string Text)[] files)
    {
        var set = Path.Combine(_folder.FullName, "set");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(set, path))!);
            await File.WriteAllTextAsync(Path.Combine(set, path), text, TestContext.Current.CancellationToken);
        }

        var output = Path.Combine(_folder.FullName, "catalog.db");
        await CatalogBuild.RunAsync([new RuleSource(vendor, set)], new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        return CatalogFile.Open(output, out _, out var message) ?? throw new InvalidOperationException(message);
    }
}
