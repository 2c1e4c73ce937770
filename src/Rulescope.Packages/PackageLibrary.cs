using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Packages;

/// <summary>A package with all that reading, checking and running it gave.</summary>
public sealed class PackageEntry(PackageReading reading)
{
    readonly Lazy<PackageChecks> _checks = new(() => PackageChecks.Of(reading));
    readonly Lazy<PackageEvidence> _evidence = new(() => PackageValidation.Run(reading));

    public PackageReading Reading => reading;

    public DetectionPackage Package => reading.Package;

    public PackageChecks Checks => _checks.Value;

    public PackageEvidence Evidence => _evidence.Value;

    /// <summary>The current id of its technique; as written where there is none.</summary>
    public string TechniqueId => AttackFacts.Default.Resolve(Package.Technique).Id ?? Package.Technique;

    /// <summary><c>Detect Cloud Services in Microsoft Sentinel</c>.</summary>
    public string Title => $"Detect {AttackFacts.Default.NameOf(TechniqueId) ?? TechniqueId} in {Package.Platform}";

    /// <summary>What reading and checking found.</summary>
    public ImmutableArray<PackageFinding> Findings => [.. reading.Findings, .. Checks.Findings];
}

/// <summary>The packages of a folder. They are read once; checks and evidence are made when they are first asked for.</summary>
public sealed class PackageLibrary(ImmutableArray<PackageEntry> packages)
{
    public static PackageLibrary Empty { get; } = new([]);

    /// <summary>By the names of their folders.</summary>
    public ImmutableArray<PackageEntry> Packages => packages;

    /// <summary>Where the packages lie that come with the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "content", "packages");

    /// <summary>Changes with every text of the packages.</summary>
    public string Stamp { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', packages
        .SelectMany(p => p.Reading.Files.Others.Values.Prepend(p.Reading.Files.Package)).Select(f => f.Text)))));

    /// <summary>All packages of a folder; errors of the disk pass through.</summary>
    public static PackageLibrary Open(string folder) => new([.. PackageFiles.OpenAll(folder).Select(f => new PackageEntry(PackageReading.Of(f)))]);

    public PackageEntry? Find(string id) => packages.FirstOrDefault(p => string.Equals(p.Package.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The packages for a technique of the current version.</summary>
    public IEnumerable<PackageEntry> Of(string technique) => packages.Where(p => p.TechniqueId == technique);
}
