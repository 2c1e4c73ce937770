using System.Text.RegularExpressions;

namespace Rulescope.Languages.Patterns;

/// <summary>What a pattern of RE2's family makes of the empty text: the value an absent field has in languages without null texts.</summary>
static class EmptyText
{
    const int MaxPattern = 2000;

    // The empty text gives little to go back over, and what there is ends here; the engine that never goes back costs far more to make.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether the pattern fits the empty text; null where that cannot be told from here.</summary>
    public static bool? Fits(string pattern)
    {
        // Classes in words, quoted stretches and single bytes are read otherwise by .NET.
        if (pattern.Length > MaxPattern || pattern.Contains("[[:", StringComparison.Ordinal) || pattern.Contains(@"\Q", StringComparison.Ordinal) || pattern.Contains(@"\C", StringComparison.Ordinal))
            return null;
        try
        {
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.CultureInvariant, Patience).IsMatch("");
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            // Another dialect's pattern: what it makes of the empty text is told where it is translated.
            return null;
        }
    }
}
