using System.Text.RegularExpressions;

namespace Rulescope.Corpus.Vendors;

/// <summary>ATT&amp;CK ids in prose: <c>T1134.002</c>, in upper case.</summary>
static partial class TechniqueIds
{
    public static IEnumerable<string> In(string text) => Id.Matches(text).Select(m => m.Value.ToUpperInvariant());

    /// <summary>The id a text begins with, or null.</summary>
    public static string? Leading(string text) => Id.Match(text) is { Success: true, Index: 0 } match ? match.Value.ToUpperInvariant() : null;

    // Both the compiled form and the input are short, and the pattern cannot backtrack.
    [GeneratedRegex(@"\bT[0-9]{4}(\.[0-9]{3})?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    static partial Regex Id { get; }
}
