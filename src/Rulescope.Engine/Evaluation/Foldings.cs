using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Engine.Evaluation;

/// <summary>Text as it counts under a folding; two texts are the same when their folded forms are.</summary>
public static class Foldings
{
    public static string Apply(Folding folding, string text) => folding switch
    {
        Folding.Ordinal => text,
        Folding.Ascii => string.Create(text.Length, text, static (target, source) => AsciiLower(source, target)),
        // The upper-case form of simple folding, as OrdinalIgnoreCase compares.
        Folding.UnicodeSimple => text.ToUpperInvariant(),
        Folding.PythonLower => PythonLower(text),
        Folding.Analyzer => text.ToLowerInvariant(),
        _ => throw new UnreachableException(folding.GetType().Name),
    };

    static void AsciiLower(string source, Span<char> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    }

    // Full lower-casing: one letter has two code points, and a capital sigma that ends a word is the final one.
    static string PythonLower(string text)
    {
        var lower = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                lower.Append(Rune.ToLowerInvariant(new Rune(text[i], text[i + 1])).ToString());
                i++;
                continue;
            }

            _ = text[i] switch
            {
                '\u0130' => lower.Append("i\u0307"),
                '\u212A' => lower.Append('k'),
                '\u212B' => lower.Append('\u00E5'),
                '\u2126' => lower.Append('\u03C9'),
                '\u03A3' => lower.Append(EndsWord(text, i) ? '\u03C2' : '\u03C3'),
                var other => lower.Append(char.ToLowerInvariant(other)),
            };
        }

        return lower.ToString();
    }

    static bool EndsWord(string text, int at) => LetterAt(text, at, -1) && !LetterAt(text, at, 1);

    static bool LetterAt(string text, int from, int step)
    {
        for (var i = from + step; i >= 0 && i < text.Length; i += step)
        {
            // Marks and a few signs inside words do not part letters.
            var ignorable = text[i] is '\'' or '.' or ':' or '\u00B7' or '\u2019' or '\u00AD'
                || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
            if (!ignorable)
                return char.IsLetter(text[i]);
        }

        return false;
    }
}
