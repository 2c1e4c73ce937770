using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Events;

/// <summary>An event and what the live rules do with it (SPEC E01).</summary>
/// <param name="Rules">Live rules that can match it.</param>
public sealed record EventPage(CatalogEvent Event, ImmutableArray<EventSource> Sources, int Rules)
{
    /// <summary>Its rules by technique, the technique with most rules first; a rule may stand under several.</summary>
    public ImmutableArray<EventTechnique> Techniques { get; init; } = [];

    /// <summary>Rules that are tagged with no technique.</summary>
    public ImmutableArray<RuleEntry> Untagged { get; init; } = [];

    /// <summary>What the rules of each vendor look for in it, in the order of the pages.</summary>
    public ImmutableArray<EventVendor> Vendors { get; init; } = [];
}

/// <summary>A log source whose records the event is among.</summary>
public sealed record EventSource(string Id, string Title);

/// <summary>The rules of one technique that can match the event.</summary>
/// <param name="Name">With the parent's name; the id where the technique is not known.</param>
public sealed record EventTechnique(string Id, string Name, bool HasPage, ImmutableArray<RuleEntry> Rules);

/// <summary>What one vendor's rules look for: its commonest indicators.</summary>
public sealed record EventVendor(string Vendor, int Rules, ImmutableArray<EventIndicator> Indicators);

/// <summary>A value that a vendor's rules look for in the event.</summary>
/// <param name="Owner">The vendor whose own name the field is; empty for a shared one.</param>
/// <param name="Rules">Rules of the vendor that match the event and look for the value.</param>
public sealed record EventIndicator(string Field, string Owner, string Kind, string Value, int Rules);

/// <summary>An event in the list of all.</summary>
public sealed record EventCount(CatalogEvent Event, int Rules, ImmutableArray<Facet> Vendors);
