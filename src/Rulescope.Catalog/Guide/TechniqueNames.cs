using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Guide;

/// <summary>Words about technique ids.</summary>
public static class TechniqueNames
{
    /// <summary>The technique an id of any version leads to; null with a message for people where it has no page.</summary>
    public static Technique? Find(string id, out string message)
    {
        var resolution = AttackFacts.Default.Resolve(id);
        var technique = resolution is { HasPage: true, Id: { } current } ? AttackFacts.Default.Find(current) : null;
        message = technique is null ? Explain(resolution) : "";
        return technique;
    }

    /// <summary>Why an id names no page, and what to try.</summary>
    public static string Explain(AttackResolution resolution) => resolution.Kind switch
    {
        AttackIdKind.Malformed => $"'{resolution.Written}' is not a technique id: write it like T1021 or T1021.007",
        AttackIdKind.Retired => $"{resolution.Id} ({AttackFacts.Default.NameOf(resolution.Id ?? "")}) was deprecated by ATT&CK without a successor, so it has no page",
        AttackIdKind.OtherMatrix => $"{resolution.Id} belongs to the {resolution.Matrix} matrix; the guide covers ATT&CK for Enterprise",
        _ => Unknown(resolution),
    };

    static string Unknown(AttackResolution resolution)
    {
        var version = $"ATT&CK for Enterprise knows no technique {resolution.Id ?? resolution.Written} in any version from 15 to {AttackFacts.Default.Version}";
        var parent = resolution.Id is { } id ? AttackId.ParentOf(id) : null;
        return parent is not null && AttackFacts.Default.Find(parent) is not null
            ? $"{version}; its parent would be {parent} ({AttackFacts.Default.NameOf(parent)})"
            : $"{version}; 'rulescope search' finds techniques and rules by their words";
    }
}
