using System.Collections.Frozen;
using System.Text;

namespace Rulescope.Corpus.Vendors;

/// <summary>Tactics as they are written: <c>LateralMovement</c>, <c>Lateral movement</c>, <c>lateral_movement</c>.</summary>
static class TacticNames
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
