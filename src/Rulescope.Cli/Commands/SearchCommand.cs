using System.CommandLine;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Search;
using Rulescope.Cli.Rendering;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope search QUERY</c>: rules by words and by what they test.</summary>
static class SearchCommand
{
    const int UsualLimit = 50;

    public static Command Build(Terminal terminal)
    {
        var query = new Argument<string[]>("QUERY")
        {
            Description = $"Words, and terms with one of the keys {string.Join(", ", SearchQuery.Keys)}; all of them must hold.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var limit = new Option<int>("--limit") { Description = $"How many rules to show. [{UsualLimit}]", HelpName = "N", DefaultValueFactory = _ => UsualLimit };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 0))
                result.AddError($"--limit takes a number from 0 on, found '{token.Value}'");
        });
        var data = OwnDataOption.Build();
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "search",
            "Find rules by words and by what they test.",
            new("rulescope search mimikatz level:high", "Rules of one level with a word."),
            new("rulescope search 'field:CommandLine op:contains value:\"-enc\" vendor:sigma'", "Rules that test a field for a value."),
            new("rulescope search technique:T1059.001 platform:windows --format json", "Rules of a technique, for a program."),
            new("rulescope search level:high --data sample.json", "Rules that can run on logs such as the records of a file."))
        {
            query, data, limit, catalog, format,
        };
        command.SetAction(parse => Run(
            terminal,
            string.Join(' ', parse.GetValue(query) ?? []),
            parse.GetValue(data),
            parse.GetValue(limit),
            parse.GetRequiredValue(catalog),
            parse.GetRequiredValue(format)));
        return command;
    }

    static int Run(Terminal terminal, string text, string? data, int limit, string catalog, string format)
    {
        var query = SearchQuery.Parse(text);
        if (!query.Diagnostics.IsEmpty)
        {
            foreach (var finding in query.Diagnostics)
                Point(terminal, text, finding);
            return ExitCodes.CouldNotRun;
        }

        if (!OwnDataOption.TryRead(terminal, data, out var names) || CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        var asked = names is null ? query.Value : query.Value with { Terms = query.Value.Terms.Add(new("data", names, default)) };
        var result = new SearchReader(opened).Search(asked, limit);
        if (format == "json")
            terminal.WriteRaw(stream => RuleJson.Write(result, stream));
        else
            SearchView.Write(terminal.Out, result);
        return ExitCodes.Ok;
    }

    // The query again with a caret under the place, since there is no file to look into.
    static void Point(Terminal terminal, string text, Diagnostic finding)
    {
        const int Before = 60;
        var start = Math.Clamp(finding.Span.Start, 0, text.Length);
        var from = Math.Max(0, start - Before);
        var shown = new string([.. text[from..Math.Min(text.Length, start + Before)].Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        terminal.Note($"rulescope: search:1:{start + 1}: {finding.Code.Id} {finding.Message}");
        terminal.Note($"  {shown}");
        terminal.Note($"  {new string(' ', start - from)}^");
    }
}
