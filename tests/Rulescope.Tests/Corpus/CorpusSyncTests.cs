using System.Diagnostics;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sync;

namespace Rulescope.Tests.Corpus;

public sealed class CorpusSyncTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-");

    string Cache => Path.Combine(_folder.FullName, "cache");

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes = FileAttributes.Normal;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_repository_is_cloned_and_later_follows_its_remote()
    {
        var first = Commit("one", "rules/a.yml", "title: a");
        var set = Set("sigma", "one");
        var cloned = Assert.Single(await Run(set));
        Assert.Equal((null, true, first), (cloned.Error, cloned.IsNew, cloned.Commit));
        Assert.Equal("title: a", File.ReadAllText(Path.Combine(Cache, "sigma", "one", "rules", "a.yml")));

        // Local changes and rewritten history are both overcome.
        File.WriteAllText(Path.Combine(cloned.Folder, "rules", "a.yml"), "changed");
        File.WriteAllText(Path.Combine(cloned.Folder, "rules", "new.yml"), "new");
        Git("one", "commit", "--quiet", "--amend", "--message", "rewritten");
        var second = Commit("one", "rules/b.yml", "title: b");
        var updated = Assert.Single(await Run(set));
        Assert.Equal((null, false, second), (updated.Error, updated.IsNew, updated.Commit));
        Assert.False(File.Exists(Path.Combine(cloned.Folder, "rules", "new.yml")));
        Assert.Equal("title: b", File.ReadAllText(Path.Combine(cloned.Folder, "rules", "b.yml")));
        Assert.Equal("title: a", File.ReadAllText(Path.Combine(cloned.Folder, "rules", "a.yml")));
    }

    [Fact]
    public async Task One_failure_does_not_stop_the_others_and_leaves_nothing_behind()
    {
        Commit("good", "a.yml", "a");
        var seen = new List<string>();
        var results = await Sync("file").RunAsync([Set("sigma", "missing"), Set("elastic", "good")], r => seen.Add(r.RuleSet.Name), TestContext.Current.CancellationToken);
        Assert.Equal("missing good", string.Join(' ', seen));
        Assert.NotNull(results[0].Error);
        Assert.Null(results[0].Commit);
        Assert.Null(results[1].Error);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Cache, "sigma")));
    }

    [Fact]
    public async Task A_failed_update_keeps_what_was_there()
    {
        var commit = Commit("one", "a.yml", "a");
        await Run(Set("sigma", "one"));
        Directory.Move(Path.Combine(_folder.FullName, "one"), Path.Combine(_folder.FullName, "gone"));
        var result = Assert.Single(await Run(Set("sigma", "one")));
        Assert.NotNull(result.Error);
        Assert.Equal(commit, result.Commit);
        Assert.Equal("a", File.ReadAllText(Path.Combine(result.Folder, "a.yml")));
    }

    [Theory]
    [InlineData("https", "file")]
    [InlineData("file", "ext::sh -c touch% evil")]
    [InlineData("https", "ext::sh -c touch% evil")]
    [InlineData("https", "--upload-pack=touch evil")]
    public async Task Other_protocols_and_options_in_addresses_are_refused(string allowed, string address)
    {
        Commit("one", "a.yml", "a");
        var set = Set("sigma", "one") with { Repository = address == "file" ? Path.Combine(_folder.FullName, "one") : address };
        var result = Assert.Single(await Sync(allowed).RunAsync([set], null, TestContext.Current.CancellationToken));
        Assert.NotNull(result.Error);
        Assert.False(Directory.Exists(result.Folder));
        Assert.False(File.Exists("evil"));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("-x")]
    [InlineData("")]
    public async Task A_name_that_is_no_word_is_refused(string name)
    {
        Commit("one", "a.yml", "a");
        var result = Assert.Single(await Run(Set("sigma", "one") with { Name = name }));
        Assert.Equal("vendor and name must be plain words", result.Error);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public async Task A_folder_that_is_no_checkout_is_left_alone()
    {
        Commit("one", "a.yml", "a");
        var mine = Path.Combine(Cache, "sigma", "one", "mine.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        File.WriteAllText(mine, "mine");
        var result = Assert.Single(await Run(Set("sigma", "one")));
        Assert.Equal("the folder is there but is no git checkout", result.Error);
        Assert.Equal("mine", File.ReadAllText(mine));
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_a_failure()
    {
        Commit("one", "a.yml", "a");
        var sync = new CorpusSync(Cache, ["file"], TimeSpan.FromTicks(1), TimeProvider.System);
        var result = Assert.Single(await sync.RunAsync([Set("sigma", "one")], null, TestContext.Current.CancellationToken));
        Assert.StartsWith("git took longer than", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_the_run()
    {
        Commit("one", "a.yml", "a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sync("file").RunAsync([Set("sigma", "one")], null, new CancellationToken(canceled: true)));
    }

    CorpusSync Sync(string protocol) => new(Cache, [protocol], TimeSpan.FromMinutes(1), TimeProvider.System);

    Task<IReadOnlyList<SyncResult>> Run(KnownRuleSet set) => Sync("file").RunAsync([set], null, TestContext.Current.CancellationToken);

    KnownRuleSet Set(string vendor, string name) => new(vendor, name, "file://" + Path.Combine(_folder.FullName, name), "MIT", []);

    string Commit(string repository, string file, string text)
    {
        var path = Path.Combine(_folder.FullName, repository, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!Directory.Exists(Path.Combine(_folder.FullName, repository, ".git")))
            Git(repository, "init", "--quiet", "--initial-branch", "main");
        File.WriteAllText(path, text);
        Git(repository, "add", "--all");
        Git(repository, "commit", "--quiet", "--message", "change");
        return Git(repository, "rev-parse", "HEAD").Trim();
    }

    string Git(string repository, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Path.Combine(_folder.FullName, repository) };
        foreach (var argument in (string[])["-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
