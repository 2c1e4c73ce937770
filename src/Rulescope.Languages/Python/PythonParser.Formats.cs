using Rulescope.Text;

namespace Rulescope.Languages.Python;

// f-strings as 3.11 cuts them: a field's text is found first, without regard to its grammar, and read then.
public sealed partial class PythonParser
{
    // Reads to the end, or inside a specification to the brace that ends its field; answers where it stopped.
    int ReadFormat(PythonStringPiece piece, int at, int end, int nesting, FormatParts parts)
    {
        while (at < end)
        {
            var start = at;
            var isDoubled = false;
            at = LiteralEnd(piece, at, end, nesting == 0, ref isDoubled);
            var literal = SourceSpan.FromBounds(start, at);
            parts.Add(PythonStrings.Read(_text, literal, piece, _findings), literal);
            if (isDoubled)
            {
                at++;
                continue;
            }

            if (at >= end || (_text[at] == '}' && nesting > 0))
                return at;
            if (_text[at] == '}')
            {
                Report(new(at, 1), PythonCodes.Format, "a single '}' has no '{'");
                return end;
            }

            at = ReadField(piece, at, end, nesting, parts);
            if (at < 0)
                return end;
        }

        return at;
    }

    // Up to the next brace; of a doubled one the first belongs to the text.
    int LiteralEnd(PythonStringPiece piece, int at, int end, bool mayDouble, ref bool isDoubled)
    {
        while (at < end)
        {
            if (_text[at] == '\\' && !piece.IsRaw && at + 1 < end)
            {
                if (_text[at + 1] == 'N' && at + 2 < end && _text[at + 2] == '{')
                {
                    var close = _text.IndexOf('}', at, end - at);
                    at = close < 0 ? end : close + 1;
                    continue;
                }

                at += _text[at + 1] is '{' or '}' ? 1 : 2;
                continue;
            }

            if (_text[at] is '{' or '}')
            {
                isDoubled = mayDouble && at + 1 < end && _text[at + 1] == _text[at];
                return isDoubled ? at + 1 : at;
            }

            at++;
        }

        return at;
    }

    // `{value=!r:spec}`; answers the place behind it, or -1 where the rest cannot be told apart.
    int ReadField(PythonStringPiece piece, int open, int end, int nesting, FormatParts parts)
    {
        if (nesting >= 2)
            return FailFormat(open, "fields nest too deeply");
        var at = FieldEnd(open + 1, end);
        if (at < 0)
            return -1;
        var inner = SourceSpan.FromBounds(open + 1, at);
        if (string.IsNullOrWhiteSpace(Slice(inner)))
            return FailFormat(open, "a field is empty");
        if (at >= end)
            return FailFormat(open, "'{' is never closed");
        var value = ReadFieldValue(inner);
        var isShown = _text[at] == '=';
        if (isShown)
        {
            at++;
            while (at < end && _text[at] is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
                at++;
            var shown = SourceSpan.FromBounds(open + 1, at);
            parts.Add(Slice(shown).ReplaceLineEndings("\n"), shown);
        }

        PythonConversion? conversion = null;
        if (at < end && _text[at] == '!')
        {
            conversion = at + 1 < end ? ConversionOf(_text[at + 1]) : null;
            if (conversion is null)
                return FailFormat(at, "a conversion is !s, !r or !a");
            at += 2;
        }

        PythonExpression.Formatted? specification = null;
        if (at < end && _text[at] == ':')
        {
            var inside = new FormatParts();
            var start = at + 1;
            var known = _findings.Count;
            at = ReadFormat(piece, start, end, nesting + 1, inside);
            if (_findings.Count > known)
                return -1;
            specification = new(inside.Finish()) { Span = SourceSpan.FromBounds(start, at) };
        }

        if (at >= end || _text[at] != '}')
            return FailFormat(open, "'{' is never closed");
        if (isShown && specification is null)
            conversion ??= PythonConversion.Repr;
        parts.Add(new PythonFormatPart.Field(value) { Span = SourceSpan.FromBounds(open, at + 1), Conversion = conversion, Specification = specification });
        return at + 1;
    }

    int FailFormat(int at, string reason)
    {
        Report(new(at, 1), PythonCodes.Format, reason);
        return -1;
    }

    static PythonConversion? ConversionOf(char letter) => letter switch
    {
        's' => PythonConversion.Str,
        'r' => PythonConversion.Repr,
        'a' => PythonConversion.Ascii,
        _ => null,
    };

    // The value is read as if it stood in parentheses, by a parser on its part of the text.
    PythonExpression ReadFieldValue(SourceSpan inner)
    {
        var part = new PythonParser(_text, _findings) { _tokens = PythonLexer.TokenizePart(_text, inner, _findings), _depth = _depth + 1, _end = inner.Start };
        if (part._depth > MaxDepth)
            part.Fail(inner, PythonCodes.TooDeep, MaxDepth);
        var value = part.ReadGroupContent(part.Start);
        if (!part._failed && part.Current.Kind != PythonTokenKind.End)
            part.Unexpected("the end of the field");
        _height = Math.Max(_height, part._height);
        return value;
    }
}
