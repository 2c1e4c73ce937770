using System.Globalization;
using System.Text.RegularExpressions;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>A value of a row beside the words of the rule it is said to come from.</summary>
/// <param name="Language">The rule's.</param>
/// <param name="Kind">The test's operator.</param>
/// <param name="How">What the page says made the value of the words; null where they say it.</param>
/// <param name="Inside">The words as they stand, and without the quoting of the file around the query.</param>
/// <param name="Texts">All that the page shows of the rule: its text and what it draws on.</param>
sealed record WrittenValue(string Language, string Kind, string Value, string? How, IReadOnlyList<string> Inside, IReadOnlyList<string> Texts);

/// <summary>By which way a row's value follows from the words of a rule; each is computed here anew and asks for equality.</summary>
static partial class Derivations
{
    /// <summary>The name of the way; null where there is none.</summary>
    public static string? Of(WrittenValue v)
    {
        foreach (var words in v.Inside)
        {
            if (IsAsWritten(v.Value, words))
                return "as written";
            foreach (var said in Literals.Of(v.Language, words.Trim()))
            {
                if (OfLiteral(v, said) is { } way)
                    return way;
            }

            if (OfTaxonomy(v, words) is { } respelt)
                return respelt;
        }

        return v.Inside.Any(w => IsList(v.Value, w)) ? "list" : IsField(v) ? "field by its path" : IsJoined(v) ? "joined from literals" : null;
    }

    static string? OfLiteral(WrittenValue v, Literals.Said said) =>
        IsSame(v.Value, said.Text) ? "literal"
        : IsPattern(v, said.Pattern) ? "pattern"
        : IsNumber(v.Value, said.Text) ? "number"
        : v.How is { Length: > 0 } && SigmaEncodings.Of(v.How, said.Text).Any(e => IsSame(v.Value, e)) ? "encoded"
        : null;

    // Computed values, names of lists and subqueries: the very words, white space aside.
    static bool IsAsWritten(string value, string words) => IsSame(Blank.Replace(value, " "), Blank.Replace(words.Trim(), " "));

    // P04: as written or in lower case.
    static bool IsSame(string value, string text)
    {
        var lower = text.ToLowerInvariant();
        return value == text || value == lower;
    }

    // P05: stars at the edges are the operator's; inside they stay. A star that the rule escapes is shown escaped.
    static bool IsPattern(WrittenValue v, string pattern)
    {
        var inner = v.Kind is "contains" or "ends_with" ? pattern.TrimStart('*') : pattern;
        if (v.Kind is "contains" or "starts_with")
            inner = Unstarred(inner);
        if (IsSame(v.Value, Escapes.Undo(inner, Escapes.Sigma)))
            return true;
        if (v.Kind is not ("wildcard" or "in"))
            return false;
        var shown = Stars.Replace(Escapes.Undo(inner, new("", "\\") { HasCodes = false }), "*");
        // The modifiers contains, startswith and endswith open a pattern at its edges.
        return ((string[])[shown, $"*{shown}", $"{shown}*", $"*{shown}*"]).Any(p => IsSame(v.Value, Stars.Replace(p, "*")));
    }

    // Without the stars at its end that no backslash escapes.
    static string Unstarred(string pattern)
    {
        while (pattern.EndsWith('*') && !Escaped.IsMatch(pattern))
            pattern = pattern[..^1];
        return pattern;
    }

    static bool IsNumber(string value, string text) => Number(value) is { } shown && Number(text) is { } written && shown.Equals(written);

    static double? Number(string text)
    {
        var plain = text.Trim().Replace("_", "", StringComparison.Ordinal);
        if (plain.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(plain.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // What the entry of the taxonomy says that the page names.
    static string? OfTaxonomy(WrittenValue v, string words)
    {
        if (v.How is not { Length: > 0 } || FieldTaxonomy.Shipped.Bindings.FirstOrDefault(b => b.Id == v.How) is not { } entry)
            return null;
        foreach (var plain in Respelt(v, entry.Transform))
        {
            if (Of(plain with { How = null, Inside = [words] }) is not null)
                return "taxonomy";
        }

        return null;
    }

    // The values that the entry makes the row's of.
    static IEnumerable<WrittenValue> Respelt(WrittenValue v, ValueTransform transform) => transform switch
    {
        ValueTransform.LastSegment or ValueTransform.LastKey when v is { Kind: "ends_with", Value: ['\\' or '/', .. var name] } => [v with { Kind = "eq", Value = name }, v with { Kind = "in", Value = name }],
        ValueTransform.Spellings spellings => spellings.Items.Items.Where(s => s.Value == v.Value).SelectMany(s => Cases(v, s.Native)),
        ValueTransform.Beginnings beginnings => beginnings.Items.Items.Where(s => v.Value.StartsWith(s.Value, StringComparison.OrdinalIgnoreCase)).SelectMany(s => Cases(v, s.Native + v.Value[s.Value.Length..])),
        _ => [],
    };

    // Native spellings meet without regard to case, so the rule's own case is looked up in its words.
    static IEnumerable<WrittenValue> Cases(WrittenValue v, string native) =>
        [v with { Value = native }, .. v.Inside.SelectMany(w => Literals.Of(v.Language, w.Trim())).SelectMany(s => (string[])[s.Text, s.Pattern]).Where(t => string.Equals(Stars.Replace(t, "*"), native, StringComparison.OrdinalIgnoreCase)).Select(t => v with { Value = t })];

    // A list as a value: its members without their quotes.
    static bool IsList(string value, string words) => Listed.Match(words) is { Success: true } list
        && value == $"[{string.Join(", ", list.Groups["items"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(i => Literals.Of("python", i).Last().Text))}]";

    // A field behind a name of the rule's own: every step of its path stands in the rule.
    static bool IsField(WrittenValue v) => v.Kind is "fieldref" or "lt" or "le" or "gt" or "ge" && !IsNumber(v.Value, v.Value)
        && Steps.Matches(v.Value) is { Count: > 0 } steps && steps.All(s => v.Texts.Any(t => t.Contains(s.Value, StringComparison.OrdinalIgnoreCase)));

    // "a" + b, f"{a}b": pieces that stand in quotes in what the page shows.
    static bool IsJoined(WrittenValue v)
    {
        // A literal alone says what it says, unless the value is longer.
        if (v.Language is not ("python" or "spl" or "kusto") || v.Inside.Any(w => Whole.IsMatch(w.Trim()) && !IsPart(v.Value, w.Trim()[1..^1])))
            return false;
        var pieces = v.Texts.SelectMany(t => Quotes.Matches(t)).SelectMany(m => Pieces.Split(m.Groups["inside"].Value)).Where(p => p.Length > 0).ToHashSet(StringComparer.Ordinal);
        var reached = new bool[v.Value.Length + 1];
        reached[0] = true;
        for (var at = 0; at < v.Value.Length; at++)
        {
            foreach (var piece in reached[at] ? pieces : [])
            {
                if (string.CompareOrdinal(v.Value, at, piece, 0, piece.Length) == 0)
                    reached[at + piece.Length] = true;
            }
        }

        return reached[^1] && v.Value.Length > 0;
    }

    static bool IsPart(string value, string text) => text.Length > 0 && value.Length > text.Length && value.Contains(text, StringComparison.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Blank { get; }

    [GeneratedRegex(@"\[(?<items>[^\[\]]*)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Listed { get; }

    [GeneratedRegex(@"\*+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Stars { get; }

    [GeneratedRegex(@"(?<!\\)(\\\\)*\\\*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Escaped { get; }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Steps { get; }

    [GeneratedRegex("""(?<mark>["'])(?<inside>(\\.|(?!\k<mark>)[^\\\n])*)\k<mark>""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Quotes { get; }

    [GeneratedRegex("""^(?<mark>[^f"'\s]?["'])[^"']*\k<mark>$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Whole { get; }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Pieces { get; }
}
