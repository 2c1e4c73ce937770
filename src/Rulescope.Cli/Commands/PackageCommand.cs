using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Cli.Rendering;
using Rulescope.Packages;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope package list | show ID | check PATH | test PATH</c>: detection packages.</summary>
static class PackageCommand
{
    public static Command Build(Terminal terminal)
    {
        var action = new Argument<string>("ACTION") { Description = "list, show, check or test." };
        action.AcceptOnlyFromAmong("list", "show", "check", "test");
        var what = new Argument<string[]>("WHAT")
        {
            Description = "show: the id of a package. check, test: folders of packages or of one; those that come with Rulescope by default.",
            HelpName = "ID|PATH",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = CommonOptions.Format("table", "json", "sarif");
        var command = new Verb(
            "package",
            "List and show detection packages, check what they claim, run them over their sample events; exit code 1 when something does not hold.",
            new("rulescope package list", "The packages that come with Rulescope."),
            new("rulescope package show t1021.007-sentinel", "One of them: its query, tables, tuning and tests."),
            new("rulescope package check packages/ --format sarif", "What packages of your own claim and does not hold."),
            new("rulescope package test packages/mine", "Whether its query and its signals find what they must."))
        {
            action, what, format,
        };
        command.SetAction((parse, _) => Task.FromResult(Run(terminal, parse.GetRequiredValue(action), parse.GetValue(what) ?? [], parse.GetRequiredValue(format))));
        return command;
    }

    static int Run(Terminal terminal, string action, string[] what, string format)
    {
        if (format == "sarif" && action != "check")
            return terminal.CouldNotRun($"'package {action}' is written as table or json; sarif is for 'package check'");
        return action switch
        {
            "list" => List(terminal, what, format),
            "show" => Show(terminal, what, format),
            "check" => Each(terminal, what, packages => Check(terminal, packages, format)),
            _ => Each(terminal, what, packages => Test(terminal, packages, format)),
        };
    }

    static int List(Terminal terminal, string[] what, string format)
    {
        if (what.Length > 0)
            return terminal.CouldNotRun("'package list' takes nothing more; 'package show ID' shows one package");
        var packages = PackageLibrary.Open(PackageLibrary.ShippedFolder).Packages;
        if (format == "json")
            terminal.WriteRaw(output => PackageJson.WriteList(packages, output));
        else
            PackageViewer.WriteList(terminal.Out, packages);
        return ExitCodes.Ok;
    }

    static int Show(Terminal terminal, string[] what, string format)
    {
        if (what is not [var id])
            return terminal.CouldNotRun("'package show' takes the id of one package; 'package list' names them");
        var library = PackageLibrary.Open(PackageLibrary.ShippedFolder);
        if (library.Find(id) is not { } package)
        {
            var near = Nearest.Of(id, [.. library.Packages.Select(p => p.Package.Id)]);
            return terminal.CouldNotRun($"there is no package '{id}'{(near is null ? "" : $"; did you mean '{near}'?")}");
        }

        if (format == "json")
            terminal.WriteRaw(output => PackageJson.Write(package, output));
        else
            PackageViewer.Write(terminal.Out, package);
        return ExitCodes.Ok;
    }

    static int Each(Terminal terminal, string[] paths, Func<ImmutableArray<PackageEntry>, int> run)
    {
        var packages = ImmutableArray.CreateBuilder<PackageEntry>();
        foreach (var path in paths.Length == 0 ? [PackageLibrary.ShippedFolder] : paths)
        {
            var found = PackageLibrary.Open(path).Packages;
            if (found.IsEmpty)
                return terminal.CouldNotRun($"there is no package in {path}: expected a folder with {PackageFiles.PackageName}, or folders of such");
            packages.AddRange(found);
        }

        return run(packages.ToImmutable());
    }

    static int Check(Terminal terminal, ImmutableArray<PackageEntry> packages, string format)
    {
        var files = packages.SelectMany(p => p.Reading.Files.Others.Values.Prepend(p.Reading.Files.Package)).Select(f => f.Path);
        var report = new FindingsReport([.. files], [.. packages.SelectMany(p => p.Findings).Select(f => f.Placed)]);
        if (format == "table")
        {
            FindingsView.Write(terminal.Out, report);
        }
        else
        {
            using var text = new StringWriter();
            FindingsWriter.Write(report, format == "json" ? FindingsFormat.Json : FindingsFormat.Sarif, DiagnosticCatalog.Of(ProductAssemblies.All), text);
            terminal.WriteRaw(text.ToString());
        }

        return report.Findings.Items.Any(f => f.Severity > Severity.Info) ? ExitCodes.Findings : ExitCodes.Ok;
    }

    static int Test(Terminal terminal, ImmutableArray<PackageEntry> packages, string format)
    {
        if (format == "json")
            terminal.WriteRaw(output => PackageJson.WriteEvidence(packages, output));
        else
            PackageViewer.WriteEvidence(terminal.Out, packages);
        return packages.All(p => p.Evidence.Holds && p.Reading.Findings.All(f => f.Diagnostic.Code.Severity < Severity.Error)) ? ExitCodes.Ok : ExitCodes.Findings;
    }
}
