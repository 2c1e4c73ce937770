using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus.Sources;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope check PATH...</c>: reads rule files and tells what is wrong with them.</summary>
static class CheckCommand
{
    public static Command Build(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Rule files, folders or archives (.tar.gz, .zip).", Arity = ArgumentArity.OneOrMore };
        var names = CheckedLanguage.All.Select(l => l.Name).ToArray();
        var language = new Option<string?>("--lang") { Description = $"The language of the files: {string.Join(", ", names)}. Told from each file by default.", HelpName = "LANG" };
        language.AcceptOnlyFromAmong(names);
        var format = CommonOptions.Format("table", "plain", "json", "sarif", "junit", "github");
        var command = new Verb(
            "check",
            "Parse and lint rule files; exit code 1 when something is wrong with them.",
            new("rulescope check rules/", "Every rule under a folder."),
            new("rulescope check hunt.kql --lang kuery", "A file whose ending says something else."),
            new("rulescope check rules/ --format sarif > findings.sarif", "For a code scanner."),
            new("rulescope check new.yml --format github", "As annotations of a change on GitHub."))
        {
            paths, language, format,
        };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            terminal, parse.GetRequiredValue(paths), parse.GetValue(language), parse.GetRequiredValue(format), cancellation)));
        return command;
    }

    static int Run(Terminal terminal, IReadOnlyList<string> paths, string? language, string format, CancellationToken cancellation)
    {
        if (paths.FirstOrDefault(p => !Path.Exists(p)) is { } absent)
            return terminal.CouldNotRun($"no such file or folder: {absent}");
        var run = new CheckRun(language, cancellation);
        foreach (var path in paths)
            run.Read(path);
        foreach (var (path, count) in run.Skipped)
            terminal.Note($"{path}: {Words.Count(count, "file")} passed over, {(count == 1 ? "it is" : "they are")} no rules in a language that can be checked");
        if (run.Files == 0 && run.Report.Findings.IsEmpty)
            return terminal.CouldNotRun($"there is no rule to read; --lang {string.Join('|', CheckedLanguage.All.Select(l => l.Name))} says what a file holds");
        Write(terminal, run.Report, format);
        return run.Report.Findings.Items.Any(f => f.Severity > Severity.Info) ? ExitCodes.Findings : ExitCodes.Ok;
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

/// <summary>Reads the files of one call of <c>check</c>.</summary>
sealed class CheckRun(string? language, CancellationToken cancellation)
{
    readonly CheckedLanguage? _language = CheckedLanguage.All.FirstOrDefault(l => l.Name == language);
    readonly ImmutableArray<string>.Builder _files = ImmutableArray.CreateBuilder<string>();
    readonly List<Finding> _findings = [];
    readonly List<(string Path, int Count)> _skipped = [];

    public int Files => _files.Count;

    /// <summary>Files with the ending of a rule that are none, by the path they were found under.</summary>
    public IReadOnlyList<(string Path, int Count)> Skipped => _skipped;

    public FindingsReport Report => new(_files.ToImmutable(), [.. _findings]);

    public void Read(string path)
    {
        string[] extensions = [.. (_language is null ? CheckedLanguage.All : [_language]).SelectMany(l => l.Extensions).Distinct(StringComparer.Ordinal)];
        using var contents = new CorpusWalker().Open(new RuleSource("", path), extensions, cancellation);
        var isNamed = File.Exists(path) && contents.Paths is [var only] && only == Path.GetFileName(path);
        var skipped = 0;
        for (var i = 0; i < contents.Paths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (contents.Read(i) is not { } file)
                continue;
            var shown = isNamed ? path.Replace('\\', '/') : $"{path.Replace('\\', '/').TrimEnd('/')}/{file.Path}";
            if (Find(file, isNamed) is { } found)
                Check(found, file with { Source = file.Source with { Path = shown } });
            else
                skipped++;
        }

        _findings.AddRange(contents.Findings.Where(f => f.Diagnostic.Code.Severity > Severity.Info).Select(f =>
            new Finding(f.Path == path ? path : $"{path.TrimEnd('/')}/{f.Path}", f.Position.Line, f.Position.Column, f.Diagnostic.Code.Id, f.Diagnostic.Code.Severity, f.Diagnostic.Message)));
        if (skipped > 0)
            _skipped.Add((path, skipped));
    }

    void Check(CheckedLanguage found, SourceFile file)
    {
        _files.Add(file.Source.Path);
        _findings.AddRange(found.Check(file).Distinct().OrderBy(d => d.Span.Start).Select(d => Finding.Of(file.Source, d)));
    }

    // With a language named, a file that is plainly in another one is passed over; what is in none is for the reader to refuse.
    CheckedLanguage? Find(SourceFile file, bool isNamed)
    {
        var of = CheckedLanguage.Of(file);
        if (_language is null)
            return of;
        return isNamed || of is null || _language.Fits(file) ? _language : null;
    }
}
