namespace Rulescope.Languages.Esql;

ref partial struct EsqlLexer
{
    // White space, // to the end of the line, /* */ with others inside. The last stretch is remembered: modes change behind it.
    int SkipTrivia(int at)
    {
        if (at == _triviaStart)
            return _triviaEnd;
        _triviaStart = at;
        while (at < _text.Length)
        {
            var c = _text[at];
            if (c is ' ' or '\t' or '\r' or '\n' or '\uFEFF' or '\u00A0')
                at++;
            else if (c == '/' && at + 1 < _text.Length && _text[at + 1] == '/')
                at = LineEnd(at);
            else if (c == '/' && at + 1 < _text.Length && _text[at + 1] == '*')
                at = CommentEnd(at);
            else
                break;
        }

        _triviaEnd = at;
        return at;
    }

    readonly int LineEnd(int at)
    {
        var length = _text[at..].IndexOfAny('\r', '\n');
        return length < 0 ? _text.Length : at + length;
    }

    // Comments nest where that works out; /* see /tmp/* */ does not, and ends at the first */.
    int CommentEnd(int at)
    {
        var first = _text[(at + 2)..].IndexOf("*/", StringComparison.Ordinal);
        if (first < 0)
        {
            Report(EsqlCodes.UnclosedComment, at, 2);
            return _text.Length;
        }

        var end = at + 2 + first + 2;
        if (_openNestings >= MaxOpenNestings || _text[(at + 2)..end].IndexOf("/*", StringComparison.Ordinal) < 0)
            return end;
        var depth = 1;
        for (var i = at + 2; i + 1 < _text.Length; i++)
        {
            if (_text[i] == '/' && _text[i + 1] == '*')
            {
                depth++;
                i++;
            }
            else if (_text[i] == '*' && _text[i + 1] == '/')
            {
                i++;
                if (--depth == 0)
                    return i + 1;
            }
        }

        _openNestings++;
        return end;
    }
}
