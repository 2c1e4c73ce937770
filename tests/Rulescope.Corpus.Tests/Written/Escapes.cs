using System.Globalization;
using System.Text;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>Backslash escapes, one table per style; a backslash before anything else is itself or, where the style says so, goes.</summary>
static class Escapes
{
    const string Letters = "n\nt\tr\r";

    /// <summary>What a backslash may stand before.</summary>
    /// <param name="Plain">Pairs of a letter and what it stands for.</param>
    /// <param name="Marks">Characters that stand for themselves.</param>
    public sealed record Style(string Plain, string Marks)
    {
        /// <summary>A backslash before any other character goes.</summary>
        public bool DropsOthers { get; init; }

        /// <summary><c>\x41</c> and octal digits count.</summary>
        public bool HasBytes { get; init; }

        /// <summary><c>\u0041</c> and <c>\u{41}</c> count.</summary>
        public bool HasCodes { get; init; } = true;
    }

    public static Style Json { get; } = new(Letters + "b\bf\fe\u001b", "\"\\/");

    public static Style Yaml { get; } = new(Letters + "b\bf\fe\u001b0\0a\av\v _N\u0085L\u2028P\u2029", "\"\\/ ") { HasBytes = true };

    public static Style Query { get; } = new(Letters + "b\bf\f", "\"'\\");

    public static Style Kuery { get; } = new(Letters, "\"\\");

    /// <summary>Words of KQL and Lucene outside quotes.</summary>
    public static Style Word { get; } = new(Letters, "\\") { DropsOthers = true };

    public static Style Spl { get; } = new("", "\"\\") { HasCodes = false };

    public static Style Python { get; } = new(Letters + "b\bf\fa\av\v", "\"'\\") { HasBytes = true };

    public static Style Kusto { get; } = new(Letters + "b\bf\fa\av\v", "\"'\\") { HasBytes = true };

    public static Style Sigma { get; } = new("", "\\*?") { HasCodes = false };

    public static string Undo(string text, Style style)
    {
        var made = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                made.Append(text[i]);
                continue;
            }

            var (said, length) = At(text, i + 1, style);
            made.Append(said);
            i += length;
        }

        return made.ToString();
    }

    // What stands behind a backslash, and how many characters of it.
    static (string Said, int Length) At(string text, int at, Style style)
    {
        var c = text[at];
        if (style.HasCodes && c is 'u' or 'U' && Code(text, at, c == 'u' ? 4 : 8) is { } code)
            return code;
        if (style.HasBytes && c == 'x' && Hex(text, at + 1, 2) is { } value)
            return (((char)value).ToString(), 3);
        for (var i = 0; i < style.Plain.Length; i += 2)
        {
            if (style.Plain[i] == c)
                return (style.Plain[i + 1].ToString(), 1);
        }

        return style.Marks.Contains(c, StringComparison.Ordinal) || style.DropsOthers ? (c.ToString(), 1) : ($"\\{c}", 1);
    }

    static (string, int)? Code(string text, int at, int digits)
    {
        var close = at + 1 < text.Length && text[at + 1] == '{' ? text.IndexOf('}', at) : -1;
        if (close > 0)
            return Hex(text, at + 2, close - at - 2) is { } long_ ? (char.ConvertFromUtf32(long_), close - at + 1) : null;
        return Hex(text, at + 1, digits) is { } value ? (value is >= 0xD800 and < 0xE000 ? ((char)value).ToString() : char.ConvertFromUtf32(value), digits + 1) : null;
    }

    static int? Hex(string text, int at, int digits) =>
        at + digits <= text.Length && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
}
