using System.Diagnostics;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.House;

/// <summary>The files of the repository as git sees them: tracked, or new and not ignored.</summary>
/// <remarks>Outside git, as in an unpacked archive, every file but build output.</remarks>
static class Tree
{
    static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules"];

    /// <summary>Relative paths with <c>/</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (AskGit() ?? Walk()).Where(f => File.Exists(PathOf(f))).Order(StringComparer.Ordinal)];

    public static string PathOf(string file) => Path.Combine(Repository.Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    public static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    /// <summary>The lines of a list beside these tests, without comments: <c>2026-01-31 what why</c> gives <c>what</c>.</summary>
    public static IReadOnlyList<string> Allowed(string list) =>
    [
        .. Lines($"tests/Rulescope.Tests/House/{list}")
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 3) is [var date, var what, { Length: > 0 }] && DateOnly.TryParseExact(date, "yyyy-MM-dd", out _)
                ? what
                : throw new FormatException($"{list}: '{line}' is not 'yyyy-mm-dd what why'")),
    ];

    static string[]? AskGit()
    {
        if (!Path.Exists(PathOf(".git")))
            return null;
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start");
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? files : throw new InvalidOperationException($"git ls-files ends with {git.ExitCode}");
    }

    static IEnumerable<string> Walk()
    {
        var folders = new Stack<string>([Repository.Root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder))
                yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d), StringComparer.Ordinal)))
                folders.Push(inner);
        }
    }
}
