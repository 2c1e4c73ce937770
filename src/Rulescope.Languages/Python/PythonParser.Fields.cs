namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // The end of a field's value: `!`, `:`, `=` or `}` outside strings, brackets and comparisons.
    int FieldEnd(int at, int end)
    {
        var brackets = new Stack<char>();
        while (at < end)
        {
            var c = _text[at];
            if (c is '\\' or '#')
                return FailFormat(at, $"'{c}' cannot stand inside a field");
            if (c is '"' or '\'')
            {
                var close = QuoteEnd(at, end);
                if (close < 0)
                    return close;
                at = close;
                continue;
            }

            if (c is '(' or '[' or '{')
            {
                if (brackets.Count >= PythonLexer.MaxBrackets)
                    return FailFormat(at, $"brackets nest deeper than {PythonLexer.MaxBrackets} levels");
                brackets.Push(c);
            }
            else if (brackets.Count == 0 && EndsField(at, end, out var skip))
            {
                if (skip == 0)
                    return at;
                at += skip - 1;
            }
            else if (c is ')' or ']' or '}' && (!brackets.TryPop(out var open) || (open, c) is not (('(', ')') or ('[', ']') or ('{', '}'))))
            {
                return FailFormat(at, $"'{c}' closes nothing");
            }

            at++;
        }

        return brackets.Count > 0 ? FailFormat(at - 1, $"'{brackets.Peek()}' is never closed") : at;
    }

    // Comparisons begin with characters that end a field: they are passed over.
    bool EndsField(int at, int end, out int skip)
    {
        var isPair = at + 1 < end && _text[at + 1] == '=' && _text[at] is '!' or '=' or '<' or '>';
        skip = isPair ? 2 : _text[at] is '<' or '>' ? 1 : 0;
        return skip > 0 || _text[at] is '!' or ':' or '=' or '}';
    }

    int QuoteEnd(int at, int end)
    {
        var quote = _text[at];
        var isLong = at + 2 < end && _text[at + 1] == quote && _text[at + 2] == quote;
        var start = at;
        for (at += isLong ? 3 : 1; at < end; at++)
        {
            if (_text[at] == '\\')
                return FailFormat(at, "'\\' cannot stand inside a field");
            if (_text[at] == quote && (!isLong || (at + 2 < end && _text[at + 1] == quote && _text[at + 2] == quote)))
                return at + (isLong ? 3 : 1);
        }

        return FailFormat(start, "a string is never closed");
    }
}
