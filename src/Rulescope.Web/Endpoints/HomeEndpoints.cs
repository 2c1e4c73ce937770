using Rulescope.Catalog.Json;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary>The first page and the page about the site.</summary>
static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", (CatalogOverview overview) => Answers.Page<HomeView>(overview));
        routes.MapRead(Links.HomeJson, (CatalogOverview overview) => Answers.JsonTwin(output => SourcesJson.Write(
            overview.Counts, Tagged(overview), overview.Events.Count(e => e.Rules > 0), overview.Newest, output)));
        routes.MapRead(Links.About, (CatalogOverview overview) => Answers.Page<AboutView>(overview));
        routes.MapRead($"{Links.About}.json", (CatalogOverview overview) => Answers.JsonTwin(output => AboutJson.Write(
            overview.Counts, Tagged(overview), overview.Ledger, withAuthors: true, output)));
    }

    static int Tagged(CatalogOverview overview) => overview.Techniques.Count(t => t.Rules > 0);
}
