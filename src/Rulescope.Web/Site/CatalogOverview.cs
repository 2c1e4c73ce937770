using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Web.Site;

/// <summary>Numbers over the whole catalog, worked out once: an open catalog does not change.</summary>
public sealed class CatalogOverview
{
    readonly Lazy<CatalogCounts> _counts;
    readonly Lazy<ImmutableArray<TechniqueCount>> _techniques;
    readonly Lazy<ImmutableArray<CatalogSource>> _sources;

    public CatalogOverview(CatalogFile catalog)
    {
        var index = new TechniqueIndex(catalog);
        // Of several first visitors each may count; a failure is not kept for those who come later.
        _counts = new(index.Counts, LazyThreadSafetyMode.PublicationOnly);
        _techniques = new(index.Read, LazyThreadSafetyMode.PublicationOnly);
        _sources = new(() => CatalogSources.Read(catalog), LazyThreadSafetyMode.PublicationOnly);
    }

    public CatalogCounts Counts => _counts.Value;

    /// <summary>Every technique with a live rule, itself or under it, by id.</summary>
    public ImmutableArray<TechniqueCount> Techniques => _techniques.Value;

    public ImmutableArray<CatalogSource> Sources => _sources.Value;
}
