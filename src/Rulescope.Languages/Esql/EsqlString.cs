using System.Collections.Immutable;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>The two spellings of strings: <c>"…"</c> with escapes and <c>"""…"""</c> as it stands, both on one line.</summary>
static class EsqlString
{
    public static bool IsTriple(ReadOnlySpan<char> text, int at) => text[at..].StartsWith("\"\"\"", StringComparison.Ordinal);

    /// <summary>The offset behind the string at <paramref name="at"/>; an unclosed one ends with its line.</summary>
    public static int End(ReadOnlySpan<char> text, int at, out bool isClosed)
    {
        var isTriple = IsTriple(text, at);
        isClosed = false;
        for (var i = at + (isTriple ? 3 : 1); i < text.Length; i++)
        {
            var next = text[i..].IndexOfAny("\"\\\r\n");
            if (next < 0)
                return text.Length;
            i += next;
            if (text[i] is '\r' or '\n')
                return i;
            if (text[i] == '"' && (!isTriple || IsTriple(text, i)))
            {
                isClosed = true;
                return isTriple ? TripleEnd(text, i + 3) : i + 1;
            }

            // What is escaped closes nothing, but a line ends all the same.
            if (text[i] == '\\' && !isTriple && i + 1 < text.Length && text[i + 1] is not ('\r' or '\n'))
                i++;
        }

        return text.Length;
    }

    // Up to two quotes before the closing three are content, so they stand behind the first three found.
    static int TripleEnd(ReadOnlySpan<char> text, int end)
    {
        for (var more = 0; more < 2 && end < text.Length && text[end] == '"'; more++)
            end++;
        return end;
    }

    /// <summary>The content of a string token with the place of each piece; escapes that do not exist stay and are reported.</summary>
    public static EmbeddedText Decode(ReadOnlySpan<char> text, SourceSpan token, List<Diagnostic>? findings)
    {
        var isTriple = IsTriple(text, token.Start);
        var quotes = isTriple ? 3 : 1;
        var start = token.Start + quotes;
        var closes = End(text, token.Start, out var isClosed) == token.End && isClosed;
        var end = Math.Max(start, closes ? token.End - quotes : token.End);
        var raw = text[start..end];
        if (isTriple || raw.IndexOf('\\') < 0)
            return new(raw.ToString(), [new(0, start)], end);
        var value = new StringBuilder(raw.Length);
        var anchors = ImmutableArray.CreateBuilder<EmbeddedText.Anchor>();
        anchors.Add(new(0, start));
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                value.Append(raw[i]);
                continue;
            }

            if (i + 1 < raw.Length && Escape(raw[i + 1]) is { } resolved)
            {
                value.Append(resolved);
                i++;
                anchors.Add(new(value.Length, start + i + 1));
            }
            else
            {
                value.Append('\\');
                findings?.Add(Diagnostic.At(new(start + i, Math.Min(2, raw.Length - i)), EsqlCodes.UnknownEscape, raw.Slice(i, Math.Min(2, raw.Length - i)).ToString()));
            }
        }

        return new(value.ToString(), anchors.ToImmutable(), end);
    }

    static char? Escape(char c) => c switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        '"' => '"',
        '\\' => '\\',
        _ => null,
    };
}
