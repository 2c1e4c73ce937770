using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Toml;

ref partial struct TomlParser
{
    static readonly SearchValues<char> WordEnds = SearchValues.Create(",[]{}\"'#= \t\r\n");

    // Null where nothing usable stands; at least one character is then consumed unless the line ends here.
    TomlValue? ParseValue(int depth)
    {
        var start = _position;
        switch (Current)
        {
            case '"' or '\'':
                var text = ScanString(out _);
                return new TomlValue.String(text) { Span = SourceSpan.FromBounds(start, _position) };
            case '[':
                return IsTooDeep(depth, new(start, 1)) ? SkipNested() : ParseArray(depth);
            case '{':
                return IsTooDeep(depth, new(start, 1)) ? SkipNested() : ParseInlineTable(depth);
            default:
                return ParseWord();
        }
    }

    TomlValue? ParseWord()
    {
        var start = _position;
        var length = _text[start..].IndexOfAny(WordEnds);
        _position = length < 0 ? _text.Length : start + length;
        // A space may stand between a date and its time.
        if (_position - start == 10 && TomlScalars.LooksLikeDateTime(_text[start.._position])
            && _text[_position..] is [' ', >= '0' and <= '9', >= '0' and <= '9', ':', ..])
        {
            length = _text[(_position + 1)..].IndexOfAny(WordEnds);
            _position = length < 0 ? _text.Length : _position + 1 + length;
        }

        var span = SourceSpan.FromBounds(start, _position);
        if (span.Length > 0)
            return Scalar(_text[start.._position], span);
        Report(TomlCodes.ValueExpected, Here, Shown);
        if (!AtEnd && LineBreakLength(_position) == 0 && Current != '#')
            _position++;
        return null;
    }

    TomlValue? Scalar(ReadOnlySpan<char> word, SourceSpan span)
    {
        if (word is "true" or "false")
            return new TomlValue.Boolean(word is "true") { Span = span };
        if (TomlScalars.LooksLikeDateTime(word))
        {
            if (TomlScalars.DateAndTime(word) is { } moment)
                return moment with { Span = span };
            Report(TomlCodes.BadDateTime, span, word.ToString());
            return null;
        }

        if (TomlScalars.Integer(word, out var tooLarge) is { } integer)
            return new TomlValue.Integer(integer) { Span = span };
        if (!tooLarge && TomlScalars.Float(word) is { } number)
            return new TomlValue.Float(number) { Span = span };
        Report(
            tooLarge ? TomlCodes.IntegerRange : TomlScalars.LooksLikeNumber(word) ? TomlCodes.BadNumber : TomlCodes.ValueExpected,
            span,
            word.ToString());
        return null;
    }

    TomlValue.Array ParseArray(int depth)
    {
        var start = _position++;
        var items = ImmutableArray.CreateBuilder<TomlValue>();
        var needsComma = false;
        while (true)
        {
            var end = _position;
            var onNewLine = SkipBlank();
            if (Current == ']')
                break;
            if (AtEnd || (onNewLine && BeginsStatement()))
            {
                Report(TomlCodes.UnclosedArray, new(start, 1));
                _position = end;
                break;
            }

            if (Current == ',')
            {
                if (!needsComma)
                    Report(TomlCodes.ValueExpected, Here, Shown);
                _position++;
                needsComma = false;
                continue;
            }

            if (needsComma)
                Report(TomlCodes.CommaExpected, Here, Shown, ']');
            if (ParseValue(depth + 1) is { } item)
                items.Add(item);
            needsComma = true;
        }

        if (Current == ']')
            _position++;
        return new(items.ToImmutable()) { Span = SourceSpan.FromBounds(start, _position) };
    }

    TomlValue.Table ParseInlineTable(int depth)
    {
        var start = _position++;
        var table = new TomlNode.Table(default, depth, TomlNode.Origin.Header);
        var isBroken = SkipBlank();
        while (Current != '}')
        {
            if (!ParseInlinePair(table))
            {
                SkipLine();
                break;
            }

            var end = _position;
            isBroken |= SkipBlank() && Current is ',' or '}';
            if (Current == ',')
            {
                var comma = _position++;
                isBroken |= SkipBlank();
                if (Current == '}')
                    Report(TomlCodes.TrailingComma, new(comma, 1));
                continue;
            }

            if (Current == '}')
                break;
            _position = end;
            SkipSpaces();
            if (AtLineEnd)
                Report(TomlCodes.UnclosedInlineTable, new(start, 1));
            else
                Report(TomlCodes.CommaExpected, Here, Shown, '}');
            SkipLine();
            break;
        }

        if (Current == '}')
            _position++;
        // TOML 1.1 allows line breaks in inline tables, so files in the wild have them: one finding, and the table is read.
        if (isBroken)
            Report(TomlCodes.InlineTableBreak, new(start, 1));
        table.Span = SourceSpan.FromBounds(start, _position);
        return table.ToTable();
    }

    bool ParseInlinePair(TomlNode.Table table)
    {
        var path = new List<TomlKey>();
        if (!ParseKey(path))
            return false;
        if (Current != '=')
        {
            Report(TomlCodes.EqualsExpected, Here, Shown);
            return false;
        }

        _position++;
        SkipSpaces();
        if (ParseValue(table.Depth + path.Count) is { } value)
            Assign(table, path, value);
        return true;
    }

    // Stands at the beginning of a line inside an array: is this rather the next line of the document?
    bool BeginsStatement()
    {
        var at = _position;
        var isHeader = _text[at] == '[';
        while (at < _text.Length && _text[at] == '[')
            at++;
        var name = at;
        while (at < _text.Length && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '_' or '-' or '.'))
            at++;
        if (at == name)
            return false;
        while (at < _text.Length && _text[at] is ' ' or '\t')
            at++;
        if (at >= _text.Length)
            return false;
        // [true] may be an item; [name] cannot.
        return isHeader
            ? _text[at] == ']' && char.IsAsciiLetter(_text[name]) && _text[name..at] is not ("true" or "false" or "inf" or "nan")
            : _text[at] == '=';
    }

    // Passes over a bracket and all it holds without recursion.
    TomlValue.Array SkipNested()
    {
        var start = _position;
        var open = 0;
        do
        {
            switch (Current)
            {
                case '[' or '{':
                    open++;
                    _position++;
                    break;
                case ']' or '}':
                    open--;
                    _position++;
                    break;
                case '"' or '\'':
                    ScanString(out _);
                    break;
                case '#':
                    SkipComment();
                    break;
                default:
                    _position++;
                    break;
            }
        }
        while (open > 0 && !AtEnd);
        return new([]) { Span = SourceSpan.FromBounds(start, _position) };
    }

    string ScanString(out bool isMultiLine)
    {
        var scanner = new TomlStringScanner(_text, _position, _findings, withAnchors: false);
        var value = scanner.Scan();
        isMultiLine = scanner.IsMultiLine;
        _position = scanner.Position;
        return value;
    }
}
