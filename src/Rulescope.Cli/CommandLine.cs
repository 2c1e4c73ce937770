using System.CommandLine;
using System.CommandLine.Help;
using Rulescope.Cli.Commands;
using Rulescope.Cli.Rendering;
using Rulescope.Text;

namespace Rulescope.Cli;

/// <summary>The whole command line: all verbs, and what becomes of mistakes.</summary>
static class CommandLine
{
    const string Purpose = "One catalog and one engine for every vendor's detection rules.";

    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand(Purpose)
        {
            BuildCommand.Build(terminal),
            GuideCommand.Build(terminal),
            RuleCommand.Build(terminal),
            SearchCommand.Build(terminal),
            FieldCommand.Build(terminal),
            EventCommand.Build(terminal),
            CoverageCommand.Build(terminal),
            CheckCommand.Build(terminal),
            CompareCommand.Build(terminal),
            PackageCommand.Build(terminal),
            SyncCommand.Build(terminal),
            ServeCommand.Build(terminal),
            McpCommand.Build(terminal),
            DemoCommand.Build(terminal),
            ConformanceCommand.Build(terminal),
        };
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                (option.Action, option.Description) = (new HelpPage(terminal), "Show this page.");
            else if (option is VersionOption)
                (option.Action, option.Description) = (new VersionLine(terminal), "Show the version.");
        }

        root.SetAction(parse => new HelpPage(terminal).Invoke(parse));
        return root;
    }

    /// <summary>Runs one command line; whatever goes wrong is one line on stderr and exit code 2.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        try
        {
            // Rules and searches may well begin with '@', which means no file of options here.
            var parse = Build(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parse.Errors.Count > 0 && parse.Action is not (HelpPage or VersionLine))
                return Mistake(parse, terminal);
            return await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return terminal.CouldNotRun("stopped");
        }
        catch (Exception e) when (!terminal.IsDebugging)
        {
            return terminal.CouldNotRun($"{e.Message} ({e.GetType().Name}; RULESCOPE_DEBUG=1 shows where)");
        }
        catch (Exception e)
        {
            return terminal.CouldNotRun(e.ToString());
        }
    }

    static int Mistake(ParseResult parse, Terminal terminal)
    {
        if (parse.CommandResult.Command is RootCommand root && parse.UnmatchedTokens is [var verb, ..])
        {
            var verbs = root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToArray();
            var near = verb.StartsWith('-') ? null : Nearest.Of(verb, verbs);
            return terminal.CouldNotRun(near is null
                ? $"'{verb}' is no verb; there are {string.Join(", ", verbs)}: 'rulescope --help' tells more"
                : $"'{verb}' is no verb; did you mean '{near}'?");
        }

        foreach (var error in parse.Errors)
            terminal.CouldNotRun(error.Message.TrimEnd('.'));
        terminal.Note($"'rulescope {parse.CommandResult.Command.Name} --help' tells more");
        return ExitCodes.CouldNotRun;
    }
}
