using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonLexer
{
    // Lines without tokens say nothing about blocks, so they are skipped here as a whole.
    void ReadLineStart()
    {
        while (true)
        {
            var start = _at;
            var (column, spaces) = ReadIndentation();
            if (_at >= _end)
                return;
            if (_text[_at] == '#')
                SkipComment();
            if (BreakLength(_at) is > 0 and var length)
            {
                _at += length;
                continue;
            }

            if (_at >= _end)
                return;
            _atLineStart = false;
            Indent(SourceSpan.FromBounds(start, _at), column, spaces);
            return;
        }
    }

    // Two counts: tabs to multiples of eight, and as one space each. Where their order differs, the indentation is ambiguous.
    (int Column, int Spaces) ReadIndentation()
    {
        var (column, spaces) = (0, 0);
        var continued = 0;
        while (_at < _end)
        {
            switch (_text[_at])
            {
                case ' ':
                    column++;
                    spaces++;
                    break;
                case '\t':
                    column = ((column / TabWidth) + 1) * TabWidth;
                    spaces++;
                    break;
                case '\f':
                    (column, spaces) = (0, 0);
                    break;
                case '\\' when BreakLength(_at + 1) is > 0 and var length && _at + 1 + length < _end:
                    // A line continued before its first token is indented as its first piece is.
                    continued = continued == 0 ? column : continued;
                    _at += length;
                    break;
                default:
                    return continued > 0 ? (continued, continued) : (column, spaces);
            }

            _at++;
        }

        return continued > 0 ? (continued, continued) : (column, spaces);
    }

    void Indent(SourceSpan blank, int column, int spaces)
    {
        var top = _indents.Peek();
        if (column > top.Column)
        {
            if (_indents.Count > MaxIndents)
            {
                Report(SourceSpan.FromBounds(_at, _end), PythonCodes.TooManyIndents, MaxIndents);
                GiveUp();
                return;
            }

            if (spaces <= top.Spaces)
                Report(blank, PythonCodes.Tabs);
            _indents.Push((column, spaces));
            _tokens.Add(new(PythonTokenKind.Indent, blank));
            return;
        }

        while (column < _indents.Peek().Column)
        {
            _indents.Pop();
            Add(PythonTokenKind.Dedent, 0);
        }

        if (column != _indents.Peek().Column)
            Report(blank, PythonCodes.Unindent);
        else if (spaces != _indents.Peek().Spaces)
            Report(blank, PythonCodes.Tabs);
    }
}
