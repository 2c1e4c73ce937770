using System.Globalization;
using System.Text;

namespace Rulescope.Mcp;

/// <summary>Texts of rules inside our own sentences.</summary>
static class ShownText
{
    const int MostCharacters = 120;

    /// <summary>One short line: without line breaks, control characters, and marks that turn the direction of writing or show nothing.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= MostCharacters)
                return line.Append('…').ToString();
            line.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
        }

        return line.ToString();
    }
}
