using System.Globalization;
using System.Text;

namespace Rulescope.Cli.Rendering;

/// <summary>Texts of rules made fit for a terminal: nothing in them may steer it or reorder what is shown.</summary>
static class SafeText
{
    const int Longest = 300;

    /// <summary>One line: control characters as pictures of themselves (<c>␛</c>), marks that turn the reading direction as <c>U+202E</c>.</summary>
    public static string Line(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                < 0x20 => safe.Append((char)(0x2400 + rune.Value)),
                0x7F => safe.Append('\u2421'),
                _ => Rune.GetUnicodeCategory(rune) switch
                {
                    UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate =>
                        safe.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>"),
                    _ => safe.Append(rune.ToString()),
                },
            };
        }

        return safe.ToString();
    }

    /// <summary>Many lines, each of them safe; tabs become blanks.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n').Select(Line));

    /// <summary>A safe line that says how much of a very long text it leaves out; quoted where blanks at an end, or nothing at all, could not be seen.</summary>
    public static string Value(string text, int longest = Longest)
    {
        if (IsUnseen(text) && text.Length <= longest)
            return $"\"{Line(text)}\"";
        if (text.Length <= longest)
            return Line(text);
        // Not between the halves of one character.
        var cut = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{Line(text[..cut])}… ({Words.Count(text.Length - cut, "character")} more)";
    }

    /// <summary>A safe line of at most so many characters, for samples.</summary>
    public static string Sample(string text, int longest)
    {
        var line = IsUnseen(text) ? $"\"{Line(text)}\"" : Line(text);
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }

    static bool IsUnseen(string text) => text.Length == 0 || text[0] == ' ' || text[^1] == ' ';
}
