using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>Cuts a Lucene query string into tokens.</summary>
/// <remarks>Follows the token definitions of Lucene's classic query parser (9.x); inside a range only spaces and brackets part words.</remarks>
public ref struct LuceneLexer(ReadOnlySpan<char> text)
{
    // What ends a term; plus and minus only cannot begin one.
    static readonly SearchValues<char> TermEnds = SearchValues.Create(" \t\n\r\u3000!():^[]\"{}~\\/");
    static readonly SearchValues<char> BoundEnds = SearchValues.Create(" \t\n\r\u3000]}");

    readonly ReadOnlySpan<char> _text = text;
    int _at;
    bool _inRange;

    /// <summary>All tokens of a text; the last one is always <see cref="LuceneTokenKind.End"/>.</summary>
    public static ImmutableArray<LuceneToken> Tokenize(ReadOnlySpan<char> text)
    {
        var lexer = new LuceneLexer(text);
        var tokens = ImmutableArray.CreateBuilder<LuceneToken>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != LuceneTokenKind.End);
        return tokens.ToImmutable();
    }

    /// <summary>The next token; <see cref="LuceneTokenKind.End"/> again and again at the end.</summary>
    public LuceneToken Next()
    {
        while (_at < _text.Length && IsWhite(_text[_at]))
            _at++;
        var token = _at >= _text.Length ? new(LuceneTokenKind.End, new(_text.Length, 0)) : _inRange ? InRange(_at) : Read(_at);
        _at = token.Span.End;
        _inRange = token.Kind switch
        {
            LuceneTokenKind.OpenRange => true,
            LuceneTokenKind.CloseRange => false,
            _ => _inRange,
        };
        return token;
    }

    /// <summary>Lucene's white space; other spaces are characters of terms.</summary>
    public static bool IsWhite(char c) => c is ' ' or '\t' or '\n' or '\r' or '\u3000';

    char At(int at) => at < _text.Length ? _text[at] : '\0';

    static LuceneToken Make(LuceneTokenKind kind, int start, int length, DiagnosticCode? fault = null) => new(kind, new(start, length), fault);

    LuceneToken Read(int start)
    {
        switch (_text[start])
        {
            case '(':
                return Make(LuceneTokenKind.OpenParen, start, 1);
            case ')':
                return Make(LuceneTokenKind.CloseParen, start, 1);
            case ':':
                return Make(LuceneTokenKind.Colon, start, 1);
            case '[' or '{':
                return Make(LuceneTokenKind.OpenRange, start, 1);
            case ']' or '}':
                return Make(LuceneTokenKind.Unknown, start, 1, LuceneCodes.UnexpectedCharacter);
            case '"':
                return Quoted(start, LuceneTokenKind.Quoted);
            case '/':
                return Regex(start);
            case '^':
                return Suffix(LuceneTokenKind.Boost, start);
            case '~':
                return Suffix(LuceneTokenKind.Fuzzy, start);
            // Before white space these three are words, which analysis usually drops.
            case '+' or '-' or '!' when IsWhite(At(start + 1)):
                return Make(LuceneTokenKind.Term, start, 1);
            case '+':
                return Make(LuceneTokenKind.Plus, start, 1);
            case '-':
                return Make(LuceneTokenKind.Minus, start, 1);
            case '!':
                return Make(LuceneTokenKind.Not, start, 1);
            default:
                return Term(start);
        }
    }

    LuceneToken Term(int start)
    {
        var end = start;
        while (true)
        {
            var length = _text[end..].IndexOfAny(TermEnds);
            end = length < 0 ? _text.Length : end + length;
            if (At(end) != '\\')
                break;
            end = Math.Min(end + 2, _text.Length);
        }

        var kind = _text[start..end] switch
        {
            "AND" or "&&" => LuceneTokenKind.And,
            "OR" or "||" => LuceneTokenKind.Or,
            "NOT" => LuceneTokenKind.Not,
            _ => LuceneTokenKind.Term,
        };
        return Make(kind, start, end - start);
    }

    LuceneToken Quoted(int start, LuceneTokenKind kind)
    {
        var end = start + 1;
        while (end < _text.Length)
        {
            if (_text[end] == '"')
                return Make(kind, start, end + 1 - start);
            end += _text[end] == '\\' && end + 1 < _text.Length ? 2 : 1;
        }

        return Make(kind, start, _text.Length - start, LuceneCodes.OpenString);
    }

    // An escaped slash ends the regex only where no other slash would.
    LuceneToken Regex(int start)
    {
        var guarded = -1;
        for (var end = start + 1; end < _text.Length; end++)
        {
            if (_text[end] != '/')
                continue;
            if (_text[end - 1] != '\\')
                return Make(LuceneTokenKind.Regex, start, end + 1 - start);
            guarded = end;
        }

        return guarded >= 0
            ? Make(LuceneTokenKind.Regex, start, guarded + 1 - start)
            : Make(LuceneTokenKind.Regex, start, _text.Length - start, LuceneCodes.OpenRegex);
    }

    // A caret needs its number, a tilde may stand alone.
    LuceneToken Suffix(LuceneTokenKind kind, int start)
    {
        var end = Digits(start + 1);
        if (end > start + 1 && At(end) == '.' && Digits(end + 1) is var fraction && fraction > end + 1)
            end = fraction;
        var bare = end == start + 1;
        return Make(kind, start, end - start, bare && kind == LuceneTokenKind.Boost ? LuceneCodes.BadNumber : null);
    }

    int Digits(int from)
    {
        while (from < _text.Length && char.IsAsciiDigit(_text[from]))
            from++;
        return from;
    }

    LuceneToken InRange(int start)
    {
        if (_text[start] is ']' or '}')
            return Make(LuceneTokenKind.CloseRange, start, 1);
        if (_text[start] == '"')
            return Quoted(start, LuceneTokenKind.QuotedBound);
        var length = _text[start..].IndexOfAny(BoundEnds);
        if (length < 0)
            length = _text.Length - start;
        return Make(_text.Slice(start, length) is "TO" ? LuceneTokenKind.To : LuceneTokenKind.Bound, start, length);
    }
}
