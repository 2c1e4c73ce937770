using System.Text.Json;
using Rulescope.Cli.Rendering;
using Spectre.Console;

namespace Rulescope.Cli.Tests;

/// <summary>A user in front of a terminal of 80 columns, with a folder of their own.</summary>
sealed class Session : IDisposable
{
    readonly StringWriter _out = new();
    readonly StringWriter _error = new();

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rulescope-cli-");

    public string Catalog => PathOf("catalog.db");

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string[] Lines => Out.Split('\n');

    public int Width { get; init; } = 80;

    public Session()
    {
        Environment["XDG_CACHE_HOME"] = PathOf("cache");
    }

    public string PathOf(string name) => Path.Combine(Folder.FullName, name);

    /// <summary>A rule file below the folder; gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs one command line; what was printed before is forgotten.</summary>
    public Task<int> RunAsync(params string[] arguments) => RunUntilAsync(arguments, TestContext.Current.CancellationToken);

    /// <summary>The same until it is stopped.</summary>
    public Task<int> RunUntilAsync(string[] arguments, CancellationToken cancellation)
    {
        _out.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return CommandLine.RunAsync(arguments, Open(), cancellation);
    }

    /// <summary>Builds <see cref="Catalog"/> from three small rules.</summary>
    public async Task<Session> WithCatalogAsync()
    {
        Write("rules/shell.yml", Rules.Shell);
        Write("rules/console.yml", Rules.Console);
        Write("rules/deprecated/old.yml", Rules.Old);
        Assert.Equal(0, await RunAsync("build", "--source", $"sigma={PathOf("rules")}", "--out", Catalog));
        return this;
    }

    public Terminal Open() => new(Console(_out), Console(_error), name => Environment.GetValueOrDefault(name));

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>One line that says why, and nothing on stdout.</summary>
    public void AssertCouldNotRun(int exit, string message)
    {
        Assert.Equal(2, exit);
        Assert.Equal("", Out);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("rulescope: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new TrimmedLines(writer)),
        });
        console.Profile.Width = Width;
        return console;
    }
}
