using Rulescope.Catalog.Json;
using Rulescope.Catalog.Rules;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/rules/VENDOR/ID</c>: one rule. Ids are the vendors' own, so nothing is assumed of their form.</summary>
static class RuleEndpoints
{
    const string Twin = ".json";

    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/rules", () => Results.LocalRedirect("/search"));
        routes.MapRead("/rules/{vendor}", (string vendor) => Results.LocalRedirect(Links.Search(Links.Term("vendor", vendor))));
        routes.MapRead("/rules/{vendor}/{**id}", Page);
    }

    static IResult Page(string vendor, string id, RuleReader rules)
    {
        if (rules.Read(vendor, id, out var message) is { } page)
            return Answers.Page<RuleView>(page);
        if (!id.EndsWith(Twin, StringComparison.Ordinal))
            return Answers.Page<MessageView>(Lost(vendor, id), StatusCodes.Status404NotFound);
        return rules.Read(vendor, id[..^Twin.Length], out message) is { } twin
            ? Answers.JsonTwin(output => RuleJson.Write(twin, output))
            : Answers.NoTwin(Words.Sentence($"there is no rule {vendor}/{id[..^Twin.Length]}"));
    }

    static SiteMessage Lost(string vendor, string id) => new(
        StatusCodes.Status404NotFound, "There is no such rule",
        $"This catalog holds no rule {vendor}/{id}. Its vendor may have renamed or removed it, or its rule set was not part of the build.")
    {
        Search = id,
        Links = [new($"All rules of {Words.Vendor(vendor)}", Links.Search(Links.Term("vendor", vendor))), new("All techniques", Links.Techniques)],
    };
}
