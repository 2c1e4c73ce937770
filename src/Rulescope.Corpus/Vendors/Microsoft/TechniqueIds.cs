using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Rulescope.Corpus.Vendors.Microsoft;

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

/// <summary>Tactics as Microsoft writes them: <c>LateralMovement</c>, <c>Lateral movement</c>.</summary>
static class MicrosoftTactics
{
    static readonly FrozenSet<string> Known = new[]
    {
        "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "defense-evasion", "credential-access",
        "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact", "stealth", "defense-impairment",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words with hyphens, in lower case, whatever they are.</summary>
    public static string Hyphenated(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.Trim())
        {
            if (char.IsUpper(c) && name.Length > 0 && name[^1] != '-')
                name.Append('-');
            name.Append(c is ' ' or '_' ? '-' : char.ToLowerInvariant(c));
        }

        return name.ToString().Replace("--", "-", StringComparison.Ordinal);
    }

    /// <summary>A tactic of ATT&amp;CK, or null.</summary>
    public static string? Named(string text) => Hyphenated(text) is var name && Known.Contains(name) ? name : null;
}
