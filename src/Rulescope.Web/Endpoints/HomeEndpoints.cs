using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary>The first page and the page about the site.</summary>
static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", (CatalogOverview overview) => Answers.Page<HomeView>(overview));
        routes.MapRead(Links.About, (CatalogOverview overview) => Answers.Page<AboutView>(overview));
    }
}
