using Rulescope.Catalog.Store;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Tests.Catalog;

/// <summary>A folder of Sigma rules and the catalog built from it; both go when the test ends.</summary>
public sealed class CatalogFixture : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-catalog-");

    public string Output => Path.Combine(_folder.FullName, "catalog.db");

    /// <summary>How the source is published; null for what is known of it.</summary>
    public Publish? Publish { get; set; }

    public RuleSource Source => new("sigma", Rules) { Publish = Publish };

    string Rules => Path.Combine(_folder.FullName, "set");

    /// <summary>Writes a rule under <c>rules/</c> or the folder named.</summary>
    public CatalogFixture With(string name, string yaml, string folder = "rules")
    {
        var path = Path.Combine(Rules, folder, name + ".yml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, yaml);
        return this;
    }

    public void Remove(string name) => File.Delete(Path.Combine(Rules, "rules", name + ".yml"));

    public BuildResult Build(AttackDescriptions? attack = null) =>
        CatalogBuild.RunAsync([Source], new BuildInputs { Attack = attack ?? AttackDescriptions.None }, Output, null, CancellationToken.None).GetAwaiter().GetResult();

    public CatalogFile Open() => CatalogFile.Open(Output, out _, out var message) ?? throw new InvalidOperationException(message);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>A small rule with the given detection.</summary>
    public static string Rule(string id, string detection, string tags = "attack.t1021.007", string product = "aws", string service = "cloudtrail") =>
        $"""
        title: Rule {id}
        id: {id}
        status: test
        level: medium
        author: Somebody, Somebody Else
        date: 2026-01-02
        modified: 2026-03-04
        tags:
            - {tags}
        logsource:
            product: {product}
            service: {service}
        detection:
        {string.Join('\n', detection.ReplaceLineEndings("\n").Split('\n').Select(l => "    " + l))}
        """;
}
