using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary>The stylesheet and the icon, under addresses that change with their content.</summary>
static class AssetEndpoints
{
    const string Forever = "public, max-age=31536000, immutable";

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in SiteAssets.All)
            routes.MapRead(asset.Url, (HttpResponse response) => Asset(asset, response));
        // Browsers ask for it unbidden.
        routes.MapRead("/favicon.ico", () => Results.LocalRedirect(SiteAssets.Icon.Url));
    }

    static IResult Asset(SiteAsset asset, HttpResponse response)
    {
        response.Headers.CacheControl = Forever;
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
