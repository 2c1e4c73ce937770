using Rulescope.Catalog.Json;
using Rulescope.Taxonomy.Attack;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/techniques</c>: the index, and the authoring guide of each technique.</summary>
static class TechniqueEndpoints
{
    public static void MapTechniques(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/techniques", (CatalogOverview overview) => Answers.Page<TechniquesView>(overview));
        routes.MapRead("/techniques.json", (CatalogOverview overview) => Answers.JsonTwin(output => IndexJson.Write(overview.Techniques, output)));
        routes.MapRead("/tactics", () => Results.LocalRedirect(Links.Techniques, permanent: true));
        routes.MapRead("/techniques/{id}", Page);
        routes.MapRead("/techniques/{id}.json", Json);
    }

    static IResult Page(string id, HttpRequest request, GuideCache guides)
    {
        var resolution = AttackFacts.Default.Resolve(id);
        if (resolution is not { HasPage: true, Id: { } canonical })
            return Answers.Page<MessageView>(LostTechnique.Of(resolution), StatusCodes.Status404NotFound);
        if (!string.Equals(id, canonical, StringComparison.Ordinal))
            return Results.LocalRedirect($"{Links.Technique(canonical)}{request.QueryString}", permanent: true);
        var question = GuideAddress.Read(canonical, request.Query, Links.PageRole);
        // A form sends along what was left open; the address that stays says only what was chosen.
        if (request.Query.Any(q => q.Value.All(string.IsNullOrEmpty)))
            return Results.LocalRedirect(Links.Technique(question));
        return guides.Read(question, out _) is { } guide
            ? Answers.Page<TechniqueView>(guide)
            : Answers.Page<MessageView>(LostTechnique.Of(resolution), StatusCodes.Status404NotFound);
    }

    static IResult Json(string id, HttpRequest request, GuideCache guides)
    {
        var resolution = AttackFacts.Default.Resolve(id);
        if (resolution is { HasPage: true, Id: { } canonical } && !string.Equals(id, canonical, StringComparison.Ordinal))
            return Results.LocalRedirect($"{Links.Technique(canonical)}.json{request.QueryString}", permanent: true);
        return guides.Read(GuideAddress.Read(id, request.Query, Links.AllRoles), out var message) is { } guide
            ? Answers.JsonTwin(output => GuideJson.Write(guide, output))
            : Answers.NoTwin(message);
    }
}
