using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Rulescope.Corpus.Sync;

/// <summary>What one run of git came to.</summary>
/// <param name="ExitCode">0 when it worked; -1 when it could not be started or took too long.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">The last lines of standard error, or why there was no run.</param>
sealed record GitResult(int ExitCode, string Output, string Error)
{
    public bool IsSuccess => ExitCode == 0;
}

/// <summary>Runs git without questions, hooks, programs of the user's configuration, or protocols other than the ones named.</summary>
sealed class GitProcess(IReadOnlyList<string> protocols, TimeSpan timeout, TimeProvider clock)
{
    const int MaxOutput = 1 << 16;

    static readonly ImmutableArray<string> RepositoryVariables =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_ALLOW_PROTOCOL",
    ];

    public async Task<GitResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Describe(arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new(-1, "", "the program 'git' was not found");
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var output = ReadAsync(process.StandardOutput, either.Token);
            var error = ReadAsync(process.StandardError, either.Token);
            // Waiting for a process that has ended does not look at the limit.
            either.Token.ThrowIfCancellationRequested();
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return new(process.ExitCode, await output.ConfigureAwait(false), LastLines(await error.ConfigureAwait(false)));
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return new(-1, "", $"git took longer than {timeout}");
        }
    }

    ProcessStartInfo Describe(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var setting in Settings())
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // A repository named by the environment would be worked on instead of the one we mean.
        foreach (var inherited in RepositoryVariables)
            start.Environment.Remove(inherited);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "";
        start.Environment["SSH_ASKPASS"] = "";
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    IEnumerable<string> Settings() =>
    [
        "protocol.allow=never",
        "protocol.ext.allow=never",
        .. protocols.Select(p => $"protocol.{p}.allow=always"),
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "core.symlinks=false",
        "core.autocrlf=false",
        "credential.helper=",
        "submodule.recurse=false",
        "advice.detachedHead=false",
        "gc.auto=0",
    ];

    static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            // Read on when enough is kept: a full pipe would stop git.
            if (kept.Length < MaxOutput)
                kept.Append(buffer, 0, read);
        }

        return kept.ToString();
    }

    static string LastLines(string text) =>
        string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(2));

    // Waited for, so that nothing is written any more where the caller cleans up.
    static async Task StopAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
