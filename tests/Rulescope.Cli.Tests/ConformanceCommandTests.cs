using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Rulescope.Cli.Tests;

public class ConformanceCommandTests
{
    [Fact]
    public async Task Without_a_suite_it_says_where_they_belong()
    {
        using var session = new Session();
        session.Environment["RULESCOPE_SHARED"] = session.Folder.FullName;
        Assert.Equal(2, await session.RunAsync("conformance"));
        Assert.Contains("rulescope: no suite was found in", session.Error, StringComparison.Ordinal);
        session.AssertCouldNotRun(await session.RunAsync("conformance", "--suite", "none"), "unknown suite 'none': there are sigma-regression");
    }

    [Fact]
    public async Task Rules_that_are_not_read_are_failures_of_the_reading()
    {
        using var session = new Session();
        Pack(session.PathOf("sigma.tar.gz"), ("rules/shell.yml", Rules.Shell));
        string[] command = ["conformance", "--suite", "reading", "--corpora", session.Folder.FullName, "--format", "json"];
        Assert.Equal(0, await session.RunAsync(command));
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal("reading-sigma", suite.GetProperty("suite").GetString());
        Assert.Equal((1, 1, 0, 0), (Number("cases"), Number("passed"), Number("failed"), Number("skipped")));
        Assert.Empty(suite.GetProperty("failures").EnumerateArray());

        Pack(session.PathOf("sigma.tar.gz"), ("rules/shell.yml", Rules.Shell.Replace("selection and not", "absent and not", StringComparison.Ordinal)));
        Assert.Equal(1, await session.RunAsync(command[..^2]));
        Assert.Contains("reading-sigma (1 failure)", session.Out, StringComparison.Ordinal);
        Assert.Contains("rules/shell.yml", session.Out, StringComparison.Ordinal);

        int Number(string name) => suite.GetProperty(name).GetInt32();
    }

    // An archive without cases passes none, which is fewer than the figure.
    [Fact]
    public async Task A_fall_below_the_figure_fails()
    {
        using var session = new Session();
        Pack(session.PathOf("sigma-regression.tar.gz"), ("sigma-regression/cases.open.jsonl", ""), ("sigma-regression/cross-matches.jsonl", ""));
        Assert.Equal(1, await session.RunAsync("conformance", "--suite", "sigma-regression", "--suites", session.Folder.FullName));
        Assert.Contains("sigma-regression: 0 passed, the figure that is checked in is", session.Error, StringComparison.Ordinal);
    }

    static void Pack(string path, params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, text) in files)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }
}
