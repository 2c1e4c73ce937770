using System.Globalization;
using System.Text;

namespace Rulescope.Languages.Python;

/// <summary>What identifiers are made of.</summary>
/// <remarks>Source: Python's reference 3.11, 2.3: the letters, digits and marks of Unicode. Python compares names in normal form
/// (NFKC), which needs tables that are not here, so names stay as written and other than ASCII ones have a warning.</remarks>
static class PythonNames
{
    /// <summary>Length of the identifier that a text begins with, in UTF-16 code units; 0 where none does.</summary>
    public static int LengthOf(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && Rune.DecodeFromUtf16(text[length..], out var rune, out var used) == System.Buffers.OperationStatus.Done
            && (Begins(rune) || (length > 0 && Continues(rune))))
        {
            length += used;
        }

        return length;
    }

    static bool Begins(Rune rune) =>
        rune.IsAscii
            ? rune.Value == '_' || Rune.IsLetter(rune)
            : Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            || rune.Value is 0x1885 or 0x1886 or 0x2118 or 0x212E or 0x309B or 0x309C;

    static bool Continues(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x00B7 or 0x0387 or 0x19DA or (>= 0x1369 and <= 0x1371);
}
