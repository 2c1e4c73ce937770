using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>How a rule writes a value that its row shows otherwise: encoded by the rule, spelt anew by the taxonomy, asked for in other words.</summary>
/// <param name="Text">The rule's own words.</param>
/// <param name="How">What makes the row's value of them: the test's modifiers, or the taxonomy's entry; empty where the language itself does.</param>
readonly record struct WrittenForm(string Text, string How)
{
    /// <summary>Null where a reader finds the value in the rule as it is, letter case and escapes aside.</summary>
    public static WrittenForm? Of(NormalisedLeaf leaf, SourceText source)
    {
        if (leaf.Value is not { } value || (leaf.Seen.Drawn?.Text ?? source.Slice(leaf.Seen.Span)) is not { Length: > 0 } text)
            return null;
        if (leaf.Meaning is { } meaning && !string.Equals(value, leaf.Seen.Value, StringComparison.Ordinal))
            return new(text, meaning.Binding.Id);
        return Says(text, value) ? null : new(text, leaf.Seen.Written?.Operator ?? "");
    }

    static bool Says(string text, string value) =>
        text.Contains(value, StringComparison.OrdinalIgnoreCase) || Bare(text).Contains(Bare(value), StringComparison.OrdinalIgnoreCase);

    static string Bare(string text) => string.Join(' ', text.Replace("\\", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
