using System.Diagnostics;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Cli.Tests;

public class BuildCommandTests
{
    [Fact]
    public async Task A_build_ends_with_a_table_of_its_sources()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Contains("Source  Files  Rules  Read  Readable  Other kinds   Failed", session.Out, StringComparison.Ordinal);
        Assert.Contains("sigma       3      2     2         2  deprecated 1       0", session.Out, StringComparison.Ordinal);
        Assert.Contains("2 rules in", session.Out, StringComparison.Ordinal);
        Assert.Equal("", session.Error);
    }

    [Fact]
    public async Task Json_has_the_documented_members()
    {
        using var session = new Session();
        session.Write("rules/shell.yml", Rules.Shell);
        session.Write("rules/broken.yml", Rules.Broken);
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog, "--format", "json"));
        var source = Assert.Single(session.Json().GetProperty("sources").EnumerateArray());
        Assert.Equal("sigma", source.GetProperty("vendor").GetString());
        Assert.Equal(session.PathOf("rules"), source.GetProperty("path").GetString());
        Assert.Equal(2, source.GetProperty("files").GetInt32());
        Assert.Equal(1, source.GetProperty("read").GetInt32());
        Assert.True(source.TryGetProperty("repository", out _) && source.TryGetProperty("commit", out _) && source.TryGetProperty("rules", out _) && source.TryGetProperty("readable", out _));
        Assert.True(source.GetProperty("kinds").GetProperty("rule").GetInt32() > 0);
        Assert.All(source.GetProperty("failed").EnumerateArray(), failed =>
        {
            Assert.Equal("rules/broken.yml", failed.GetProperty("path").GetString());
            Assert.True(failed.GetProperty("line").GetInt32() > 0);
            Assert.Equal(7, failed.GetProperty("id").GetString()?.Length);
            Assert.NotEqual("", failed.GetProperty("message").GetString());
        });
        Assert.NotEmpty(source.GetProperty("failed").EnumerateArray());
        Assert.True(session.Json().GetProperty("seconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task Broken_rules_are_named_and_the_build_still_ran()
    {
        using var session = new Session();
        for (var i = 0; i < 30; i++)
            session.Write($"rules/broken{i:00}.yml", Rules.Broken);
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog));
        Assert.Contains("  rules/broken00.yml:", session.Out, StringComparison.Ordinal);
        Assert.Matches(@"and [0-9]+ more, see --format json", session.Out);
    }

    [Fact]
    public async Task A_second_build_of_the_same_files_reads_none_of_them()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog, "--format", "json"));
        Assert.Equal(3, session.Json().GetProperty("unchanged").GetInt32());
        session.Write("rules/console.yml", Rules.Console.Replace("alpha", "gamma", StringComparison.Ordinal));
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog, "--format", "json"));
        Assert.Equal(2, session.Json().GetProperty("unchanged").GetInt32());
    }

    [Theory]
    [InlineData("rules", "'rules' is no source: write VENDOR=PATH")]
    [InlineData("sigm=rules", "did you mean 'sigma'?")]
    [InlineData("acme=rules", "vendors are elastic, google, microsoft, panther, sigma, splunk")]
    [InlineData("sigma=nowhere", "no such file or folder: nowhere")]
    public async Task A_source_that_names_nothing_is_explained(string source, string message)
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", source, "--out", session.Catalog), message);
        Assert.False(File.Exists(session.Catalog));
    }

    [Fact]
    public async Task A_macro_that_is_defined_nowhere_is_told_once_until_it_is_given()
    {
        using var session = new Session();
        session.Write("content/detections/cloud/a.yml", "name: a\nid: 1\nsearch: '`trail` eventName=a | `a_filter`'\n");
        session.Write("content/detections/cloud/b.yml", "name: b\nid: 2\nsearch: '`trail` eventName=b'\n");
        var source = $"splunk={session.PathOf("content")}";
        Assert.Equal(0, await session.RunAsync("build", "--source", source, "--out", session.Catalog));
        Assert.Contains("2 x SPL0104 no macro `trail` with 0 arguments", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("build", "--source", source, "--out", session.Catalog, "--format", "json"));
        var remark = Assert.Single(session.Json().GetProperty("sources")[0].GetProperty("remarks").EnumerateArray());
        Assert.Equal("SPL0104 2 detections/cloud/a.yml:3", $"{remark.GetProperty("id")} {remark.GetProperty("count")} {remark.GetProperty("path")}:{remark.GetProperty("line")}");
        session.Write("own/macros.conf", "[trail]\ndefinition = sourcetype=aws:cloudtrail\n");
        Assert.Equal(0, await session.RunAsync("build", "--source", source, "--macros", session.PathOf("own"), "--out", session.Catalog, "--format", "json"));
        Assert.Empty(session.Json().GetProperty("sources")[0].GetProperty("remarks").EnumerateArray());
        Assert.Equal(0, session.Json().GetProperty("unchanged").GetInt32());
        Assert.Equal(0, await session.RunAsync("rule", "splunk/1", "--catalog", session.Catalog));
        Assert.Contains("aws:cloudtrail", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Macros_are_for_rules_of_Splunk()
    {
        using var session = new Session();
        var source = $"sigma={session.Write("rules/shell.yml", Rules.Shell)}";
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", source, "--macros", session.PathOf("nowhere"), "--out", session.Catalog), "(of --macros)");
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", source, "--macros", session.Folder.FullName, "--out", session.Catalog), "no source is of splunk");
    }

    [Fact]
    public async Task Without_a_source_there_is_what_sync_fetched_or_advice()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("build", "--out", session.Catalog), "rulescope sync");
        session.Write("cache/rulescope/sigma/sigma/rules/shell.yml", Rules.Shell);
        Assert.Equal(0, await session.RunAsync("build", "--out", session.Catalog));
        Assert.Contains("1 rule in", session.Out, StringComparison.Ordinal);
        Assert.Contains("source sigma=", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_or_is_held_is_said()
    {
        using var session = new Session();
        var source = $"sigma={session.Write("rules/shell.yml", Rules.Shell)}";
        session.Write("plain", "a file, no folder");
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", source, "--out", session.PathOf("plain/catalog.db")), "cannot be written");
        using var held = new FileStream(session.Catalog + ".lock", FileMode.Create, FileAccess.Write, FileShare.None);
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", source, "--out", session.Catalog), "another build is writing");
    }

    [Fact]
    public async Task A_build_that_is_killed_half_way_leaves_the_old_catalog()
    {
        using var session = await new Session().WithCatalogAsync();
        var old = await File.ReadAllBytesAsync(session.Catalog, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3_000; i++)
            session.Write($"many/{i}.yml", Rules.Numbered(i));
        var building = session.Catalog + ".building";
        using (var process = Start("build", "--source", $"sigma={session.PathOf("many")}", "--out", session.Catalog))
        {
            // Half-way: the new file is there, and the old one still is in its place.
            while (!process.HasExited && (!File.Exists(building) || new FileInfo(building).Length == 0))
                await Task.Delay(1, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.True(File.Exists(building));
        Assert.Equal(old, await File.ReadAllBytesAsync(session.Catalog, TestContext.Current.CancellationToken));
        var catalog = CatalogFile.Open(session.Catalog, out _, out _);
        Assert.NotNull(catalog);
        Assert.Equal(2, new TechniqueIndex(catalog).Counts().Rules);

        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("many")}", "--out", session.Catalog));
        Assert.Contains("3,000 rules in", session.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(building));
    }

    static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rulescope.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
    }
}
