using Rulescope.Catalog.Store;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;

namespace Rulescope.Web.Tests;

/// <summary>A catalog of a test's own, which it may build again; it goes when the test ends.</summary>
sealed class BuiltCatalog : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-web-");

    public BuiltCatalog(params IReadOnlyList<string> rules) => Build(rules);

    public BuiltCatalog(Publish publish, params IReadOnlyList<string> rules)
    {
        Publish = publish;
        Build(rules);
    }

    Publish? Publish { get; }

    public string Path => System.IO.Path.Combine(_folder.FullName, "catalog.db");

    /// <summary>Builds the catalog from nothing but these rules.</summary>
    public void Build(params IReadOnlyList<string> rules)
    {
        var set = System.IO.Path.Combine(_folder.FullName, "set");
        if (Directory.Exists(set))
            Directory.Delete(set, recursive: true);
        Directory.CreateDirectory(System.IO.Path.Combine(set, "rules"));
        foreach (var (number, rule) in rules.Index())
            File.WriteAllText(System.IO.Path.Combine(set, "rules", $"{number}.yml"), rule);
        CatalogBuild.RunAsync(rules.Count == 0 ? [] : [new RuleSource("sigma", set) { Publish = Publish }], new BuildInputs(), Path, null, CancellationToken.None).GetAwaiter().GetResult();
    }

    public CatalogFile Open() => CatalogFile.Open(Path, out _, out var message) ?? throw new InvalidOperationException(message);

    public void Dispose() => _folder.Delete(recursive: true);
}
