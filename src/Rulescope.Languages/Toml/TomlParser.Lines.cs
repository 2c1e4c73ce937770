using Rulescope.Text;

namespace Rulescope.Languages.Toml;

ref partial struct TomlParser
{
    readonly bool AtLineEnd => AtEnd || LineBreakLength(_position) > 0;

    readonly SourceSpan Here => new(_position, AtEnd ? 0 : 1);

    // What a finding quotes: the word that stands here.
    readonly string Shown
    {
        get
        {
            if (AtLineEnd)
                return AtEnd ? "end of file" : "end of line";
            var length = _text[_position..].IndexOfAny(WordEnds);
            return _text.Slice(_position, Math.Max(1, length < 0 ? _text.Length - _position : length)).ToString();
        }
    }

    void ExpectLineEnd()
    {
        SkipSpaces();
        if (Current == '#')
            SkipComment();
        if (AtLineEnd)
            return;
        var start = _position;
        var shown = Shown;
        SkipLine();
        Report(TomlCodes.LineEndExpected, SourceSpan.FromBounds(start, _position), shown);
    }

    void SkipSpaces()
    {
        while (Current is ' ' or '\t')
            _position++;
    }

    // Spaces, line breaks and comments; true when a line break was among them.
    bool SkipBlank()
    {
        var broken = false;
        while (!AtEnd)
        {
            if (Current is ' ' or '\t')
            {
                _position++;
            }
            else if (Current == '#')
            {
                SkipComment();
            }
            else if (LineBreakLength(_position) is > 0 and var length)
            {
                _position += length;
                broken = true;
            }
            else
            {
                break;
            }
        }

        return broken;
    }

    void SkipComment()
    {
        for (; !AtLineEnd; _position++)
        {
            if (char.IsControl(Current) && Current is not '\t' and not (>= '\u0080' and <= '\u009f'))
                Report(TomlCodes.IllegalCharacter, Here, (int)Current);
        }
    }

    void SkipLine()
    {
        while (!AtLineEnd)
            _position++;
    }

    readonly int LineBreakLength(int at) =>
        _text[at] == '\n' ? 1 : _text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n' ? 2 : 0;

    readonly bool IsTooDeep(int depth, SourceSpan span)
    {
        if (depth <= TomlReader.MaxDepth)
            return false;
        Report(TomlCodes.TooDeep, span, TomlReader.MaxDepth);
        return true;
    }

    readonly void CheckUnicode()
    {
        var at = _text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0 && at < _text.Length)
        {
            var isPair = char.IsHighSurrogate(_text[at]) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]);
            if (!isPair && char.IsSurrogate(_text[at]))
                Report(TomlCodes.LoneSurrogate, new(at, 1));
            var from = at + (isPair ? 2 : 1);
            var next = _text[from..].IndexOfAnyInRange('\uD800', '\uDFFF');
            at = next < 0 ? -1 : from + next;
        }
    }

    readonly void Report(DiagnosticCode code, SourceSpan span, params ReadOnlySpan<object?> arguments)
    {
        // One beyond the limit is kept as the sign that there were more.
        if (_findings.Count <= TomlReader.MaxFindings)
            _findings.Add(Diagnostic.At(span, code, arguments));
    }
}
