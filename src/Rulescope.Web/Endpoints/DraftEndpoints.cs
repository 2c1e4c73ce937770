using System.Text;
using Rulescope.Catalog.Draft;
using Rulescope.Catalog.Json;
using Rulescope.Corpus.Drafts;
using Rulescope.Taxonomy.Attack;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/techniques/{id}/draft</c>: a rule to begin with in any language, its JSON twin, and the file itself.</summary>
static class DraftEndpoints
{
    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/techniques/{id}/draft", Page);
        routes.MapRead("/techniques/{id}/draft.json", (string id, HttpRequest request, DraftReader drafts) => drafts.Read(id, Language(request), out var message) is { } draft
            ? Answers.JsonTwin(output => DraftJson.Write(draft, output))
            : Answers.NoTwin(message));
        routes.MapRead("/techniques/{id}/draft.txt", (string id, HttpRequest request, DraftReader drafts) => drafts.Read(id, Language(request), out _) is { } draft
            ? Results.File(Encoding.UTF8.GetBytes(draft.Text), "text/plain; charset=utf-8", draft.FileName)
            : TypedResults.NotFound());
    }

    static IResult Page(string id, HttpRequest request, DraftReader drafts)
    {
        var resolution = AttackFacts.Default.Resolve(id);
        if (resolution is not { HasPage: true, Id: { } canonical } || AttackFacts.Default.Find(canonical) is not { } technique)
            return Answers.Page<MessageView>(LostTechnique.Of(resolution), StatusCodes.Status404NotFound);
        var language = Language(request);
        if (!string.Equals(id, canonical, StringComparison.Ordinal))
            return Results.LocalRedirect(Links.Draft(canonical, language), permanent: true);
        var draft = drafts.Read(canonical, language, out var message);
        return Answers.Page<DraftView>(new ShownDraft(technique, language, draft, message));
    }

    // An unknown language is the first one; the page says which it shows.
    static DraftLanguage Language(HttpRequest request) => DraftLanguage.Find(request.Query["lang"].ToString()) ?? DraftLanguage.All[0];
}
