using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Catalog;

/// <summary>Platforms and domains of the starter rules of every vendor: a filter must not lose a rule that belongs.</summary>
public sealed class PlatformTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-platforms-");

    public void Dispose() => _folder.Delete(recursive: true);

    // A data source of Splunk names an event, a log type of Google a source.
    [Fact]
    public async Task Names_of_sources_give_events_platforms_and_domains()
    {
        var output = Path.Combine(_folder.FullName, "named.db");
        foreach (var (path, text) in new[]
                 {
                     ("detections/a.yml", "name: A\nid: a\ndata_source:\n- Sysmon EventID 1 AND Windows Event Log Security 4688\nsearch: index=a\ntags:\n  mitre_attack_id: [T1059.001]\n"),
                     ("b.yaral", "rule b { meta: technique = \"T1059.001\" events: $e.metadata.log_type = \"OKTA\" condition: $e }"),
                 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.FullName, "set", path))!);
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "set", path), text, TestContext.Current.CancellationToken);
        }

        var set = Path.Combine(_folder.FullName, "set");
        await CatalogBuild.RunAsync([new("splunk", set), new("google", set)], new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        using var catalog = CatalogFile.Open(output, out _, out _)!;
        var guide = new GuideReader(catalog).Read(new("T1059.001"), out _)!;
        Assert.Equal(["security/4688", "sysmon/1"], guide.Events.Select(e => e.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["splunk windows endpoint", "google okta identity"],
            guide.Rules.Vendors.SelectMany(v => v.Rules).Select(r => $"{r.Vendor} {string.Join(',', r.Platforms)} {string.Join(',', r.Domains)}"));
    }

    [Fact]
    public async Task Every_starter_rule_has_a_platform_and_a_domain()
    {
        var output = Path.Combine(_folder.FullName, "catalog.db");
        RuleSource[] sources = [.. ((string[])["sigma", "elastic", "splunk", "microsoft", "google"]).Select(v => new RuleSource(v, Path.Combine(Repository.Root, "content", "rules", v)))];
        await CatalogBuild.RunAsync(sources, new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        using var catalog = CatalogFile.Open(output, out _, out _)!;
        var rules = new SearchReader(catalog).Search(SearchQuery.Parse("").Value, 1_000).Rules;
        Assert.Equal(5, rules.Select(r => r.Vendor).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rules, r => Assert.True(r.Platforms.Length > 0 && r.Domains.Length > 0, $"{r.Vendor}/{r.Id} {r.Title}"));
        Assert.Contains(new SearchReader(catalog).Search(SearchQuery.Parse("platform:aws vendor:elastic").Value, 10).Rules, r => r.Domains.Contains("cloud"));
    }
}
