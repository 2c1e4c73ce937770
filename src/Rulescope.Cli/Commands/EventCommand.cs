using System.CommandLine;
using Rulescope.Catalog.Events;
using Rulescope.Catalog.Json;
using Rulescope.Cli.Rendering;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope event [ID]</c>: what an event is, and which rules look at it for what.</summary>
static class EventCommand
{
    public static Command Build(Terminal terminal)
    {
        var id = new Argument<string?>("ID") { Description = "A group and a name: sysmon/1, security/4688, aws/GetSigninToken; without one all events are listed.", Arity = ArgumentArity.ZeroOrOne };
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "event",
            "Show one kind of event: what it means, a sample, the rules by technique, what vendors look for in it.",
            new("rulescope event security/4688", "A Windows event."),
            new("rulescope event aws/GetSigninToken --format json", "An operation of a cloud service, for a program."),
            new("rulescope event", "All events with the number of rules."))
        {
            id, catalog, format,
        };
        command.SetAction(parse => Run(terminal, parse.GetValue(id), parse.GetRequiredValue(catalog), parse.GetRequiredValue(format) == "json"));
        return command;
    }

    static int Run(Terminal terminal, string? id, string catalog, bool isJson)
    {
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        var events = new EventReader(opened);
        if (id is null)
        {
            var all = events.All();
            if (isJson)
                terminal.WriteRaw(stream => EventJson.Write(all, stream));
            else
                EventView.Write(terminal.Out, all);
            return ExitCodes.Ok;
        }

        if (events.Read(id, out var message) is not { } page)
            return terminal.CouldNotRun(message);
        if (isJson)
            terminal.WriteRaw(stream => EventJson.Write(page, stream));
        else
            EventView.Write(terminal.Out, page);
        return ExitCodes.Ok;
    }
}
