using Rulescope.Corpus.Provenance;

namespace Rulescope.Corpus.Sync;

/// <summary>What became of one repository.</summary>
/// <param name="RuleSet">The repository.</param>
/// <param name="Folder">Its place in the cache.</param>
/// <param name="Commit">The commit that is there now; null when it failed and nothing was there before.</param>
/// <param name="IsNew">True when it was cloned, false when it was brought up to date.</param>
/// <param name="Error">Why it failed; null when it worked.</param>
public sealed record SyncResult(KnownRuleSet RuleSet, string Folder, string? Commit, bool IsNew, string? Error);

/// <summary>Brings public rule sets into a cache folder, or up to date there, with git. The only part that uses the network.</summary>
/// <param name="cache">The cache folder; a rule set lies in <c>vendor/name</c> below it.</param>
/// <param name="protocols">What git may use, such as <c>https</c>; nothing else is allowed, whatever an address says.</param>
/// <param name="timeout">For each run of git.</param>
/// <param name="clock">Measures the timeout.</param>
public sealed class CorpusSync(string cache, IReadOnlyList<string> protocols, TimeSpan timeout, TimeProvider clock)
{
    readonly GitProcess _git = new(protocols, timeout, clock);

    /// <summary>A sync over HTTPS with a quarter of an hour for each repository.</summary>
    public CorpusSync(string cache) : this(cache, ["https"], TimeSpan.FromMinutes(15), TimeProvider.System) { }

    /// <summary>One after the other; a failure is a result and does not stop the others.</summary>
    /// <param name="ruleSets">What to fetch.</param>
    /// <param name="report">Gets each result when it is there.</param>
    public async Task<IReadOnlyList<SyncResult>> RunAsync(
        IEnumerable<KnownRuleSet> ruleSets, Action<SyncResult>? report, CancellationToken cancellation)
    {
        var results = new List<SyncResult>();
        foreach (var ruleSet in ruleSets)
        {
            var result = await RunAsync(ruleSet, cancellation).ConfigureAwait(false);
            results.Add(result);
            report?.Invoke(result);
        }

        return results;
    }

    async Task<SyncResult> RunAsync(KnownRuleSet ruleSet, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(Path.Combine(cache, ruleSet.Vendor, ruleSet.Name));
        var isNew = !Directory.Exists(folder);
        try
        {
            var error = !IsPlainName(ruleSet.Vendor) || !IsPlainName(ruleSet.Name) ? "vendor and name must be plain words"
                : isNew ? await CloneAsync(ruleSet, folder, cancellation).ConfigureAwait(false)
                : await UpdateAsync(ruleSet, folder, cancellation).ConfigureAwait(false);
            return new(ruleSet, folder, CommitOf(folder), isNew, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(ruleSet, folder, CommitOf(folder), isNew, e.Message);
        }
    }

    // Cloned beside its place and moved there when complete: what is in the cache is whole, even after a crash.
    async Task<string?> CloneAsync(KnownRuleSet ruleSet, string folder, CancellationToken cancellation)
    {
        var parent = Path.GetDirectoryName(folder) ?? cache;
        Directory.CreateDirectory(parent);
        var partial = Path.Combine(parent, $".{ruleSet.Name}.{Guid.NewGuid():N}");
        try
        {
            var cloned = await _git.RunAsync(["clone", "--quiet", "--depth", "1", "--single-branch", "--no-tags", "--", ruleSet.Repository, partial], cancellation).ConfigureAwait(false);
            if (!cloned.IsSuccess)
                return cloned.Error;
            Directory.Move(partial, folder);
            return null;
        }
        finally
        {
            Remove(partial);
        }
    }

    // The remote's HEAD may have moved to another branch or been rewritten: the cache follows it, local changes are lost.
    async Task<string?> UpdateAsync(KnownRuleSet ruleSet, string folder, CancellationToken cancellation)
    {
        if (GitCheckout.Find(folder)?.Root != folder)
            return "the folder is there but is no git checkout";
        string[][] steps =
        [
            ["remote", "set-url", "origin", "--", ruleSet.Repository],
            ["fetch", "--quiet", "--depth", "1", "--no-tags", "--", "origin", "HEAD"],
            ["reset", "--quiet", "--hard", "FETCH_HEAD"],
            ["clean", "--quiet", "-ffdx"],
        ];
        foreach (var step in steps)
        {
            var done = await _git.RunAsync(["-C", folder, .. step], cancellation).ConfigureAwait(false);
            if (!done.IsSuccess)
                return done.Error;
        }

        return null;
    }

    static string? CommitOf(string folder) => GitCheckout.Find(folder) is { } found && found.Root == folder ? found.Commit : null;

    static bool IsPlainName(string name) =>
        name.Length is > 0 and < 100 && name[0] is not ('-' or '.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        // Git makes its object files read-only, which stops deletion on Windows.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }
}
