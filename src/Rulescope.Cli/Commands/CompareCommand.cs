using System.CommandLine;
using Rulescope.Catalog.Checking;
using Rulescope.Catalog.Compare;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope compare PATH</c>: rules of any language beside those of the catalog (SPEC E07).</summary>
static class CompareCommand
{
    // The missing rows of one rule may be thousands, and all of them are held until they are written.
    const int MostRules = 100;

    sealed record Request(string Path, string? Language, string? Technique, IReadOnlyList<string> Macros, string? Taxonomy, string Catalog, string Format);

    public static Command Build(Terminal terminal)
    {
        var path = new Argument<string>("PATH") { Description = "A rule file; or a folder or archive (.tar.gz, .zip) of them." };
        var language = CheckCommand.LanguageOption();
        var technique = new Option<string?>("--technique") { Description = "The technique whose tables are taken, of any ATT&CK version; those the rule names by default.", HelpName = "ID" };
        var macros = SourceArguments.MacrosOption();
        var taxonomy = TaxonomyOption.Make();
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "compare",
            "Compare a rule with all others of its technique; exit code 1 when there is something to act on.",
            new("rulescope compare new.yml", "What others check and exclude that it does not, and which rules are much the same."),
            new("rulescope compare hunt.kql --technique T1021.007", "A query that names no technique."),
            new("rulescope compare rules/ --format json", "Every rule of a folder, for a program."))
        {
            path, language, technique, macros, taxonomy, catalog, format,
        };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            terminal,
            new(
                parse.GetRequiredValue(path), parse.GetValue(language), parse.GetValue(technique), parse.GetValue(macros) ?? [], parse.GetValue(taxonomy),
                parse.GetRequiredValue(catalog), parse.GetRequiredValue(format)),
            cancellation)));
        return command;
    }

    static int Run(Terminal terminal, Request request, CancellationToken cancellation)
    {
        if (request.Macros.Prepend(request.Path).FirstOrDefault(p => !Path.Exists(p)) is { } absent)
            return terminal.CouldNotRun($"no such file or folder: {absent}");
        var message = "";
        var technique = request.Technique is { } id ? TechniqueNames.Find(id, out message) : null;
        if (message.Length > 0)
            return terminal.CouldNotRun(message);
        if (CommonOptions.Open(terminal, request.Catalog) is not { } opened || (request.Taxonomy is null ? opened.Taxonomy : TaxonomyOption.Read(terminal, request.Taxonomy)) is not { } taxonomy)
            return ExitCodes.CouldNotRun;
        var comparer = new RuleComparer(opened, taxonomy);
        if (!comparer.FitsCatalog)
            terminal.Note($"{request.Catalog} was built by another version of Rulescope or with another taxonomy: rows that are the same may not meet until it is built again");
        var compared = new List<RuleComparison>();
        var left = 0;
        var run = new CheckRun(request.Language, request.Macros, cancellation) { OnRule = Take };
        run.Read(request.Path);
        if (!CheckCommand.HasRead(terminal, run))
            return ExitCodes.CouldNotRun;
        if (left > 0)
            terminal.Note($"{request.Path}: {Words.Count(left, "rule was", "rules were")} not compared, since {Words.Number(MostRules)} are the most at once: name a part of them");
        if (request.Format == "json")
            terminal.WriteRaw(stream => CompareJson.Write(compared, left, run.Report, stream));
        else
            CompareView.Write(terminal.Out, compared, run.Report);
        return compared.Exists(c => c.HasFindings) || run.Report.Findings.Items.Any(f => f.Severity > Severity.Info) ? ExitCodes.Findings : ExitCodes.Ok;

        void Take(RuleDocument rule)
        {
            if (compared.Count < MostRules)
                compared.Add(comparer.Compare(rule, technique));
            else
                left++;
        }
    }
}
