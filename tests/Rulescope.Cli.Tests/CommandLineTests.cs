using System.Text;
using Rulescope.Cli.Rendering;
using Spectre.Console;

namespace Rulescope.Cli.Tests;

public class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. CommandLine.Build(new Session().Open()).Subcommands.Select(c => c.Name)];

    [Fact]
    public async Task The_help_names_every_verb_but_the_hidden_ones()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("--help"));
        foreach (var verb in (string[])["demo", "sync", "build", "guide", "rule", "search", "check", "package", "serve"])
            Assert.Contains($"  {verb} ", session.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("conformance", session.Out, StringComparison.Ordinal);
        Assert.All(session.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_explains_itself_with_examples(string verb)
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync(verb, "--help"));
        Assert.Contains($"rulescope {verb}", session.Out, StringComparison.Ordinal);
        Assert.Contains("Examples", session.Out, StringComparison.Ordinal);
        Assert.Equal("", session.Error);
    }

    [Fact]
    public async Task Nothing_at_all_shows_the_help()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync());
        Assert.Contains("Verbs", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("--version"));
        Assert.Matches(@"^rulescope [0-9]+\.[0-9]+\.[0-9]+\n$", session.Out);
    }

    [Fact]
    public async Task A_verb_with_a_wrong_letter_is_guessed()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("giude", "T1059"), "did you mean 'guide'?");
    }

    [Fact]
    public async Task A_verb_like_none_lists_them()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("frobnicate"), "there are build, guide");
    }

    [Fact]
    public async Task A_mistake_in_an_option_is_said_with_the_way_to_the_help()
    {
        using var session = new Session();
        Assert.Equal(2, await session.RunAsync("guide", "T1059", "--format", "yaml"));
        Assert.StartsWith("rulescope: ", session.Error, StringComparison.Ordinal);
        Assert.Contains("'rulescope guide --help' tells more", session.Error, StringComparison.Ordinal);
        Assert.Equal("", session.Out);
    }

    [Fact]
    public async Task A_fault_of_ours_is_one_line_and_its_place_only_on_demand()
    {
        using var session = new Session();
        using var error = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(new Broken()), Ansi = AnsiSupport.No });
        var errors = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(new TrimmedLines(error)), Ansi = AnsiSupport.No });
        Assert.Equal(2, await CommandLine.RunAsync(["--version"], new Terminal(console, errors, _ => null), TestContext.Current.CancellationToken));
        Assert.Equal("rulescope: out of paper (InvalidOperationException; RULESCOPE_DEBUG=1 shows where)\n", error.ToString());
        error.GetStringBuilder().Clear();
        Assert.Equal(2, await CommandLine.RunAsync(["--version"], new Terminal(console, errors, _ => "1"), TestContext.Current.CancellationToken));
        Assert.Contains(nameof(VersionLine), error.ToString(), StringComparison.Ordinal);
    }

    sealed class Broken : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value) => throw new InvalidOperationException("out of paper");
    }
}
