using System.CommandLine;
using System.CommandLine.Invocation;
using Rulescope.Cli.Commands;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>The help of the program and of each verb.</summary>
sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        if (command is RootCommand root)
            WriteProgram(root);
        else
            WriteVerb(command);
        return ExitCodes.Ok;
    }

    void WriteProgram(RootCommand root)
    {
        terminal.Out.Paragraph(root.Description ?? "", Page.Strong);
        terminal.Out.Heading("Usage");
        terminal.Out.Paragraph("rulescope VERB [options]", indent: 2);
        terminal.Out.Heading("Verbs");
        Columns(root.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        terminal.Out.Heading("Options");
        Columns(root.Options.Where(o => !o.Hidden).Select(Describe));
        terminal.Out.Heading("Examples");
        Examples(root.Subcommands.OfType<Verb>().Where(v => !v.Hidden).SelectMany(v => v.Examples.Take(1)));
        terminal.Out.WriteLine();
        terminal.Out.Paragraph("'rulescope VERB --help' tells about one verb. Exit codes: 0 ran, 1 ran and has findings, 2 could not run.", Page.Quiet);
    }

    void WriteVerb(Command command)
    {
        terminal.Out.Paragraph(command.Description ?? "", Page.Strong);
        terminal.Out.Heading("Usage");
        var arguments = string.Concat(command.Arguments.Where(a => !a.Hidden).Select(a => " " + Written(a)));
        terminal.Out.Paragraph($"rulescope {command.Name}{arguments} [options]", indent: 2);
        if (command.Arguments.Count > 0)
        {
            terminal.Out.Heading("Arguments");
            Columns(command.Arguments.Where(a => !a.Hidden).Select(a => (a.HelpName ?? a.Name, a.Description ?? "")));
        }

        terminal.Out.Heading("Options");
        var inherited = command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive);
        Columns(command.Options.Concat(inherited).Where(o => !o.Hidden).Select(Describe));
        if (command is Verb { Examples.Count: > 0 } verb)
        {
            terminal.Out.Heading("Examples");
            Examples(verb.Examples);
        }
    }

    void Examples(IEnumerable<Example> examples)
    {
        foreach (var example in examples)
        {
            terminal.Out.Paragraph(example.Line, indent: 2);
            terminal.Out.Paragraph(example.Meaning, Page.Quiet, indent: 6);
        }
    }

    static string Written(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        var many = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}{many}]" : name + many;
    }

    static (string Name, string Meaning) Describe(Option option)
    {
        var name = option.HelpName is { } value ? $"{option.Name} {value}" : option.Name;
        var many = option.Arity.MaximumNumberOfValues > 1 ? " May be given several times." : "";
        var standard = option.HasDefaultValue && option.GetDefaultValue() is string { Length: > 0 } text ? $" [{text}]" : "";
        return (name, option.Description + many + standard);
    }

    void Columns(IEnumerable<(string Name, string Meaning)> rows)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0));
        grid.AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        foreach (var (name, meaning) in rows)
            grid.AddRow(new Paragraph(name), new Paragraph(meaning));
        terminal.Out.Write(grid);
    }
}

/// <summary>The answer to <c>--version</c>.</summary>
sealed class VersionLine(Terminal terminal) : SynchronousCommandLineAction
{
    public static readonly string Version = typeof(VersionLine).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.WriteRaw($"rulescope {Version}\n");
        return ExitCodes.Ok;
    }
}
