using System.Collections.Frozen;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>One technique as an imported file has it.</summary>
/// <param name="Description">As written, with its markup; <see cref="AttackText"/> makes it plain.</param>
/// <param name="Tactics">Short names as the file writes them.</param>
/// <param name="Modified">The file's date of last change, ISO 8601, or empty.</param>
public sealed record ImportedTechnique(
    string Id, string Name, string Description, EquatableArray<string> Tactics, EquatableArray<string> Platforms, bool IsRetired, string Modified);

/// <summary>A text for a technique page, and the id it was written for.</summary>
/// <param name="FromId">Another id than the page's when the text is that of its predecessor, which the page then says.</param>
public sealed record AttackDescription(string Text, string FromId);

/// <summary>The texts of an imported ATT&amp;CK file or folder.</summary>
/// <param name="Version">The ATT&amp;CK version, such as <c>18.1</c>, or null where the files do not say.</param>
/// <param name="Notice">The copyright line that belongs beside the texts, or null where the files hold none.</param>
/// <param name="Techniques">By id; revoked ones are not among them.</param>
/// <param name="Moved">The file's own revoked ids and what stands in their place.</param>
public sealed record AttackDescriptions(
    string? Version, string? Notice, FrozenDictionary<string, ImportedTechnique> Techniques, FrozenDictionary<string, string> Moved)
{
    /// <summary>No texts: what a catalog without <c>--attack</c> has.</summary>
    public static AttackDescriptions None { get; } =
        new(null, null, FrozenDictionary<string, ImportedTechnique>.Empty, FrozenDictionary<string, string>.Empty);

    /// <summary>The text for a page: its own, else that of the id it came from; null where neither is known.</summary>
    public AttackDescription? Find(AttackFacts facts, string id)
    {
        foreach (var from in (ReadOnlySpan<string?>)[id, facts.Predecessor(id)])
        {
            if (from is not null && Techniques.GetValueOrDefault(from) is { Description.Length: > 0 } technique)
                return new(technique.Description, from);
        }

        return null;
    }
}
