using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>Cuts EQL text into tokens; white space and comments are skipped.</summary>
/// <remarks>Follows the lexical rules of Elastic's EQL reference (9.x) and takes the older Endgame strings too.</remarks>
public ref struct EqlLexer(ReadOnlySpan<char> text)
{
    static readonly SearchValues<char> Word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    readonly ReadOnlySpan<char> _text = text;
    int _at;

    /// <summary>All tokens of a text; the last one is always <see cref="EqlTokenKind.End"/>.</summary>
    public static ImmutableArray<EqlToken> Tokenize(ReadOnlySpan<char> text)
    {
        var lexer = new EqlLexer(text);
        var tokens = ImmutableArray.CreateBuilder<EqlToken>();
        EqlToken token;
        do
        {
            token = lexer.Next();
            tokens.Add(token);
        }
        while (token.Kind != EqlTokenKind.End);
        return tokens.ToImmutable();
    }

    /// <summary>The next token; <see cref="EqlTokenKind.End"/> again and again at the end.</summary>
    public EqlToken Next()
    {
        if (SkipBlank() is { } unclosed)
            return unclosed;
        if (_at >= _text.Length)
            return new(EqlTokenKind.End, new(_text.Length, 0));
        var start = _at;
        var c = _text[_at];
        if (char.IsAsciiLetter(c) || c is '_' or '@')
            return Name(start);
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(1))))
            return Number(start);
        return c switch
        {
            '"' when At(1) == '"' && At(2) == '"' => TripleQuoted(start),
            '"' or '\'' => Quoted(start, c, start + 1),
            '?' when At(1) is '"' or '\'' => Quoted(start, At(1), start + 2),
            '`' => Escaped(start),
            _ => Operator(start),
        };
    }

    char At(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    EqlToken? SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }
            else if (_text[_at] == '/' && At(1) == '/')
            {
                var end = _text[_at..].IndexOfAny(LineEnds);
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (_text[_at] == '/' && At(1) == '*')
            {
                var start = _at;
                var end = _text[(_at + 2)..].IndexOf("*/", StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : _at + 2 + end + 2;
                if (end < 0)
                    return new(EqlTokenKind.Unknown, SourceSpan.FromBounds(start, _at), EqlCodes.OpenComment);
            }
            else
            {
                break;
            }
        }

        return null;
    }

    EqlToken Take(EqlTokenKind kind, int start, int end, DiagnosticCode? fault = null)
    {
        _at = end;
        return new(kind, SourceSpan.FromBounds(start, end), fault);
    }

    EqlToken Name(int start)
    {
        var rest = _text[(start + 1)..];
        var length = rest.IndexOfAnyExcept(Word);
        var end = length < 0 ? _text.Length : start + 1 + length;
        var name = _text[start..end];
        if (end < _text.Length && _text[end] == '~')
            return Take(TildeKeyword(name), start, end + 1);
        return Take(Keyword(name), start, end);
    }

    static EqlTokenKind TildeKeyword(ReadOnlySpan<char> name) => name switch
    {
        "in" => EqlTokenKind.InTilde,
        "like" => EqlTokenKind.LikeTilde,
        "regex" => EqlTokenKind.RegexTilde,
        _ => EqlTokenKind.TildeIdentifier,
    };

    /// <summary>The keyword a word is, or <see cref="EqlTokenKind.Identifier"/>; keywords are lower case only.</summary>
    public static EqlTokenKind Keyword(ReadOnlySpan<char> name) => name switch
    {
        "and" => EqlTokenKind.And,
        "any" => EqlTokenKind.Any,
        "by" => EqlTokenKind.By,
        "false" => EqlTokenKind.False,
        "in" => EqlTokenKind.In,
        "join" => EqlTokenKind.Join,
        "like" => EqlTokenKind.Like,
        "not" => EqlTokenKind.Not,
        "null" => EqlTokenKind.Null,
        "of" => EqlTokenKind.Of,
        "or" => EqlTokenKind.Or,
        "regex" => EqlTokenKind.Regex,
        "sample" => EqlTokenKind.Sample,
        "sequence" => EqlTokenKind.Sequence,
        "true" => EqlTokenKind.True,
        "until" => EqlTokenKind.Until,
        "where" => EqlTokenKind.Where,
        "with" => EqlTokenKind.With,
        _ => EqlTokenKind.Identifier,
    };

    EqlToken Number(int start)
    {
        var end = Digits(start);
        var kind = EqlTokenKind.Integer;
        if (end < _text.Length && _text[end] == '.')
        {
            kind = EqlTokenKind.Decimal;
            end = Digits(end + 1);
        }

        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            var sign = end + 1 < _text.Length && _text[end + 1] is '+' or '-' ? 1 : 0;
            var after = Digits(end + 1 + sign);
            if (after > end + 1 + sign)
            {
                kind = EqlTokenKind.Decimal;
                end = after;
            }
        }

        return Take(kind, start, end);
    }

    int Digits(int from)
    {
        while (from < _text.Length && char.IsAsciiDigit(_text[from]))
            from++;
        return Math.Min(from, _text.Length);
    }

    // A string ends on its line; an open one takes the rest of the line, so that what follows is still read.
    EqlToken Quoted(int start, char quote, int from)
    {
        // In a raw string the backslash only guards the quote, and not where no other quote would end the string: ?"c:\".
        var raw = from == start + 2;
        var guarded = -1;
        var end = from;
        while (end < _text.Length && _text[end] is not ('\r' or '\n'))
        {
            if (_text[end] == quote)
                return Take(EqlTokenKind.Text, start, end + 1);
            var escape = _text[end] == '\\' && end + 1 < _text.Length && _text[end + 1] is not ('\r' or '\n');
            if (escape && raw && _text[end + 1] == quote)
                guarded = end + 1;
            end += escape && (!raw || guarded == end + 1) ? 2 : 1;
        }

        return guarded >= 0
            ? Take(EqlTokenKind.Text, start, guarded + 1)
            : Take(EqlTokenKind.Text, start, Math.Min(end, _text.Length), EqlCodes.OpenString);
    }

    EqlToken TripleQuoted(int start)
    {
        var body = _text[(start + 3)..];
        var line = body.IndexOfAny(LineEnds);
        var close = body.IndexOf("\"\"\"", StringComparison.Ordinal);
        if (close < 0 || (line >= 0 && line < close))
            return Take(EqlTokenKind.Text, start, line < 0 ? _text.Length : start + 3 + line, EqlCodes.OpenString);
        var end = start + 3 + close + 3;
        // Up to two quotes may end the value itself: """"a""""" holds "a"".
        for (var extra = 0; extra < 2 && end < _text.Length && _text[end] == '"'; extra++)
            end++;
        return Take(EqlTokenKind.Text, start, end);
    }

    EqlToken Escaped(int start)
    {
        var end = start + 1;
        while (end < _text.Length)
        {
            if (_text[end] != '`')
                end++;
            else if (end + 1 < _text.Length && _text[end + 1] == '`')
                end += 2;
            else
                return Take(EqlTokenKind.EscapedIdentifier, start, end + 1);
        }

        return Take(EqlTokenKind.EscapedIdentifier, start, _text.Length, EqlCodes.OpenName);
    }

    EqlToken Operator(int start)
    {
        var (kind, length) = (_text[start], At(1)) switch
        {
            ('=', '=') => (EqlTokenKind.Equal, 2),
            ('!', '=') => (EqlTokenKind.NotEqual, 2),
            ('!', '[') => (EqlTokenKind.OpenMissing, 2),
            ('<', '=') => (EqlTokenKind.LessOrEqual, 2),
            ('>', '=') => (EqlTokenKind.GreaterOrEqual, 2),
            ('=', _) => (EqlTokenKind.Assign, 1),
            ('<', _) => (EqlTokenKind.Less, 1),
            ('>', _) => (EqlTokenKind.Greater, 1),
            (':', _) => (EqlTokenKind.Colon, 1),
            ('+', _) => (EqlTokenKind.Plus, 1),
            ('-', _) => (EqlTokenKind.Minus, 1),
            ('*', _) => (EqlTokenKind.Star, 1),
            ('/', _) => (EqlTokenKind.Slash, 1),
            ('%', _) => (EqlTokenKind.Percent, 1),
            ('.', _) => (EqlTokenKind.Dot, 1),
            (',', _) => (EqlTokenKind.Comma, 1),
            ('|', _) => (EqlTokenKind.Pipe, 1),
            ('?', _) => (EqlTokenKind.Question, 1),
            ('(', _) => (EqlTokenKind.OpenParen, 1),
            (')', _) => (EqlTokenKind.CloseParen, 1),
            ('[', _) => (EqlTokenKind.OpenBracket, 1),
            (']', _) => (EqlTokenKind.CloseBracket, 1),
            _ => (EqlTokenKind.Unknown, 1),
        };
        return Take(kind, start, start + length, kind == EqlTokenKind.Unknown ? EqlCodes.UnexpectedCharacter : null);
    }
}
