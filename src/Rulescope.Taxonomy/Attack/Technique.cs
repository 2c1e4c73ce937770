using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>An ATT&amp;CK tactic as the current version names it.</summary>
/// <param name="Id">Such as <c>TA0005</c>.</param>
/// <param name="ShortName">As tags and kill chains write it: <c>defense-impairment</c>.</param>
/// <param name="Order">Its column in the matrix, from 0.</param>
/// <param name="FormerName">The name before the current version, where it was renamed.</param>
public sealed record Tactic(string Id, string ShortName, string Name, int Order, string? FormerName)
{
    /// <summary>Its page at MITRE.</summary>
    public string Url => $"https://attack.mitre.org/tactics/{Id}/";
}

/// <summary>What is known of one technique or sub-technique; texts are never part of it.</summary>
/// <param name="Id">Such as <c>T1021</c> or <c>T1021.007</c>.</param>
/// <param name="Name">Its own name, without the parent's; null where only the id is known.</param>
/// <param name="Tactics">In matrix order.</param>
public sealed record Technique(string Id, string? Name, EquatableArray<Tactic> Tactics, EquatableArray<string> Platforms)
{
    /// <summary>The id before the dot, or null for a technique that is no sub-technique.</summary>
    public string? ParentId => AttackId.ParentOf(Id);

    /// <summary>Its page at MITRE: <c>https://attack.mitre.org/techniques/T1021/007/</c>.</summary>
    public string Url => AttackId.UrlOf(Id);
}
