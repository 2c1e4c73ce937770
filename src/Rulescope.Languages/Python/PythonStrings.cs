using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>One literal of text or bytes, taken apart: its prefix, and where its content stands.</summary>
readonly record struct PythonStringPiece(string Prefix, SourceSpan Span, SourceSpan Content)
{
    public bool IsBytes => Prefix.Contains('b', StringComparison.Ordinal);

    public bool IsFormatted => Prefix.Contains('f', StringComparison.Ordinal);

    public bool IsRaw => Prefix.Contains('r', StringComparison.Ordinal);

    public static PythonStringPiece Of(string text, SourceSpan token)
    {
        var quote = token.Start;
        while (text[quote] is not ('"' or '\''))
            quote++;
        var width = quote + 5 < token.End && text[quote + 1] == text[quote] && text[quote + 2] == text[quote] ? 3 : 1;
        return new(text[token.Start..quote].ToLowerInvariant(), token, SourceSpan.FromBounds(quote + width, token.End - width));
    }
}

/// <summary>What escapes in literals stand for.</summary>
/// <remarks>Source: Python's reference 3.11, 2.4.1. An unknown escape keeps its backslash; line ends are <c>\n</c>.</remarks>
static class PythonStrings
{
    /// <summary>The characters of a stretch of a literal; faults are reported at their places.</summary>
    public static string Read(string text, SourceSpan part, PythonStringPiece piece, List<Diagnostic> findings)
    {
        var read = new StringBuilder(part.Length);
        for (var at = part.Start; at < part.End;)
        {
            if (text[at] == '\\' && !piece.IsRaw && at + 1 < part.End)
            {
                at += Escape(text.AsSpan(at, part.End - at), at, piece.IsBytes, read, findings);
                continue;
            }

            if (text[at] == '\r')
                at += at + 1 < part.End && text[at + 1] == '\n' ? 1 : 0;
            read.Append(text[at] == '\r' ? '\n' : text[at]);
            at++;
        }

        return read.ToString();
    }

    // The length of the escape that the text begins with.
    static int Escape(ReadOnlySpan<char> text, int at, bool isBytes, StringBuilder read, List<Diagnostic> findings)
    {
        switch (text[1])
        {
            case '\r':
                return text.Length > 2 && text[2] == '\n' ? 3 : 2;
            case '\n':
                return 2;
            case >= '0' and <= '7':
                var digits = 1;
                while (digits < 3 && digits + 1 < text.Length && text[digits + 1] is >= '0' and <= '7')
                    digits++;
                var value = Convert.ToInt32(text.Slice(1, digits).ToString(), 8);
                read.Append((char)(isBytes ? value & 0xFF : value));
                return 1 + digits;
            case 'x':
                return Code(text, at, 2, read, findings);
            case 'u' when !isBytes:
                return Code(text, at, 4, read, findings);
            case 'U' when !isBytes:
                return Code(text, at, 8, read, findings);
            case 'N' when !isBytes:
                return Name(text, at, findings);
            default:
                Simple(text[1], read);
                return 2;
        }
    }

    static void Simple(char letter, StringBuilder read) => _ = letter switch
    {
        '\\' or '\'' or '"' => read.Append(letter),
        'a' => read.Append('\a'),
        'b' => read.Append('\b'),
        'f' => read.Append('\f'),
        'n' => read.Append('\n'),
        'r' => read.Append('\r'),
        't' => read.Append('\t'),
        'v' => read.Append('\v'),
        _ => read.Append('\\').Append(letter),
    };

    static int Code(ReadOnlySpan<char> text, int at, int digits, StringBuilder read, List<Diagnostic> findings)
    {
        var length = 2;
        while (length < text.Length && length < 2 + digits && char.IsAsciiHexDigit(text[length]))
            length++;
        if (length < 2 + digits || !uint.TryParse(text.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
        {
            findings.Add(Diagnostic.At(new(at, length), PythonCodes.Escape, text[..length].ToString()));
            return length;
        }

        // A lone surrogate is a character of Python's, and a unit of ours.
        _ = code <= 0xFFFF ? read.Append((char)code) : read.Append(char.ConvertFromUtf32((int)code));
        return length;
    }

    static int Name(ReadOnlySpan<char> text, int at, List<Diagnostic> findings)
    {
        var close = text.Length > 2 && text[2] == '{' ? text.IndexOf('}') : -1;
        var code = close > 3 ? PythonCodes.CharacterName : PythonCodes.Escape;
        var length = close > 3 ? close + 1 : 2;
        findings.Add(Diagnostic.At(new(at, length), code, text[..length].ToString()));
        return length;
    }
}
