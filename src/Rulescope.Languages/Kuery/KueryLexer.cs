using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>Cuts a kuery into tokens; white space between them shows in their places only.</summary>
/// <remarks>Follows the grammar of Kibana's kbn-es-query package (9.x).</remarks>
public ref struct KueryLexer(ReadOnlySpan<char> text)
{
    readonly ReadOnlySpan<char> _text = text;
    int _at;
    KueryTokenKind _last = KueryTokenKind.End;

    /// <summary>All tokens of a text; the last one is always <see cref="KueryTokenKind.End"/>.</summary>
    public static ImmutableArray<KueryToken> Tokenize(ReadOnlySpan<char> text)
    {
        var lexer = new KueryLexer(text);
        var tokens = ImmutableArray.CreateBuilder<KueryToken>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != KueryTokenKind.End);
        return tokens.ToImmutable();
    }

    /// <summary>The next token; <see cref="KueryTokenKind.End"/> again and again at the end.</summary>
    public KueryToken Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        var token = _at >= _text.Length ? new(KueryTokenKind.End, new(_text.Length, 0)) : Read(_at);
        _at = token.Span.End;
        _last = token.Kind;
        return token;
    }

    KueryToken Read(int start)
    {
        var next = start + 1 < _text.Length ? _text[start + 1] : '\0';
        var (kind, length) = (_text[start], next) switch
        {
            (':', _) => (KueryTokenKind.Colon, 1),
            ('<', '=') => (KueryTokenKind.LessOrEqual, 2),
            ('<', _) => (KueryTokenKind.Less, 1),
            ('>', '=') => (KueryTokenKind.GreaterOrEqual, 2),
            ('>', _) => (KueryTokenKind.Greater, 1),
            ('(', _) => (KueryTokenKind.OpenParen, 1),
            (')', _) => (KueryTokenKind.CloseParen, 1),
            ('{', _) => (KueryTokenKind.OpenBrace, 1),
            ('}', _) => (KueryTokenKind.CloseBrace, 1),
            _ => (KueryTokenKind.Word, 0),
        };
        if (length > 0)
            return new(kind, new(start, length));
        return _text[start] == '"' ? Quoted(start) : Word(start);
    }

    // A string may run over lines; only \\ and \" guard anything.
    KueryToken Quoted(int start)
    {
        var end = start + 1;
        while (end < _text.Length)
        {
            if (_text[end] == '"')
                return new(KueryTokenKind.Quoted, SourceSpan.FromBounds(start, end + 1));
            end += _text[end] == '\\' && end + 1 < _text.Length && _text[end + 1] is '\\' or '"' ? 2 : 1;
        }

        return new(KueryTokenKind.Quoted, SourceSpan.FromBounds(start, _text.Length), KueryCodes.OpenString);
    }

    KueryToken Word(int start)
    {
        var end = start;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] is not (':' or '<' or '>' or '(' or ')' or '{' or '}' or '"'))
            end += _text[end] == '\\' && end + 1 < _text.Length && !char.IsWhiteSpace(_text[end + 1]) ? 2 : 1;
        var span = SourceSpan.FromBounds(start, end);
        return KeywordOf(_text[start..end]) switch
        {
            KueryTokenKind.Not when !IsWhite(end) => IsOpenParen(end) ? new(KueryTokenKind.Not, span, KueryCodes.NeedsSpace) : new(KueryTokenKind.Word, span),
            KueryTokenKind.Not => new(KueryTokenKind.Not, span),
            { } joint and not KueryTokenKind.Word => Joint(joint, span),
            _ => new(KueryTokenKind.Word, span),
        };
    }

    // `and` and `or` join only what stands before them with what stands behind; elsewhere they are words like others.
    KueryToken Joint(KueryTokenKind joint, SourceSpan span)
    {
        var behindOperand = _last is KueryTokenKind.Word or KueryTokenKind.Quoted or KueryTokenKind.CloseParen or KueryTokenKind.CloseBrace;
        var before = span.Start > 0 && char.IsWhiteSpace(_text[span.Start - 1]);
        if (!behindOperand || (!IsWhite(span.End) && !IsOpenParen(span.End)))
            return new(KueryTokenKind.Word, span);
        return new(joint, span, before && IsWhite(span.End) ? null : KueryCodes.NeedsSpace);
    }

    bool IsWhite(int at) => at < _text.Length && char.IsWhiteSpace(_text[at]);

    bool IsOpenParen(int at) => at < _text.Length && _text[at] == '(';

    /// <summary>The keyword a word is in any case, or <see cref="KueryTokenKind.Word"/>.</summary>
    public static KueryTokenKind KeywordOf(ReadOnlySpan<char> word)
    {
        if (word.Equals("and", StringComparison.OrdinalIgnoreCase))
            return KueryTokenKind.And;
        if (word.Equals("or", StringComparison.OrdinalIgnoreCase))
            return KueryTokenKind.Or;
        return word.Equals("not", StringComparison.OrdinalIgnoreCase) ? KueryTokenKind.Not : KueryTokenKind.Word;
    }
}
