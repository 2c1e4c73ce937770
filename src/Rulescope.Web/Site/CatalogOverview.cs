using System.Collections.Immutable;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Events;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Sources;
using Rulescope.Catalog.Store;

namespace Rulescope.Web.Site;

/// <summary>Numbers over the whole catalog, worked out once: an open catalog does not change.</summary>
public sealed class CatalogOverview(CatalogFile catalog)
{
    const int NewestLimit = 12;

    readonly Lazy<CatalogCounts> _counts = Once(new TechniqueIndex(catalog).Counts);
    readonly Lazy<ImmutableArray<TechniqueCount>> _techniques = Once(new TechniqueIndex(catalog).Read);
    readonly Lazy<CoverageMatrix> _matrix = Once(() => new CoverageReader(catalog).Read(new()));
    readonly Lazy<ImmutableSortedDictionary<string, ImmutableArray<Facet>>> _facets = Once(() => new SearchReader(catalog).Search(SearchQuery.Everything, 0).Facets);
    readonly Lazy<ImmutableArray<FieldCount>> _fields = Once(() => new FieldReader(catalog).All());
    readonly Lazy<ImmutableArray<LogSourceCount>> _logSources = Once(new LogSourceReader(catalog).All);
    readonly Lazy<ImmutableArray<EventCount>> _events = Once(new EventReader(catalog).All);
    readonly Lazy<ImmutableArray<RecentRule>> _newest = Once(() => new RecentRules(catalog).Changed(NewestLimit));
    readonly Lazy<ImmutableArray<string>> _dated = Once(() => Vendors.Order.Where(v => !new RecentRules(catalog).Changed(1, v).IsEmpty).ToImmutableArray());
    readonly Lazy<AttributionLedger> _ledger = Once(() => AttributionLedger.Read(catalog));

    public CatalogCounts Counts => _counts.Value;

    /// <summary>Every technique with a live rule, itself or under it, by id.</summary>
    public ImmutableArray<TechniqueCount> Techniques => _techniques.Value;

    /// <summary>The matrix over all live rules.</summary>
    public CoverageMatrix Matrix => _matrix.Value;

    /// <summary>What all live rules can be narrowed by, as in a search.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Facet>> Facets => _facets.Value;

    /// <summary>Every field that a live rule tests, the most used first.</summary>
    public ImmutableArray<FieldCount> Fields => _fields.Value;

    public ImmutableArray<LogSourceCount> LogSources => _logSources.Value;

    public ImmutableArray<EventCount> Events => _events.Value;

    /// <summary>The rules made or changed last.</summary>
    public ImmutableArray<RecentRule> Newest => _newest.Value;

    /// <summary>Vendors with a rule that names a day.</summary>
    public ImmutableArray<string> DatedVendors => _dated.Value;

    public AttributionLedger Ledger => _ledger.Value;

    public ImmutableArray<CatalogSource> Sources => Ledger.Sources;

    // Of several first visitors each may count; a failure is not kept for those who come later.
    static Lazy<T> Once<T>(Func<T> read) => new(read, LazyThreadSafetyMode.PublicationOnly);
}
