using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

public sealed partial class KueryParser
{
    static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n\\*");

    // A string, or all words up to the next operator: `f: two words` is one value with a space inside.
    KueryValue? ReadValue()
    {
        if (Current.Kind == KueryTokenKind.Quoted)
        {
            var token = Advance();
            var body = _text.AsSpan(token.Span.Start + 1, token.Span.Length - (token.Fault is null ? 2 : 1));
            return new KueryValue.Quoted(ReadQuoted(body)) { Span = token.Span };
        }

        if (Current.Kind != KueryTokenKind.Word)
            return null;
        var start = Current.Span.Start;
        while (Current.Kind == KueryTokenKind.Word)
            Advance();
        return ReadUnquoted(From(start));
    }

    KueryValue ReadUnquoted(SourceSpan span)
    {
        var raw = _text.AsSpan(span.Start, span.Length);
        var parts = ImmutableArray.CreateBuilder<string>();
        var part = new StringBuilder();
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '*')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else if (raw[i] != '\\')
            {
                part.Append(raw[i]);
            }
            else
            {
                var (text, length) = EscapeOf(raw, i);
                if (text is null)
                    Report(new(span.Start + i, length), KueryCodes.UnknownEscape, raw.Slice(i, length).ToString());
                part.Append(text ?? raw.Slice(i, length).ToString());
                i += length - 1;
            }
        }

        parts.Add(part.ToString());
        if (parts.Count > 1)
        {
            // Escaped white space at the edges is trimmed like any other.
            parts[0] = parts[0].TrimStart();
            parts[^1] = parts[^1].TrimEnd();
            return new KueryValue.Pattern(parts.ToImmutable()) { Span = span };
        }

        return parts[0].Trim() switch
        {
            "true" => new KueryValue.Boolean(true) { Span = span },
            "false" => new KueryValue.Boolean(false) { Span = span },
            "null" => new KueryValue.Null { Span = span },
            var text => new KueryValue.Unquoted(text) { Span = span },
        };
    }

    // The text an escape of an unquoted value stands for; null where it is none.
    static (string? Text, int Length) EscapeOf(ReadOnlySpan<char> raw, int at)
    {
        var rest = raw[(at + 1)..];
        if (rest.IsEmpty)
            return (null, 1);
        // A whole word \not is the keyword escaped, though \n begins it.
        var word = rest[..(rest.IndexOfAny(WordEnds) is var end and >= 0 ? end : rest.Length)];
        if (KueryLexer.KeywordOf(word) == KueryTokenKind.Not)
            return (word.ToString(), word.Length + 1);
        if (CharacterOf(rest) is { } common)
            return common;
        if (rest[0] is '\\' or '(' or ')' or ':' or '<' or '>' or '"' or '*' or '{' or '}')
            return (rest[0].ToString(), 2);
        var length = rest.StartsWith("and", StringComparison.OrdinalIgnoreCase) ? 3 : rest.StartsWith("or", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        return length > 0 ? (rest[..length].ToString(), length + 1) : (null, Math.Min(2, rest.Length + 1));
    }

    // Escapes that quoted and unquoted values share; `rest` begins behind the backslash.
    static (string? Text, int Length)? CharacterOf(ReadOnlySpan<char> rest) => rest switch
    {
        ['t', ..] => ("\t", 2),
        ['r', ..] => ("\r", 2),
        ['n', ..] => ("\n", 2),
        ['u', _, _, _, _, ..] when ushort.TryParse(rest[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) => (((char)unit).ToString(), 6),
        _ => null,
    };

    // In quotes a backslash before anything else is a backslash: "C:\Windows".
    static string ReadQuoted(ReadOnlySpan<char> body)
    {
        if (!body.Contains('\\'))
            return body.ToString();
        var value = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\' || i + 1 == body.Length)
            {
                value.Append(body[i]);
            }
            else if (CharacterOf(body[(i + 1)..]) is { } escape)
            {
                value.Append(escape.Text);
                i += escape.Length - 1;
            }
            else if (body[i + 1] is '\\' or '"')
            {
                value.Append(body[++i]);
            }
            else
            {
                value.Append('\\');
            }
        }

        return value.ToString();
    }
}
