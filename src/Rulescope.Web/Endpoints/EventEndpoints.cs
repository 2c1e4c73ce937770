using Rulescope.Catalog.Events;
using Rulescope.Catalog.Json;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/events</c>: the catalog of events, and a page of each. Ids have a slash and dots of their own.</summary>
static class EventEndpoints
{
    const string Twin = ".json";

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/events", (EventReader events) => Answers.Page<EventsView>(events.All()));
        routes.MapRead("/events.json", (EventReader events) =>
        {
            var all = events.All();
            return Answers.JsonTwin(output => EventJson.Write(all, output));
        });
        routes.MapRead("/events/{**id}", Page);
    }

    static IResult Page(string id, EventReader events)
    {
        if (events.Read(id, out _) is { } page)
            return page.Event.Id == id ? Answers.Page<EventView>(page) : Results.LocalRedirect(Links.Event(page.Event.Id), permanent: true);
        if (!id.EndsWith(Twin, StringComparison.Ordinal))
            return Answers.Page<MessageView>(Lost(id), StatusCodes.Status404NotFound);
        return events.Read(id[..^Twin.Length], out var message) is { } twin ? Answers.JsonTwin(output => EventJson.Write(twin, output)) : Answers.NoTwin(Words.Sentence(message));
    }

    static SiteMessage Lost(string id) => new(
        StatusCodes.Status404NotFound, "There is no such event", $"The catalog of events has no {id}. An id is a group and a name, such as sysmon/1, security/4688 or aws/GetSigninToken.")
    {
        Search = id,
        Links = [new("All events", Links.Events)],
    };
}
