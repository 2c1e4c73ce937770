using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>Names of archive entries: hostile until checked.</summary>
static class EntryPath
{
    /// <summary>The name as a relative path with <c>/</c>, without <c>.</c> segments; null with a code when it must not be used.</summary>
    public static string? Normalize(string name, out DiagnosticCode? refused)
    {
        refused = Refusal(name);
        if (refused is not null)
            return null;
        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Contains("..", StringComparer.Ordinal))
        {
            refused = CorpusCodes.LeavesArchive;
            return null;
        }

        var path = string.Join('/', segments.Where(s => s != "."));
        return path.Length > 0 ? path : null;
    }

    /// <summary>True for what lies in a <c>.git</c> folder.</summary>
    public static bool IsGitInternal(string path) =>
        path.StartsWith(".git/", StringComparison.Ordinal) || path.Contains("/.git/", StringComparison.Ordinal);

    static DiagnosticCode? Refusal(string name) => name switch
    {
        "" => CorpusCodes.BadName,
        _ when name.Any(char.IsControl) => CorpusCodes.BadName,
        _ when name.Contains('\\', StringComparison.Ordinal) => CorpusCodes.BackslashName,
        ['/', ..] => CorpusCodes.AbsoluteName,
        [var drive, ':', ..] when char.IsAsciiLetter(drive) => CorpusCodes.AbsoluteName,
        _ => null,
    };
}
