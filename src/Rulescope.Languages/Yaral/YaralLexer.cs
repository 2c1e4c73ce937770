using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>Cuts a YARA-L 2.0 text into tokens; white space and comments between them are left out.</summary>
/// <remarks>Source: Google SecOps' YARA-L 2.0 reference (2026). A string or pattern that is not closed ends with its line, so that the next line is read.</remarks>
public ref struct YaralLexer(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> _text = text;
    readonly ImmutableArray<YaralToken>.Builder _tokens = ImmutableArray.CreateBuilder<YaralToken>();
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    int _at;
    bool _startsLine = true;

    /// <summary>All tokens of a text; the last one is always <see cref="YaralTokenKind.End"/>. Findings are about what stands between tokens.</summary>
    public static Parsed<ImmutableArray<YaralToken>> Tokenize(ReadOnlySpan<char> text)
    {
        var lexer = new YaralLexer(text);
        do
            lexer.Next();
        while (lexer._tokens[^1].Kind != YaralTokenKind.End);
        return new(lexer._tokens.ToImmutable(), lexer._findings.ToImmutable());
    }

    void Next()
    {
        SkipBlank();
        if (_at >= _text.Length)
        {
            _tokens.Add(new(YaralTokenKind.End, new(_text.Length, 0), true));
            return;
        }

        var token = Read(_at);
        _tokens.Add(token with { StartsLine = _startsLine });
        _startsLine = false;
        _at = token.Span.End;
    }

    void SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
                _startsLine |= _text[_at++] == '\n';
            else if (At(0) == '/' && At(1) == '/')
                _at = IndexFrom(_at, '\n');
            else if (At(0) == '/' && At(1) == '*')
                SkipBlock();
            else
                return;
        }
    }

    void SkipBlock()
    {
        var start = _at;
        var length = _text[(_at + 2)..].IndexOf("*/", StringComparison.Ordinal);
        _at = length < 0 ? _text.Length : _at + 2 + length + 2;
        _startsLine |= _text[start.._at].Contains('\n');
        if (length < 0)
            _findings.Add(Diagnostic.At(new(start, 2), YaralCodes.OpenComment, "/*"));
    }

    YaralToken Read(int start)
    {
        var c = _text[start];
        return c switch
        {
            '"' => Quoted(start),
            '`' => Raw(start),
            '/' when !BehindOperand() => Pattern(start),
            '$' => Named(start, YaralTokenKind.Variable),
            '#' => Named(start, YaralTokenKind.Count),
            '%' when IsWord(At(1)) && !BehindOperand() => Named(start, YaralTokenKind.List),
            _ when char.IsAsciiDigit(c) => Number(start),
            _ when IsWord(c) => new(YaralTokenKind.Word, Run(start), false),
            _ => Sign(start),
        };
    }

    readonly YaralToken Sign(int start)
    {
        var (kind, length) = (_text[start], At(1)) switch
        {
            ('!', '=') => (YaralTokenKind.NotEqual, 2),
            ('<', '=') => (YaralTokenKind.LessOrEqual, 2),
            ('>', '=') => (YaralTokenKind.GreaterOrEqual, 2),
            ('!', _) => (YaralTokenKind.Bang, 1),
            ('<', _) => (YaralTokenKind.Less, 1),
            ('>', _) => (YaralTokenKind.Greater, 1),
            ('=', _) => (YaralTokenKind.Equal, 1),
            ('{', _) => (YaralTokenKind.OpenBrace, 1),
            ('}', _) => (YaralTokenKind.CloseBrace, 1),
            ('(', _) => (YaralTokenKind.OpenParen, 1),
            (')', _) => (YaralTokenKind.CloseParen, 1),
            ('[', _) => (YaralTokenKind.OpenBracket, 1),
            (']', _) => (YaralTokenKind.CloseBracket, 1),
            (',', _) => (YaralTokenKind.Comma, 1),
            ('.', _) => (YaralTokenKind.Dot, 1),
            (':', _) => (YaralTokenKind.Colon, 1),
            ('+', _) => (YaralTokenKind.Plus, 1),
            ('-', _) => (YaralTokenKind.Minus, 1),
            ('*', _) => (YaralTokenKind.Star, 1),
            ('/', _) => (YaralTokenKind.Slash, 1),
            ('%', _) => (YaralTokenKind.Percent, 1),
            _ => (YaralTokenKind.Unknown, 1),
        };
        return new(kind, new(start, length), false);
    }

    readonly YaralToken Quoted(int start)
    {
        for (var end = start + 1; end < _text.Length && _text[end] != '\n'; end++)
        {
            if (_text[end] == '"')
                return new(YaralTokenKind.Quoted, SourceSpan.FromBounds(start, end + 1), false);
            if (_text[end] == '\\' && end + 1 < _text.Length && _text[end + 1] is not ('\n' or '\r'))
                end++;
        }

        return new(YaralTokenKind.Quoted, ToLineEnd(start), false, YaralCodes.OpenString);
    }

    readonly YaralToken Raw(int start)
    {
        var length = _text[(start + 1)..].IndexOf('`');
        return length < 0
            ? new(YaralTokenKind.Raw, ToLineEnd(start), false, YaralCodes.OpenRaw)
            : new(YaralTokenKind.Raw, new(start, length + 2), false);
    }

    readonly YaralToken Pattern(int start)
    {
        for (var end = start + 1; end < _text.Length && _text[end] != '\n'; end++)
        {
            if (_text[end] == '/')
                return new(YaralTokenKind.Regex, SourceSpan.FromBounds(start, end + 1), false);
            if (_text[end] == '\\' && end + 1 < _text.Length && _text[end + 1] is not ('\n' or '\r'))
                end++;
        }

        return new(YaralTokenKind.Regex, ToLineEnd(start), false, YaralCodes.OpenRegex);
    }

    readonly YaralToken Named(int start, YaralTokenKind kind)
    {
        var name = Run(start + 1);
        return new(kind, SourceSpan.FromBounds(start, name.End), false, name.Length == 0 ? YaralCodes.NoName : null);
    }

    readonly YaralToken Number(int start)
    {
        var end = start;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
            end++;
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1]))
        {
            for (end++; end < _text.Length && char.IsAsciiDigit(_text[end]);)
                end++;
            return new(YaralTokenKind.Number, SourceSpan.FromBounds(start, end), false);
        }

        var behind = Run(end);
        // A name may begin with a digit; only a lone unit makes a length of time.
        return behind.Length == 0 ? new(YaralTokenKind.Number, SourceSpan.FromBounds(start, end), false)
            : behind.Length == 1 && _text[end] is 's' or 'm' or 'h' or 'd' ? new(YaralTokenKind.Duration, SourceSpan.FromBounds(start, behind.End), false)
            : new(YaralTokenKind.Word, SourceSpan.FromBounds(start, behind.End), false);
    }

    // Behind a value a slash divides and a percent sign takes the rest; elsewhere they begin a pattern and a list.
    readonly bool BehindOperand()
    {
        if (_tokens.Count == 0)
            return false;
        var last = _tokens[^1];
        return last.Kind switch
        {
            YaralTokenKind.Word => !YaralWords.IsKeyword(_text.Slice(last.Span.Start, last.Span.Length)),
            YaralTokenKind.Variable or YaralTokenKind.Count or YaralTokenKind.List or YaralTokenKind.Number or YaralTokenKind.Duration => true,
            YaralTokenKind.Quoted or YaralTokenKind.Raw or YaralTokenKind.CloseParen or YaralTokenKind.CloseBracket => true,
            _ => false,
        };
    }

    readonly char At(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    readonly int IndexFrom(int start, char sought)
    {
        var length = _text[start..].IndexOf(sought);
        return length < 0 ? _text.Length : start + length;
    }

    readonly SourceSpan ToLineEnd(int start)
    {
        var end = IndexFrom(start, '\n');
        return SourceSpan.FromBounds(start, end > start && _text[end - 1] == '\r' ? end - 1 : end);
    }

    readonly SourceSpan Run(int start)
    {
        var end = start;
        while (end < _text.Length && IsWord(_text[end]))
            end++;
        return SourceSpan.FromBounds(start, end);
    }

    static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
