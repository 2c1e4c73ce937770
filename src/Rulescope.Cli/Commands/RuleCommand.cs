using System.CommandLine;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Rules;
using Rulescope.Cli.Rendering;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope rule VENDOR/ID</c>: all that is known of one rule.</summary>
static class RuleCommand
{
    public static Command Build(Terminal terminal)
    {
        var name = new Argument<string>("VENDOR/ID") { Description = "The rule's name, as 'rulescope search' and 'rulescope guide' print it." };
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "rule",
            "Show one rule: where it is from, what it looks for, what it leaves out, its text.",
            new("rulescope rule sigma/5f0f47a5-cb16-4dbe-9e31-e8d976d73de3", "One rule by its name."),
            new("rulescope rule elastic/ID --format json", "The same for a program."))
        {
            name, catalog, format,
        };
        command.SetAction(parse => Run(terminal, parse.GetRequiredValue(name), parse.GetRequiredValue(catalog), parse.GetRequiredValue(format)));
        return command;
    }

    static int Run(Terminal terminal, string name, string catalog, string format)
    {
        if (name.Split('/', 2) is not [{ Length: > 0 } vendor, { Length: > 0 } id])
            return terminal.CouldNotRun($"'{name}' is no rule's name: write VENDOR/ID, with one of {string.Join(", ", Vendors.Order)} before the slash");
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        if (new RuleReader(opened).Read(vendor.ToLowerInvariant(), id, out var message) is not { } page)
            return terminal.CouldNotRun(message);
        if (format == "json")
            terminal.WriteRaw(stream => RuleJson.Write(page, stream));
        else
            RuleView.Write(terminal.Out, page);
        return ExitCodes.Ok;
    }
}
