using Rulescope.Catalog.Search;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Catalog;

/// <summary>Platforms and domains of the starter rules of every vendor: a filter must not lose a rule that belongs.</summary>
public sealed class PlatformTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-platforms-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_starter_rule_has_a_platform_and_a_domain()
    {
        var output = Path.Combine(_folder.FullName, "catalog.db");
        RuleSource[] sources = [.. ((string[])["sigma", "elastic", "microsoft"]).Select(v => new RuleSource(v, Path.Combine(Repository.Root, "content", "rules", v)))];
        await CatalogBuild.RunAsync(sources, new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        using var catalog = CatalogFile.Open(output, out _, out _)!;
        var rules = new SearchReader(catalog).Search(SearchQuery.Parse("").Value, 1_000).Rules;
        Assert.Equal(3, rules.Select(r => r.Vendor).Distinct(StringComparer.Ordinal).Count());
        Assert.All(rules, r => Assert.True(r.Platforms.Length > 0 && r.Domains.Length > 0, $"{r.Vendor}/{r.Id} {r.Title}"));
        Assert.Contains(new SearchReader(catalog).Search(SearchQuery.Parse("platform:aws vendor:elastic").Value, 10).Rules, r => r.Domains.Contains("cloud"));
    }
}
