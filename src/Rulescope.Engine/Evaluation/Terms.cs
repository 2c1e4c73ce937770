using System.Buffers;
using System.Globalization;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Engine.Evaluation;

/// <summary>How texts fall into terms (SEMANTICS 2.4).</summary>
static class Terms
{
    static readonly SearchValues<char> SplunkBreakers = SearchValues.Create(" \t\r\n[]<>(){}|!;,'\"*?&+/:=@.-$#%\\_");

    /// <summary>True when a character belongs to a term and does not part two of them.</summary>
    public static bool Joins(TermSplitter splitter, char c) => splitter switch
    {
        TermSplitter.SplunkSegments => !SplunkBreakers.Contains(c),
        TermSplitter.LuceneStandard => IsWord(c),
        _ => char.IsLetter(c) || char.IsNumber(c),
    };

    /// <summary>The tokens of the standard analyzer: words of UAX 29 in lower case.</summary>
    /// <remarks>Scripts without spaces are cut by letter runs here, not by dictionary.</remarks>
    public static List<string> Standard(string text)
    {
        var tokens = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (IsWord(text[i]) || (start >= 0 && Bridges(text, i)));
            if (inside && start < 0)
                start = i;
            if (!inside && start >= 0)
            {
                tokens.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return tokens;
    }

    static bool IsWord(char c) =>
        char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // "example.com" and "it's" are one word, "1,5" one number.
    static bool Bridges(string text, int at)
    {
        if (at == 0 || at + 1 >= text.Length)
            return false;
        var (before, after) = (text[at - 1], text[at + 1]);
        return text[at] switch
        {
            '.' or '\'' or '\u2019' => (char.IsLetter(before) && char.IsLetter(after)) || (char.IsDigit(before) && char.IsDigit(after)),
            ':' or '\u00B7' => char.IsLetter(before) && char.IsLetter(after),
            ',' or ';' => char.IsDigit(before) && char.IsDigit(after),
            _ => false,
        };
    }
}
