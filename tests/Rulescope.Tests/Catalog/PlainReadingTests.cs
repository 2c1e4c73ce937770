using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Catalog;

/// <summary>The plain reading of SPEC 2 (P01) under plain names: a taxonomy without scopes in the place of ours.</summary>
public sealed class PlainReadingTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-plain-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_rows_are_those_that_a_person_reads_off_the_rules()
    {
        if (Repository.Shared is not { } shared)
        {
            Assert.Skip(Repository.SharedAbsent);
            return;
        }

        RuleSource[] sources =
        [
            .. ((string[])["sigma=sigma", "elastic=elastic", "google=chronicle"]).Select(s => s.Split('='))
                .Select(s => new RuleSource(s[0], Path.Combine(shared, "corpora", $"{s[1]}.tar.gz"))),
        ];
        var taxonomy = CatalogTaxonomy.With(new SourceText("plain-taxonomy.json", await File.ReadAllTextAsync(CasePath("plain-taxonomy.json"), TestContext.Current.CancellationToken)));
        Assert.Empty(taxonomy.Diagnostics);
        var output = Path.Combine(_folder.FullName, "catalog.db");
        await CatalogBuild.RunAsync(sources, new BuildInputs { Taxonomy = taxonomy.Value }, output, null, TestContext.Current.CancellationToken);
        using var catalog = CatalogFile.Open(output, out _, out _);
        Assert.NotNull(catalog);
        var guide = new GuideReader(catalog).Read(new("T1021.007") { Plain = true, All = true }, out _);
        Assert.NotNull(guide);
        string[] rows =
        [
            .. guide.Indicators.Rows.Where(r => r.Role != "threshold").Select(r => $"indicator | {r.Field} | {r.Kind} | {r.Value} | {r.Rules}"),
            .. guide.Exclusions.Rows.Select(r => $"exclusion | {r.Field} | {r.Kind} | {r.Value} | {r.Rules}"),
        ];
        var expected = File.ReadLines(CasePath("plain-rows.txt")).Where(l => !l.StartsWith("//", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.True(rows.Length >= 40);
    }

    static string CasePath(string name) => Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", "catalog", name);
}
