using Rulescope.Catalog.Json;
using Rulescope.Catalog.LogSources;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/logsources</c>: the list, and a page of each. Ids have slashes.</summary>
static class LogSourceEndpoints
{
    const string Twin = ".json";
    const int MaxNear = 12;

    public static void MapLogSources(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.LogSources, (CatalogOverview overview) => Answers.Page<LogSourcesView>(overview.LogSources));
        routes.MapRead($"{Links.LogSources}{Twin}", (CatalogOverview overview) => Answers.JsonTwin(output => LogSourceJson.Write(overview.LogSources, output)));
        routes.MapRead("/logsources/{**id}", Page);
    }

    static IResult Page(string id, LogSourceReader sources, CatalogOverview overview)
    {
        if (sources.Read(id) is { } page)
            return page.Source.Id == id ? Answers.Page<LogSourceView>(page) : Results.LocalRedirect(Links.LogSource(page.Source.Id), permanent: true);
        if (!id.EndsWith(Twin, StringComparison.Ordinal))
            return Answers.Page<MessageView>(Lost(id, overview), StatusCodes.Status404NotFound);
        return sources.Read(id[..^Twin.Length]) is { } twin ? Answers.JsonTwin(output => LogSourceJson.Write(twin, output)) : Answers.NoTwin("There is no log source of this id.");
    }

    static SiteMessage Lost(string id, CatalogOverview overview) => new(
        StatusCodes.Status404NotFound, "There is no such log source", $"The taxonomy knows no log source {id}. Ids are like windows/process_creation, aws/cloudtrail or okta.")
    {
        Search = id,
        Links =
        [
            .. overview.LogSources.Where(s => id.Length > 2 && (s.Source.Id.Contains(id, StringComparison.OrdinalIgnoreCase) || s.Source.Title.Contains(id, StringComparison.OrdinalIgnoreCase)))
                .Take(MaxNear).Select(s => new MessageLink(s.Source.Id, Links.LogSource(s.Source.Id))),
            new("All log sources", Links.LogSources),
        ],
    };
}
