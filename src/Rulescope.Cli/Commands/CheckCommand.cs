using System.CommandLine;
using Rulescope.Catalog.Checking;
using Rulescope.Cli.Rendering;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope check PATH...</c>: reads rule files and tells what is wrong with them.</summary>
static class CheckCommand
{
    public static Command Build(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Rule files, folders or archives (.tar.gz, .zip).", Arity = ArgumentArity.OneOrMore };
        var language = LanguageOption();
        var macros = SourceArguments.MacrosOption();
        var format = CommonOptions.Format("table", "plain", "json", "sarif", "junit", "github");
        var command = new Verb(
            "check",
            "Parse and lint rule files; exit code 1 when something is wrong with them.",
            new("rulescope check rules/", "Every rule under a folder."),
            new("rulescope check hunt.kql --lang kuery", "A file whose ending says something else."),
            new("rulescope check rules/ --format sarif > findings.sarif", "For a code scanner."),
            new("rulescope check new.yml --format github", "As annotations of a change on GitHub."))
        {
            paths, language, macros, format,
        };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            terminal, parse.GetRequiredValue(paths), parse.GetValue(language), parse.GetValue(macros) ?? [], parse.GetRequiredValue(format), cancellation)));
        return command;
    }

    static int Run(Terminal terminal, IReadOnlyList<string> paths, string? language, IReadOnlyList<string> macros, string format, CancellationToken cancellation)
    {
        if (paths.Concat(macros).FirstOrDefault(p => !Path.Exists(p)) is { } absent)
            return terminal.CouldNotRun($"no such file or folder: {absent}");
        var run = new CheckRun(language, macros, cancellation);
        foreach (var path in paths)
            run.Read(path);
        if (!HasRead(terminal, run))
            return ExitCodes.CouldNotRun;
        Write(terminal, run.Report, format);
        return run.Report.Findings.Items.Any(f => f.Severity > Severity.Info) ? ExitCodes.Findings : ExitCodes.Ok;
    }

    /// <summary><c>--lang</c>, for every verb that reads rule files.</summary>
    public static Option<string?> LanguageOption()
    {
        var names = CheckedLanguage.All.Select(l => l.Name).ToArray();
        var option = new Option<string?>("--lang") { Description = $"The language of the files: {string.Join(", ", names)}. Told from each file by default.", HelpName = "LANG" };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>Names what was passed over; where nothing was read at all, says so and gives false.</summary>
    public static bool HasRead(Terminal terminal, CheckRun run)
    {
        foreach (var (path, count) in run.Skipped)
            terminal.Note($"{path}: {Words.Count(count, "file")} passed over, {(count == 1 ? "it is" : "they are")} no rules in a language that can be checked");
        if (run.Files > 0 || !run.Report.Findings.IsEmpty)
            return true;
        terminal.CouldNotRun($"there is no rule to read; --lang {string.Join('|', CheckedLanguage.All.Select(l => l.Name))} says what a file holds");
        return false;
    }

    static void Write(Terminal terminal, FindingsReport report, string format)
    {
        if (format == "table")
        {
            FindingsView.Write(terminal.Out, report);
            return;
        }

        var form = format switch
        {
            "json" => FindingsFormat.Json,
            "sarif" => FindingsFormat.Sarif,
            "junit" => FindingsFormat.JUnit,
            "github" => FindingsFormat.GitHub,
            _ => FindingsFormat.Plain,
        };
        using var text = new StringWriter();
        FindingsWriter.Write(report, form, DiagnosticCatalog.Of(ProductAssemblies.All), text);
        terminal.WriteRaw(text.ToString());
    }
}
