using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Search;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Coverage;

/// <summary>Which rules to count over the matrix.</summary>
public sealed record CoverageQuestion
{
    /// <summary>Those of these vendors; of all for none.</summary>
    public ImmutableArray<string> Vendors { get; init; } = [];

    /// <summary>Those that a search finds; every live rule for an empty one.</summary>
    public SearchQuery Search { get; init; } = SearchQuery.Everything;
}

/// <summary>How many live rules each technique of ATT&amp;CK for Enterprise has (SPEC E05).</summary>
/// <param name="Vendors">The vendors counted, in the order of the pages.</param>
/// <param name="Rules">Live rules of those vendors.</param>
/// <param name="Untagged">Those of them that no technique of the matrix is named by: they stand in no cell.</param>
public sealed record CoverageMatrix(ImmutableArray<string> Vendors, int Rules, int Untagged, ImmutableArray<CoverageColumn> Tactics)
{
    /// <summary>The version whose matrix it is, such as <c>19.1</c>.</summary>
    public string AttackVersion { get; init; } = "";

    /// <summary>Every technique once, by id.</summary>
    public ImmutableArray<CoverageCell> Techniques { get; init; } = [];
}

/// <summary>A column of the matrix.</summary>
/// <param name="Rules">Rules under its techniques, each once.</param>
/// <param name="Cells">Techniques and sub-techniques by id; one that belongs to several tactics stands under each.</param>
public sealed record CoverageColumn(Tactic Tactic, int Rules, ImmutableArray<CoverageCell> Cells)
{
    /// <summary>Cells with at least one rule of their own.</summary>
    public int Covered => Cells.Count(c => c.Rules > 0);
}

/// <summary>A technique with its rules.</summary>
/// <param name="Rules">Tagged with the id itself, under any name that ATT&amp;CK had for it.</param>
/// <param name="WithSubtechniques">Those and the rules of its sub-techniques, each once.</param>
/// <param name="Vendors">Rules per vendor; vendors without one are left out.</param>
public sealed record CoverageCell(Technique Technique, int Rules, int WithSubtechniques, ImmutableArray<Facet> Vendors);
