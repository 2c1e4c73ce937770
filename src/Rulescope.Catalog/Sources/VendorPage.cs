using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Sources;

/// <summary>What the catalog holds of one vendor. Numbers but those of <see cref="Kinds"/> count live rules.</summary>
/// <param name="Rules">Live rules.</param>
public sealed record VendorPage(string Vendor, int Rules)
{
    /// <summary>How far the rules were read: <c>full</c>, <c>part</c>, and <c>none</c> where there is no logic to read.</summary>
    public ImmutableArray<Facet> Read { get; init; } = [];

    /// <summary>Everything that was found, by kind.</summary>
    public ImmutableArray<Facet> Kinds { get; init; } = [];

    public ImmutableArray<Facet> Languages { get; init; } = [];

    public ImmutableArray<Facet> Levels { get; init; } = [];

    public ImmutableArray<Facet> Platforms { get; init; } = [];

    /// <summary>Techniques its rules are tagged with, the one with most rules first.</summary>
    public ImmutableArray<TechniqueTally> Techniques { get; init; } = [];

    /// <summary>Rules that are tagged with no technique.</summary>
    public int Untagged { get; init; }

    public ImmutableArray<RecentRule> Newest { get; init; } = [];

    public ImmutableArray<CatalogSource> Sources { get; init; } = [];

    /// <summary>What reading its files found, the commonest first.</summary>
    public ImmutableArray<FindingTally> Findings { get; init; } = [];
}

/// <summary>One kind of finding over a vendor's files, with its first places.</summary>
public sealed record FindingTally(string Code, string Severity, int Count, ImmutableArray<FindingExample> Examples);

/// <summary>A finding at its place.</summary>
/// <param name="Rule">The rule of the file, as <c>vendor/id</c>, where the file holds exactly one; else null.</param>
public sealed record FindingExample(string Path, int Line, string Message, string? Rule);
