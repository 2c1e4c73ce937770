using System.Globalization;
using System.Text;
using Rulescope.Cli.Rendering;
using Spectre.Console;

namespace Rulescope.Cli;

/// <summary>Where commands write: results to one console; progress, notes and errors to the other.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="environment">The variable of a name, or null.</param>
sealed class Terminal(IAnsiConsole output, IAnsiConsole error, Func<string, string?> environment)
{
    const int UsualWidth = 80;
    const int LeastWidth = 40;

    public IAnsiConsole Out => output;

    public IAnsiConsole Error => error;

    /// <summary>True when faults shall show where they come from.</summary>
    public bool IsDebugging => Variable("RULESCOPE_DEBUG") == "1";

    /// <summary>A variable of the environment; null when unset or empty.</summary>
    public string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>The terminal this process runs in.</summary>
    public static Terminal OfProcess() => new(
        Open(Console.OpenStandardOutput(), Console.IsOutputRedirected),
        Open(Console.OpenStandardError(), Console.IsErrorRedirected),
        Environment.GetEnvironmentVariable);

    /// <summary>Says in one line why the command could not run.</summary>
    public int CouldNotRun(string message)
    {
        Note($"rulescope: {message}");
        return ExitCodes.CouldNotRun;
    }

    /// <summary>A line on stderr.</summary>
    public void Note(string line) => Write(error, SafeText.Lines(line) + "\n");

    /// <summary>Text for programs: as it is, never wrapped.</summary>
    public void WriteRaw(string text) => Write(output, text);

    /// <summary>A document written as UTF-8.</summary>
    public void WriteRaw(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        WriteRaw(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    static void Write(IAnsiConsole console, string text)
    {
        var writer = console.Profile.Out.Writer is TrimmedLines trimmed ? trimmed.Inner : console.Profile.Out.Writer;
        writer.Write(text);
        writer.Flush();
    }

    static IAnsiConsole Open(Stream stream, bool isRedirected)
    {
        var isPlain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var console = AnsiConsole.Create(new()
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(new TrimmedLines(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))),
        });
        console.Profile.Width = WidthOf(isRedirected);
        return console;
    }

    // What goes into a file or a pipe has the same width everywhere.
    static int WidthOf(bool isRedirected)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= LeastWidth)
            return Math.Min(asked, 1_000);
        try
        {
            return isRedirected || Console.WindowWidth < LeastWidth ? UsualWidth : Console.WindowWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
