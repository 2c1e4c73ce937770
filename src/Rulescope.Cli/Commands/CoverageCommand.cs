using System.CommandLine;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Cli.Rendering;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope coverage</c>: rules per technique over the matrix (SPEC E05).</summary>
static class CoverageCommand
{
    public static Command Build(Terminal terminal)
    {
        var vendors = new Option<string[]>("--vendor")
        {
            Description = $"Count the rules of one vendor: {string.Join(", ", Vendors.Order)}. Several add up; all by default.",
            HelpName = "VENDOR",
            Arity = ArgumentArity.ZeroOrMore,
        };
        vendors.AcceptOnlyFromAmong([.. Vendors.Order]);
        var layer = new Option<string?>("--layer") { Description = "Write a layer for the ATT&CK Navigator (format 4.5) as well.", HelpName = "FILE" };
        var all = new Option<bool>("--all") { Description = "List the techniques without a rule too." };
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json", "csv");
        var command = new Verb(
            "coverage",
            "Count the rules of each technique, by tactic.",
            new("rulescope coverage", "The whole matrix."),
            new("rulescope coverage --vendor sigma --vendor elastic --all", "What two vendors cover, and what they do not."),
            new("rulescope coverage --layer layer.json", "Also for the ATT&CK Navigator."))
        {
            vendors, layer, all, catalog, format,
        };
        command.SetAction(parse => Run(
            terminal, parse.GetValue(vendors) ?? [], parse.GetValue(layer), parse.GetValue(all), parse.GetRequiredValue(catalog), parse.GetRequiredValue(format)));
        return command;
    }

    static int Run(Terminal terminal, string[] vendors, string? layer, bool all, string catalog, string format)
    {
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        var matrix = new CoverageReader(opened).Read(new() { Vendors = [.. vendors] });
        if (layer is not null && !TryWrite(terminal, matrix, layer))
            return ExitCodes.CouldNotRun;
        switch (format)
        {
            case "json":
                terminal.WriteRaw(stream => CoverageJson.Write(matrix, stream));
                break;
            case "csv":
                terminal.WriteRaw(CoverageCsv.Of(matrix));
                break;
            default:
                CoverageView.Write(terminal.Out, matrix, all);
                break;
        }

        return ExitCodes.Ok;
    }

    static bool TryWrite(Terminal terminal, CoverageMatrix matrix, string path)
    {
        try
        {
            using var file = File.Create(path);
            NavigatorLayer.Write(matrix, file);
            terminal.Note($"{path}: a layer for the ATT&CK Navigator");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            terminal.CouldNotRun($"--layer {path} cannot be written: {e.Message}");
            return false;
        }
    }
}
