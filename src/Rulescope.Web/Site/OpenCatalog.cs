using Rulescope.Catalog.Compare;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Draft;
using Rulescope.Catalog.Events;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Sources;
using Rulescope.Catalog.Store;
using Rulescope.Web.Serving;

namespace Rulescope.Web.Site;

/// <summary>One catalog file and all that answers from it; a request sees one of these from its first byte to its last.</summary>
public sealed class OpenCatalog(CatalogFile file)
{
    public CatalogFile File { get; } = file;

    public GuideCache Guides { get; } = new(new GuideReader(file));

    public DraftReader Drafts { get; } = new(file);

    public RuleReader Rules { get; } = new(file);

    public SearchReader Search { get; } = new(file);

    public EventReader Events { get; } = new(file);

    public Comparing Comparing => new(new RuleComparer(File, File.Taxonomy), Rules);
    public CoverageReader Coverage { get; } = new(file);

    public FieldReader Fields { get; } = new(file);

    public LogSourceReader LogSources { get; } = new(file);

    public VendorReader Vendors { get; } = new(file);

    public CatalogOverview Overview { get; } = new(file);

    public AnswerCache Answers { get; } = new();

    /// <summary>Requests that are being answered from it; guarded by <see cref="SiteCatalog"/>.</summary>
    internal int Visitors { get; set; }
}

/// <summary>The stay of one request with a catalog.</summary>
sealed class CatalogVisit(SiteCatalog site) : IDisposable
{
    public OpenCatalog Catalog { get; } = site.Enter();

    public void Dispose() => site.Leave(Catalog);
}
