using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Packages;
using Rulescope.Taxonomy.Attack;
using Rulescope.Web.Machines;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary>What programs look for at fixed addresses: the description of the API, feeds, the map of the site, words for robots and models.</summary>
static class MachineEndpoints
{
    const int MostRules = 100;

    static readonly string Version = typeof(MachineEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static void MapMachines(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.OpenApi, (EndpointDataSource all) => Answers.JsonTwin(output => OpenApiDocument.Write(all, Version, output)));
        routes.MapRead(Links.Newest, (HttpRequest request, OpenCatalog catalog) => Asked(request, catalog.File, out var message) is { } asked
            ? Answers.JsonTwin(output => RecentJson.Write(asked.Rules, output))
            : Answers.NoTwin(message));
        routes.MapRead(Links.Feed, Feed);
        routes.MapRead("/sitemap.xml", Map);
        routes.MapRead("/robots.txt", (HttpContext context) => Results.Text($"User-agent: *\nDisallow: /search\n\nSitemap: {SiteOrigin.Of(context)}/sitemap.xml\n"));
        routes.MapRead("/llms.txt", (HttpContext context, CatalogOverview overview) => Results.Text(LlmsText.Of(SiteOrigin.Of(context), overview.Counts), "text/plain; charset=utf-8"));
    }

    static IResult Feed(HttpContext context, OpenCatalog catalog)
    {
        if (Asked(context.Request, catalog.File, out var message) is not { } asked)
            return Answers.NoTwin(message);
        var feed = new RuleFeed(asked.Title, asked.Path, asked.Rules, catalog.File.BuiltAt);
        var origin = SiteOrigin.Of(context);
        return Xml("application/atom+xml", output => feed.Write(origin, output));
    }

    static IResult Map(HttpContext context, OpenCatalog catalog, CatalogOverview overview, PackageLibrary packages)
    {
        var map = SiteMap.Of(new RuleDates(catalog.File), overview, packages);
        var origin = SiteOrigin.Of(context);
        if (context.Request.Query["part"].ToString() is not { Length: > 0 } part)
            return Xml("application/xml", output => map.Write(origin, output));
        using var buffer = new MemoryStream();
        return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && map.WritePart(origin, number, buffer)
            ? Results.Bytes(buffer.ToArray(), "application/xml; charset=utf-8")
            : TypedResults.NotFound();
    }

    // The rules of a vendor or a technique that an address asks for, or of all; a name that is none is said so, since an empty feed would look well for ever.
    static (string Title, string Path, ImmutableArray<RecentRule> Rules)? Asked(HttpRequest request, CatalogFile catalog, out string message)
    {
        message = "";
        var path = new QueryBuilder();
        var title = "New and changed detection rules";
        string? vendor = null, technique = null;
        if (request.Query["vendor"].ToString() is { Length: > 0 } asked)
        {
            vendor = Vendors.Order.FirstOrDefault(v => string.Equals(v, asked, StringComparison.OrdinalIgnoreCase));
            if (vendor is null)
            {
                message = $"There is no such vendor; it is one of {string.Join(", ", Vendors.Order)}.";
                return null;
            }

            title += $" of {Vendors.Title(vendor)}";
            path.Add("vendor", vendor);
        }

        if (request.Query["technique"].ToString() is { Length: > 0 } written)
        {
            var resolution = AttackFacts.Default.Resolve(written);
            if (resolution is not { HasPage: true, Id: { } id })
            {
                message = Words.Sentence(TechniqueNames.Explain(resolution));
                return null;
            }

            technique = id;
            title += $" for {id} {AttackFacts.Default.FullNameOf(id)}";
            path.Add("technique", id);
        }

        return (title, $"{Links.Feed}{path}", new RecentRules(catalog).Changed(MostRules, vendor, technique));
    }

    static IResult Xml(string type, Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        return Results.Bytes(buffer.ToArray(), $"{type}; charset=utf-8");
    }
}
