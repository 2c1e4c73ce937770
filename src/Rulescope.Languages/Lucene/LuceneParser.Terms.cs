using System.Globalization;
using System.Text;

namespace Rulescope.Languages.Lucene;

public sealed partial class LuceneParser
{
    // What stands between quotes or slashes, to the end where the closer is absent.
    ReadOnlySpan<char> InnerOf(LuceneToken token) =>
        _text.AsSpan(token.Span.Start + 1, Math.Max(0, token.Span.Length - (token.Fault is null ? 2 : 1)));

    LuceneSyntax ReadTerm(LuceneToken token)
    {
        var raw = _text.AsSpan(token.Span.Start, token.Span.Length);
        if (HasWildcard(raw))
            return new LuceneSyntax.Wildcard(PatternOf(raw, token.Span.Start)) { Span = token.Span };
        // Elasticsearch takes one-sided ranges as words that begin with their sign.
        var sign = raw[0] is '<' or '>' ? raw.Length > 1 && raw[1] == '=' ? 2 : 1 : 0;
        if (sign == 0 || sign == raw.Length)
            return new LuceneSyntax.Term(Unescape(raw, token.Span.Start)) { Span = token.Span };
        var bound = Unescape(raw[sign..], token.Span.Start + sign);
        return raw[0] == '>'
            ? new LuceneSyntax.Range(bound, null) { ExcludesLow = sign == 1, Span = token.Span }
            : new LuceneSyntax.Range(null, bound) { ExcludesHigh = sign == 1, Span = token.Span };
    }

    static bool HasWildcard(ReadOnlySpan<char> raw)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is '*' or '?')
                return true;
            if (raw[i] == '\\')
                i++;
        }

        return false;
    }

    string PatternOf(ReadOnlySpan<char> raw, int start)
    {
        var pattern = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                pattern.Append(raw[i]);
                continue;
            }

            var (text, length) = EscapeOf(raw, i, start);
            if (text is '*' or '?' or '\\')
                pattern.Append('\\');
            pattern.Append(text);
            i += length - 1;
        }

        return pattern.ToString();
    }

    string Unescape(ReadOnlySpan<char> raw, int start)
    {
        if (!raw.Contains('\\'))
            return raw.ToString();
        var value = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                value.Append(raw[i]);
                continue;
            }

            var (text, length) = EscapeOf(raw, i, start);
            value.Append(text);
            i += length - 1;
        }

        return value.ToString();
    }

    // A backslash makes any character literal; \u takes four hexadecimal digits.
    (char Text, int Length) EscapeOf(ReadOnlySpan<char> raw, int at, int start)
    {
        if (at + 1 == raw.Length)
        {
            Report(new(start + at, 1), LuceneCodes.BadEscape, "\\");
            return ('\\', 1);
        }

        if (raw[at + 1] != 'u')
            return (raw[at + 1], 2);
        var digits = raw[(at + 2)..Math.Min(raw.Length, at + 6)];
        if (digits.Length == 4 && ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            return ((char)unit, 6);
        Report(new(start + at, 2), LuceneCodes.BadEscape, "\\u");
        return ('u', 2);
    }
}
