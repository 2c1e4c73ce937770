using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.LogSources;

/// <summary>A log source in the list of all, with the live rules that can run on it.</summary>
public sealed record LogSourceCount(LogSourceEntry Source, int Rules, ImmutableArray<Facet> Vendors);

/// <summary>A log source, and what the live rules do with its records.</summary>
/// <param name="Rules">Live rules that can run on it.</param>
/// <param name="Vendors">They by vendor, in the order of the pages.</param>
public sealed record LogSourcePage(LogSourceEntry Source, int Rules, ImmutableArray<Facet> Vendors)
{
    /// <summary>Techniques its rules are tagged with, the one with most rules first.</summary>
    public ImmutableArray<TechniqueTally> Techniques { get; init; } = [];

    /// <summary>The fields its rules test most.</summary>
    public ImmutableArray<FieldTally> Fields { get; init; } = [];

    /// <summary>The events its records are, with the live rules of any log source that can match each.</summary>
    public ImmutableArray<EventTally> Events { get; init; } = [];

    /// <summary>Log sources that are part of it, or that it is part of.</summary>
    public ImmutableArray<LogSourceEntry> Near { get; init; } = [];
}

/// <summary>A technique with a number of rules.</summary>
/// <param name="Name">With the parent's name; the id where the technique is not known.</param>
public sealed record TechniqueTally(string Id, string Name, bool HasPage, int Rules);

/// <summary>A field with the number of rules that test it.</summary>
/// <param name="Owner">The vendor whose own name it is; empty for a shared one.</param>
public sealed record FieldTally(string Name, string Owner, int Rules);

public sealed record EventTally(CatalogEvent Event, int Rules);
