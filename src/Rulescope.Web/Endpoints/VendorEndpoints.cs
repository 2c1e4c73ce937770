using Rulescope.Catalog.Json;
using Rulescope.Catalog.Sources;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/vendors</c>: whose rules these are, and how far each vendor's were read.</summary>
static class VendorEndpoints
{
    const string Twin = ".json";

    public static void MapVendors(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.Vendors, () => Results.LocalRedirect($"{Links.About}#sources"));
        routes.MapRead($"{Links.Vendors}{Twin}", (CatalogOverview overview) => Answers.JsonTwin(output => SourcesJson.Write(overview.Counts.Vendors, output)));
        routes.MapRead("/vendors/{vendor}", Page);
        routes.MapRead($"/vendors/{{vendor}}{Twin}", (string vendor, VendorReader vendors) => vendors.Read(vendor.ToLowerInvariant()) is { } page
            ? Answers.JsonTwin(output => SourcesJson.Write(page, output))
            : Answers.NoTwin("There is no vendor of this id."));
    }

    static IResult Page(string vendor, VendorReader vendors)
    {
        if (vendors.Read(vendor.ToLowerInvariant()) is not { } page)
            return Answers.Page<MessageView>(Lost(vendor), StatusCodes.Status404NotFound);
        return page.Vendor == vendor ? Answers.Page<VendorView>(page) : Results.LocalRedirect(Links.Vendor(page.Vendor), permanent: true);
    }

    static SiteMessage Lost(string vendor) => new(StatusCodes.Status404NotFound, "There is no such vendor", $"This catalog reads no rules of a vendor {vendor}.")
    {
        Search = vendor,
        Links = [.. Catalog.Guide.Vendors.Order.Select(v => new MessageLink(Words.Vendor(v), Links.Vendor(v)))],
    };
}
