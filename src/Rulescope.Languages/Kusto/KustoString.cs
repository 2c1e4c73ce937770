using System.Globalization;
using System.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>String literals: what they stand for, and how a text is written as one.</summary>
static class KustoString
{
    /// <summary>The length of the escape that begins the text with its backslash; 0 where it is none.</summary>
    public static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return 0;
        return text[1] switch
        {
            '\\' or '\'' or '"' or 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' => 2,
            'x' => HexLength(text, 2),
            'u' => HexLength(text, 4),
            'U' => HexLength(text, 8),
            >= '0' and <= '7' => 1 + OctalLength(text[1..]),
            _ => 0,
        };
    }

    /// <summary>The text that a literal stands for, and whether it is marked as hidden from logs (<c>h"…"</c>).</summary>
    public static (string Value, bool Hidden) Decode(ReadOnlySpan<char> literal)
    {
        var hidden = literal is ['h' or 'H', ..];
        if (hidden)
            literal = literal[1..];
        var verbatim = literal is ['@', ..];
        if (verbatim)
            literal = literal[1..];
        if (literal.StartsWith("```") || literal.StartsWith("~~~"))
            return (Inside(literal, 3).ToString(), hidden);
        var inside = Inside(literal, 1);
        if (!verbatim)
            return (Unescape(inside), hidden);
        var quote = literal[..1].ToString();
        return (inside.ToString().Replace(quote + quote, quote, StringComparison.Ordinal), hidden);
    }

    /// <summary>A literal for a text: <c>"…"</c>, or <c>@"…"</c> where that spares backslashes.</summary>
    public static string Encode(string value, bool hidden)
    {
        var written = new StringBuilder(value.Length + 4);
        if (hidden)
            written.Append('h');
        if (value.Contains('\\', StringComparison.Ordinal) && !value.Any(char.IsControl))
            return written.Append("@\"").Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
        written.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append(@"\\"),
                '\n' => written.Append("\\n"),
                '\r' => written.Append("\\r"),
                '\t' => written.Append("\\t"),
                _ when char.IsControl(c) => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => written.Append(c),
            };
        }

        return written.Append('"').ToString();
    }

    // An unclosed literal lacks its last quote.
    static ReadOnlySpan<char> Inside(ReadOnlySpan<char> literal, int quote)
    {
        var mark = literal[..quote];
        var rest = literal[quote..];
        return rest.EndsWith(mark, StringComparison.Ordinal) ? rest[..^quote] : rest;
    }

    static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();
        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = text[i] == '\\' ? EscapeLength(text[i..]) : 0;
            if (length == 0)
                value.Append(text[i]);
            else
                Append(value, text.Slice(i, length));
            i += Math.Max(1, length);
        }

        return value.ToString();
    }

    static void Append(StringBuilder value, ReadOnlySpan<char> escape)
    {
        _ = escape[1] switch
        {
            'a' => value.Append('\a'),
            'b' => value.Append('\b'),
            'f' => value.Append('\f'),
            'n' => value.Append('\n'),
            'r' => value.Append('\r'),
            't' => value.Append('\t'),
            'v' => value.Append('\v'),
            'x' or 'u' or 'U' => AppendCode(value, uint.Parse(escape[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
            >= '0' and <= '7' => AppendCode(value, Octal(escape[1..])),
            var plain => value.Append(plain),
        };
    }

    static StringBuilder AppendCode(StringBuilder value, uint code) =>
        code <= char.MaxValue ? value.Append((char)code) : value.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");

    static uint Octal(ReadOnlySpan<char> digits)
    {
        var code = 0u;
        foreach (var digit in digits)
            code = (code * 8) + (uint)(digit - '0');
        return code;
    }

    static int HexLength(ReadOnlySpan<char> text, int digits)
    {
        if (text.Length < 2 + digits)
            return 0;
        foreach (var c in text.Slice(2, digits))
        {
            if (!char.IsAsciiHexDigit(c))
                return 0;
        }

        return 2 + digits;
    }

    // Three digits only up to \377.
    static int OctalLength(ReadOnlySpan<char> digits)
    {
        var most = digits[0] <= '3' ? 3 : 2;
        var length = 1;
        while (length < most && length < digits.Length && digits[length] is >= '0' and <= '7')
            length++;
        return length;
    }
}
