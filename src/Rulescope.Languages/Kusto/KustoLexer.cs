using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>Cuts a Kusto text into tokens. Never throws; what is no token is a finding and left out.</summary>
public ref partial struct KustoLexer
{
    const string WordCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    static readonly SearchValues<char> Word = SearchValues.Create(WordCharacters);
    static readonly SearchValues<char> LineEnd = SearchValues.Create("\r\n");

    // Blanks are Microsoft's list, zero-width marks included; a text pasted from a page holds them.
    static readonly SearchValues<char> Blank = SearchValues.Create(
        "\t\n\f\r \u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff");

    readonly ReadOnlySpan<char> _text;
    readonly ImmutableArray<Diagnostic>.Builder _findings;
    int _position;

    public KustoLexer(ReadOnlySpan<char> text, ImmutableArray<Diagnostic>.Builder findings)
    {
        _text = text;
        _findings = findings;
    }

    /// <summary>All tokens of a text, the last of kind <see cref="KustoTokenKind.End"/>.</summary>
    public static Parsed<ImmutableArray<KustoToken>> Read(string text)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var tokens = ImmutableArray.CreateBuilder<KustoToken>();
        var lexer = new KustoLexer(text, findings);
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != KustoTokenKind.End);

        return new(tokens.ToImmutable(), findings.ToImmutable());
    }

    /// <summary>The next token; <see cref="KustoTokenKind.End"/> at and after the end.</summary>
    public KustoToken Next()
    {
        while (true)
        {
            SkipBlanks();
            if (_position >= _text.Length)
                return new(KustoTokenKind.End, new(_text.Length, 0));
            if (ReadToken() is { } token)
            {
                _position = token.Span.End;
                return token;
            }

            // A surrogate pair is one character to people.
            var length = char.IsSurrogatePair(Peek(0), Peek(1)) ? 2 : 1;
            Report(_position, length, KustoCodes.UnexpectedCharacter, _text.Slice(_position, length).ToString());
            _position += length;
        }
    }

    void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (Blank.Contains(_text[_position]))
                _position++;
            else if (_text[_position..].StartsWith("//"))
                _position = EndOfLine(_position);
            else
                return;
        }
    }

    KustoToken? ReadToken()
    {
        var first = _text[_position];
        if (char.IsAsciiLetter(first) || first is '_' or '$')
            return ReadString() ?? ReadWord();
        if (char.IsAsciiDigit(first))
            return ReadNumber();
        return first switch
        {
            '\'' or '"' or '`' or '~' => ReadString(),
            '@' => ReadString() ?? Token(KustoTokenKind.Punctuation, 1),
            '#' => Token(KustoTokenKind.Directive, EndOfLine(_position) - _position),
            _ => ReadPunctuation(first, Peek(1)),
        };
    }

    readonly KustoToken? ReadPunctuation(char first, char second) => (first, second) switch
    {
        ('.', '.') or ('<', '=' or '|' or '>') or ('>', '=') or ('=', '=' or '>' or '~') or ('!', '=' or '~') => Token(KustoTokenKind.Punctuation, 2),
        ('!', _) => ReadNegated(),
        ('(' or ')' or '[' or ']' or '{' or '}' or '|' or '.' or '+' or '-' or '*' or '/' or '%' or '<' or '>' or '=' or ':' or ';' or ',' or '?', _) =>
            Token(KustoTokenKind.Punctuation, 1),
        _ => null,
    };

    readonly KustoToken? ReadNegated()
    {
        var length = KustoWords.NegatedLength(_text[_position..]);
        return length > 0 && !IsWord(_position + length) ? Token(KustoTokenKind.Keyword, length) : null;
    }

    KustoToken ReadWord()
    {
        var length = WordLength(_position + 1) + 1;
        var word = _text.Slice(_position, length);
        var composite = KustoWords.CompositeLength(word, _text[_position..]);
        if (composite > 0)
        {
            // A longer word that only begins like a composite is no keyword at all: `project-awayx` is `project` - `awayx`.
            var whole = !IsWord(_position + composite);
            return Token(whole ? KustoTokenKind.Keyword : KustoTokenKind.Identifier, whole ? composite : length);
        }

        if (LiteralKind(word) is { } kind && Peek(length) == '(')
            return ReadTypedLiteral(kind, length);
        if (KustoWords.IsKeyword(word))
            return Token(KustoTokenKind.Keyword, length);
        if (word is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            return Token(KustoTokenKind.Bool, length);
        return IsGuid() ? Token(KustoTokenKind.BareGuid, GuidLength) : Token(KustoTokenKind.Identifier, length);
    }

    static KustoTokenKind? LiteralKind(ReadOnlySpan<char> word) => word switch
    {
        "bool" => KustoTokenKind.Bool,
        "int" or "int32" => KustoTokenKind.Int,
        "long" or "int64" => KustoTokenKind.Long,
        "real" or "double" => KustoTokenKind.Real,
        "decimal" => KustoTokenKind.Decimal,
        "time" or "timespan" => KustoTokenKind.Timespan,
        "date" or "datetime" => KustoTokenKind.DateTime,
        "guid" => KustoTokenKind.Guid,
        _ => null,
    };

    // The text between the parentheses is free: whatever is not a value of the type is its null.
    readonly KustoToken ReadTypedLiteral(KustoTokenKind kind, int length)
    {
        var rest = _text[(_position + length)..EndOfLine(_position + length)];
        var close = rest.IndexOf(')');
        var token = Token(kind, length + (close < 0 ? rest.Length : close + 1));
        if (close < 0)
            Report(_position, token.Span.Length, KustoCodes.UnclosedLiteral, _text.Slice(_position, token.Span.Length).ToString());
        return token;
    }

    readonly KustoToken Token(KustoTokenKind kind, int length) => new(kind, new(_position, length));

    readonly char Peek(int offset) => At(_position + offset);

    readonly char At(int position) => position < _text.Length ? _text[position] : '\0';

    readonly bool IsWord(int position) => position < _text.Length && Word.Contains(_text[position]);

    readonly int WordLength(int position)
    {
        var rest = _text[position..];
        var end = rest.IndexOfAnyExcept(Word);
        return end < 0 ? rest.Length : end;
    }

    readonly int EndOfLine(int position)
    {
        var end = _text[position..].IndexOfAny(LineEnd);
        return end < 0 ? _text.Length : position + end;
    }

    readonly void Report(int start, int length, DiagnosticCode code, string argument) =>
        _findings.Add(Diagnostic.At(new(start, length), code, argument));
}
