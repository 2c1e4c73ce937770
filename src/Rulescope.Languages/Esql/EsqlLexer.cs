using System.Buffers;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Cuts one token at a time out of a query; the caller says where and in which mode.</summary>
/// <remarks>Positions may be visited again in another mode, so findings are reported by position only once.</remarks>
ref partial struct EsqlLexer
{
    // How many comments that end before their nested ones do are looked at to the end of the text.
    const int MaxOpenNestings = 8;

    static readonly SearchValues<char> SourceEnds = SearchValues.Create(":\"=|,[]()/ \t\r\n;");
    static readonly SearchValues<char> PolicyEnds = SearchValues.Create("\\/?\"<>| ,#\t\r\n:()");

    readonly ReadOnlySpan<char> _text;
    readonly List<Diagnostic> _findings;
    int _reported = -1;
    int _openNestings;
    int _triviaStart = -1;
    int _triviaEnd;

    public EsqlLexer(ReadOnlySpan<char> text, List<Diagnostic> findings)
    {
        _text = text;
        _findings = findings;
    }

    public static bool IsNameBody(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>True for a text that is one word in index patterns.</summary>
    public static bool IsSourceWord(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(SourceEnds) < 0;

    /// <summary>True for a text that is one word as the name of an enrich policy.</summary>
    public static bool IsPolicyWord(string text) => text.Length > 0 && text.AsSpan().IndexOfAny(PolicyEnds) < 0;

    /// <summary>True for a text that is one unquoted word in expressions.</summary>
    public static bool IsWord(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || (text[0] is '_' or '@' && text.Length > 1)) && text[1..].All(IsNameBody);

    /// <summary>The next token at or behind an offset, comments and white space skipped.</summary>
    public EsqlToken Read(int at, EsqlMode mode)
    {
        at = SkipTrivia(at);
        if (at >= _text.Length)
            return new(EsqlTokenKind.End, new(_text.Length, 0));
        var c = _text[at];
        if (c == '"')
            return ReadString(at);
        return mode switch
        {
            EsqlMode.Source when !SourceEnds.Contains(c) || IsLoneSlash(at) => ReadSource(at),
            EsqlMode.Pattern when IsNameBody(c) || c is '*' or '`' or '@' => ReadPattern(at),
            EsqlMode.Pattern when c == '.' => new(EsqlTokenKind.Dot, new(at, 1)),
            EsqlMode.Policy when !PolicyEnds.Contains(c) => ReadPolicy(at),
            _ => ReadPlain(at, c),
        };
    }

    EsqlToken ReadPlain(int at, char c)
    {
        var next = at + 1 < _text.Length ? _text[at + 1] : '\0';
        if (char.IsAsciiLetter(c) || (c is '_' or '@' && IsNameBody(next)))
            return Token(EsqlTokenKind.Word, at, NameEnd(at + 1));
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)))
            return ReadNumber(at);
        if (c == '`')
            return Token(EsqlTokenKind.QuotedName, at, QuotedEnd(at));
        if (c == '?')
            return Token(EsqlTokenKind.Parameter, at, NameEnd(next == '?' ? at + 2 : at + 1));
        var (kind, length) = (c, next) switch
        {
            (':', ':') => (EsqlTokenKind.DoubleColon, 2),
            ('=', '=') => (EsqlTokenKind.Equal, 2),
            ('=', '~') => (EsqlTokenKind.CaselessEqual, 2),
            ('!', '=') => (EsqlTokenKind.NotEqual, 2),
            ('<', '=') => (EsqlTokenKind.LessOrEqual, 2),
            ('>', '=') => (EsqlTokenKind.GreaterOrEqual, 2),
            _ => (Single(c), 1),
        };
        if (kind != EsqlTokenKind.Unknown)
            return new(kind, new(at, length));
        length = char.IsHighSurrogate(c) && char.IsLowSurrogate(next) ? 2 : 1;
        Report(EsqlCodes.UnknownCharacter, at, length, _text.Slice(at, length).ToString());
        return new(kind, new(at, length));
    }

    static EsqlTokenKind Single(char c) => c switch
    {
        '|' => EsqlTokenKind.Pipe,
        ',' => EsqlTokenKind.Comma,
        '.' => EsqlTokenKind.Dot,
        ':' => EsqlTokenKind.Colon,
        ';' => EsqlTokenKind.Semicolon,
        '=' => EsqlTokenKind.Assign,
        '<' => EsqlTokenKind.Less,
        '>' => EsqlTokenKind.Greater,
        '+' => EsqlTokenKind.Plus,
        '-' => EsqlTokenKind.Minus,
        '*' => EsqlTokenKind.Star,
        '/' => EsqlTokenKind.Slash,
        '%' => EsqlTokenKind.Percent,
        '(' => EsqlTokenKind.OpenParen,
        ')' => EsqlTokenKind.CloseParen,
        '[' => EsqlTokenKind.OpenBracket,
        ']' => EsqlTokenKind.CloseBracket,
        '{' => EsqlTokenKind.OpenBrace,
        '}' => EsqlTokenKind.CloseBrace,
        _ => EsqlTokenKind.Unknown,
    };

    // 1  1.  1.5  .5  1e5  1.5e-3
    readonly EsqlToken ReadNumber(int at)
    {
        var end = DigitsEnd(at);
        var kind = EsqlTokenKind.Integer;
        if (end < _text.Length && _text[end] == '.')
        {
            end = DigitsEnd(end + 1);
            kind = EsqlTokenKind.Decimal;
        }

        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            var sign = end + 1 < _text.Length && _text[end + 1] is '+' or '-' ? 1 : 0;
            var exponent = DigitsEnd(end + 1 + sign);
            if (exponent > end + 1 + sign)
                (end, kind) = (exponent, EsqlTokenKind.Decimal);
        }

        return Token(kind, at, end);
    }

    EsqlToken ReadString(int at)
    {
        var end = EsqlString.End(_text, at, out var isClosed);
        if (!isClosed)
            Report(EsqlCodes.UnclosedString, at, 1, EsqlString.IsTriple(_text, at) ? "\"\"\"" : "\"");
        return Token(EsqlTokenKind.String, at, end);
    }

    readonly EsqlToken ReadSource(int at)
    {
        var end = at;
        while (end < _text.Length && (!SourceEnds.Contains(_text[end]) || IsLoneSlash(end)))
            end++;
        return Token(EsqlTokenKind.Source, at, end);
    }

    // A slash is part of date math; two, or one with a star, begin a comment.
    readonly bool IsLoneSlash(int at) => _text[at] == '/' && at + 1 < _text.Length && _text[at + 1] is not ('/' or '*');

    EsqlToken ReadPattern(int at)
    {
        var end = at;
        while (end < _text.Length && (IsNameBody(_text[end]) || _text[end] is '*' or '`' || (_text[end] == '@' && end == at)))
            end = _text[end] == '`' ? QuotedEnd(end) : end + 1;
        return Token(EsqlTokenKind.Pattern, at, end);
    }

    readonly EsqlToken ReadPolicy(int at)
    {
        var end = at;
        while (end < _text.Length && !PolicyEnds.Contains(_text[end]))
            end++;
        return Token(EsqlTokenKind.Policy, at, end);
    }

    int QuotedEnd(int at)
    {
        for (var i = at + 1; i < _text.Length; i++)
        {
            if (_text[i] != '`')
                continue;
            if (i + 1 >= _text.Length || _text[i + 1] != '`')
                return i + 1;
            i++;
        }

        Report(EsqlCodes.UnclosedName, at, 1);
        var end = _text[at..].IndexOfAny("|,\r\n");
        return end < 0 ? _text.Length : at + end;
    }

    readonly int NameEnd(int at)
    {
        while (at < _text.Length && IsNameBody(_text[at]))
            at++;
        return at;
    }

    readonly int DigitsEnd(int at)
    {
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
            at++;
        return at;
    }

    static EsqlToken Token(EsqlTokenKind kind, int start, int end) => new(kind, SourceSpan.FromBounds(start, end));

    void Report(DiagnosticCode code, int start, int length, params ReadOnlySpan<object?> arguments)
    {
        if (start <= _reported)
            return;
        _reported = start;
        if (_findings.Count <= EsqlParser.MaxFindings)
            _findings.Add(Diagnostic.At(new(start, length), code, arguments));
    }
}
