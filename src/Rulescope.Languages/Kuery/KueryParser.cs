using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>Reads kuery, Elastic's KQL. Whatever the text, there is a tree; what was not understood is in the findings. Never throws.</summary>
/// <remarks>Source: the grammar of Kibana's kbn-es-query package (9.x): <c>not</c> binds before <c>and</c> before <c>or</c>.</remarks>
public sealed partial class KueryParser
{
    /// <summary>Parentheses, braces and <c>not</c>s may nest this deep.</summary>
    public const int MaxDepth = 200;

    /// <summary>Characters of a query that are read at most.</summary>
    public const int MaxLength = 4_000_000;

    static readonly ImmutableArray<KueryTokenKind> Resume = [KueryTokenKind.And, KueryTokenKind.Or, KueryTokenKind.CloseParen, KueryTokenKind.CloseBrace];

    readonly string _text;
    readonly ImmutableArray<KueryToken> _tokens;
    readonly List<Diagnostic> _findings = [];
    int _at;
    int _depth;
    bool _stopped;

    KueryParser(string text)
    {
        _text = text;
        _tokens = KueryLexer.Tokenize(text);
        foreach (var token in _tokens)
        {
            if (token.Fault is { } fault)
                Report(token.Span, fault, Slice(token.Span));
        }
    }

    /// <summary>Reads a whole query.</summary>
    public static Parsed<KuerySyntax> Parse(string text)
    {
        if (text.Length > MaxLength)
            return new(new KuerySyntax.Unsupported(text), [Diagnostic.At(new(0, text.Length), KueryCodes.TooLong, text.Length, MaxLength)]);
        var parser = new KueryParser(text);
        KuerySyntax query = parser.Current.Kind == KueryTokenKind.End ? new KuerySyntax.Everything { Span = new(text.Length, 0) } : parser.ReadQuery();
        if (parser.Current.Kind != KueryTokenKind.End)
            query = parser.WithRest(query);
        return new(query, [.. parser._findings.OrderBy(f => f.Span.Start)]);
    }

    // What stands unread behind the query narrows it in some way, so it is a term beside it.
    KuerySyntax WithRest(KuerySyntax query)
    {
        Unexpected("'and', 'or' or the end");
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        return new KuerySyntax.And([query, Unread(From(start))]) { Span = From(query.Span.Start) };
    }

    KueryToken Current => _tokens[_at];

    KueryToken Advance()
    {
        var token = _tokens[_at];
        if (token.Kind != KueryTokenKind.End)
            _at++;
        return token;
    }

    bool Accept(KueryTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    void Close(KueryTokenKind kind, SourceSpan open)
    {
        if (Accept(kind))
            return;
        if (Current.Kind is KueryTokenKind.End or KueryTokenKind.CloseParen or KueryTokenKind.CloseBrace)
        {
            Report(open, KueryCodes.Unclosed, Slice(open));
            return;
        }

        Unexpected(kind == KueryTokenKind.CloseParen ? "'and', 'or' or ')'" : "'and', 'or' or '}'");
        SkipTo([KueryTokenKind.CloseParen, KueryTokenKind.CloseBrace]);
        Accept(kind);
    }

    // One finding per place: whoever called the method that stumbled stumbles over the same token.
    void Unexpected(string expected)
    {
        if (_findings is not [.., { } last] || last.Code != KueryCodes.Unexpected || last.Span != Current.Span)
            Report(Current.Span, KueryCodes.Unexpected, Shown(Current), expected);
    }

    string Shown(KueryToken token) => token.Kind switch
    {
        KueryTokenKind.End => "the end",
        KueryTokenKind.Quoted => Slice(token.Span),
        _ => $"'{Slice(token.Span)}'",
    };

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (!_stopped)
            _findings.Add(Diagnostic.At(span, code, arguments));
    }

    string Slice(SourceSpan span) => _text.Substring(span.Start, span.Length);

    // From a place to the last token read. What is absent stands right behind that token, so that it lies inside what it is part of.
    SourceSpan From(int start)
    {
        var end = _at == 0 ? start : _tokens[_at - 1].Span.End;
        return SourceSpan.FromBounds(Math.Min(start, end), end);
    }

    // Skips to one of the kinds, over whole groups; the kinds themselves stay.
    void SkipTo(ReadOnlySpan<KueryTokenKind> stops)
    {
        var nesting = 0;
        while (Current.Kind != KueryTokenKind.End && (nesting > 0 || !stops.Contains(Current.Kind)))
        {
            nesting += Advance().Kind switch
            {
                KueryTokenKind.OpenParen or KueryTokenKind.OpenBrace => 1,
                KueryTokenKind.CloseParen or KueryTokenKind.CloseBrace => nesting > 0 ? -1 : 0,
                _ => 0,
            };
        }
    }

    SourceSpan SkipUnreadable(string expected)
    {
        var start = Current.Span.Start;
        Unexpected(expected);
        SkipTo(Resume.AsSpan());
        return From(start);
    }

    // One finding for all that is left: nesting must not exhaust the stack.
    SourceSpan SkipTooDeep()
    {
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        var rest = From(start);
        Report(rest, KueryCodes.TooDeep, MaxDepth);
        _stopped = true;
        return rest;
    }
}
