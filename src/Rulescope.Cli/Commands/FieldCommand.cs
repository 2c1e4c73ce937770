using System.CommandLine;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Store;
using Rulescope.Cli.Rendering;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope field NAME</c>: what a field means and where its rows came from; <c>--unmapped</c>: which names have no meaning yet.</summary>
static class FieldCommand
{
    public static Command Build(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "A shared name (Image, aws::eventName) or a vendor's own (process.name).", Arity = ArgumentArity.ZeroOrOne };
        var unmapped = new Option<bool>("--unmapped") { Description = "List the names that the taxonomy does not know, with the number of tests." };
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "field",
            "Explain a field: its meaning, the names it has in each vendor's rules, what they test it for.",
            new("rulescope field process.name", "What a native name was merged into, and by which entry."),
            new("rulescope field --unmapped --format json", "How much of the rules' vocabulary has a meaning, and what is left."))
        {
            name, unmapped, catalog, format,
        };
        command.SetAction(parse => Run(terminal, parse.GetValue(name), parse.GetValue(unmapped), parse.GetRequiredValue(catalog), parse.GetRequiredValue(format) == "json"));
        return command;
    }

    static int Run(Terminal terminal, string? name, bool unmapped, string catalog, bool isJson)
    {
        if (name is null == !unmapped)
            return terminal.CouldNotRun("name a field, or ask for --unmapped: 'rulescope field Image', 'rulescope field --unmapped'");
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        if (name is null)
            return Unmapped(terminal, opened, isJson);
        var pages = new FieldReader(opened).Read(name);
        if (pages.IsEmpty)
            return terminal.CouldNotRun($"no rule of {catalog} tests a field '{name}': 'rulescope search {name}' finds rules by their words");
        if (isJson)
            terminal.WriteRaw(stream => FieldJson.Write(pages, stream));
        else
            FieldView.Write(terminal.Out, pages);
        return ExitCodes.Ok;
    }

    static int Unmapped(Terminal terminal, CatalogFile catalog, bool isJson)
    {
        var fields = UnmappedFields.Of(catalog);
        if (isJson)
            terminal.WriteRaw(stream => FieldJson.Write(fields, stream));
        else
            FieldView.Write(terminal.Out, fields);
        return ExitCodes.Ok;
    }
}
