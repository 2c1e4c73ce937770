using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Json;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/fields</c>: the list, and a page of each name, shared or of one vendor. Names are the rules' own, so nothing is assumed of their form.</summary>
static class FieldEndpoints
{
    const string Twin = ".json";
    const int MaxNear = 12;

    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.Fields, (HttpRequest request, CatalogOverview overview, FieldReader fields) =>
            request.Query["name"].ToString() is { Length: > 0 } name ? Page(name, overview, fields) : Answers.Page<FieldsView>(List(request, overview)));
        routes.MapRead($"{Links.Fields}{Twin}", (HttpRequest request, CatalogOverview overview, FieldReader fields) =>
        {
            if (request.Query["name"].ToString() is { Length: > 0 } name)
                return Json(name, fields);
            var list = List(request, overview);
            return Answers.JsonTwin(output => FieldJson.Write(list.Fitting, output));
        });
        routes.MapRead("/fields/{**name}", (string name, CatalogOverview overview, FieldReader fields) =>
            name.EndsWith(Twin, StringComparison.Ordinal) && overview.Fields.All(f => f.Name != name) ? Json(name[..^Twin.Length], fields) : Page(name, overview, fields));
    }

    static FieldList List(HttpRequest request, CatalogOverview overview)
    {
        var question = FieldListQuestion.Read(request.Query);
        return new(question, overview.Fields, question.Of(overview.Fields));
    }

    static IResult Page(string name, CatalogOverview overview, FieldReader fields)
    {
        var (named, meant) = fields.Named(name);
        if (named.IsEmpty && meant.IsEmpty)
            return Answers.Page<MessageView>(Lost(name, overview), StatusCodes.Status404NotFound);
        return named.IsEmpty && meant is [var one]
            ? Results.LocalRedirect(Links.Field(one.Name))
            : Answers.Page<FieldView>(new FieldAnswer(named.IsEmpty ? name : named[0].Name, named, meant));
    }

    static IResult Json(string name, FieldReader fields) => fields.Read(name) is { IsEmpty: false } pages
        ? Answers.JsonTwin(output => FieldJson.Write(pages, output))
        : Answers.NoTwin("No rule of this catalog tests a field of this name.");

    static SiteMessage Lost(string name, CatalogOverview overview)
    {
        var last = name.Split('.', ':', '/')[^1];
        return new(StatusCodes.Status404NotFound, "There is no such field", $"No rule of this catalog tests a field {name}.")
        {
            Search = name,
            Links =
            [
                .. overview.Fields.Where(f => last.Length > 2 && f.Name.Contains(last, StringComparison.OrdinalIgnoreCase)).DistinctBy(f => f.Name, StringComparer.Ordinal).Take(MaxNear)
                    .Select(f => new MessageLink(f.Name, Links.Field(f.Name))),
                new("All fields", Links.Fields),
            ],
        };
    }
}
