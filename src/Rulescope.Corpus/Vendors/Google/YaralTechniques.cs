using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>The ATT&amp;CK ids of a rule, under every name the public rules have for them.</summary>
/// <param name="All">Those of meta, then those of outcome; ids as written, in upper case.</param>
/// <param name="Findings">Meta and outcome name other techniques.</param>
sealed partial record YaralTechniques(EquatableArray<string> All, ImmutableArray<Diagnostic> Findings)
{
    public static YaralTechniques Of(YaralMeta meta)
    {
        var said = meta.Texts("technique", "techniques", "technique_id", "mitre_attack_technique_id", "mitre_attack_technique", "mitre_technique", "mitre_technique_id")
            .SelectMany(TechniqueIds.In)
            .Concat(meta.Texts("mitre_attack_url", "mitre_url").SelectMany(InAddress))
            .Concat(meta.Words("mitre").Select(InWord).OfType<string>())
            .Distinct(StringComparer.Ordinal).ToImmutableArray();
        var outcome = meta.Outcomes("mitre_attack_technique_id").SelectMany(TechniqueIds.In).Distinct(StringComparer.Ordinal).ToImmutableArray();
        ImmutableArray<Diagnostic> findings = said.IsEmpty || outcome.IsEmpty || said.ToHashSet(StringComparer.Ordinal).SetEquals(outcome)
            ? []
            : [Diagnostic.At(meta.Place, GoogleCodes.TechniquesDiffer, string.Join(", ", said), string.Join(", ", outcome))];
        return new([.. said.Union(outcome, StringComparer.Ordinal)], findings);
    }

    /// <summary>Names with hyphens or ids, in lower case.</summary>
    public static EquatableArray<string> Tactics(YaralMeta meta) =>
    [
        .. meta.Words("tactic").Concat(meta.Words("mitre_attack_tactic"))
            .Concat(meta.Outcomes("mitre_attack_tactic").SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .Select(t => TacticId.IsMatch(t) ? t.ToLowerInvariant() : TacticNames.Named(t))
            // One free text holds tactics, techniques, groups and software alike.
            .Concat(meta.Words("mitre").Select(t => TacticNames.Named(t[(t.IndexOf('.', StringComparison.Ordinal) + 1)..])))
            .OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    // https://attack.mitre.org/versions/v13/techniques/T1562/008/
    static IEnumerable<string> InAddress(string address) =>
        Address.Matches(address).Select(m => m.Groups["sub"].Success ? $"{m.Groups["id"].Value}.{m.Groups["sub"].Value}" : m.Groups["id"].Value).Select(id => id.ToUpperInvariant());

    // A word that ends like an id and begins otherwise is a misspelt one, which the list of repairs may know.
    static string? InWord(string word) => TechniqueIds.In(word).FirstOrDefault() ?? (Ending.IsMatch(word) ? word.ToUpperInvariant() : null);

    [GeneratedRegex(@"/techniques/(?<id>T[0-9]{4})([/.](?<sub>[0-9]{3})(?![0-9]))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    static partial Regex Address { get; }

    [GeneratedRegex(@"t[0-9]{4}(\.[0-9]{3})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    static partial Regex Ending { get; }

    [GeneratedRegex(@"^TA[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    static partial Regex TacticId { get; }
}
