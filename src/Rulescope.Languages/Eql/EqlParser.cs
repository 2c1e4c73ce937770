using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>Reads EQL. Whatever the text, there is a tree; what was not understood is in the findings. Never throws.</summary>
/// <remarks>Sources: Elastic's EQL syntax reference (9.x) and the query guide of Endgame's EQL 0.9.</remarks>
public sealed partial class EqlParser
{
    /// <summary>Brackets, <c>not</c>s and signs may nest this deep.</summary>
    public const int MaxDepth = 200;

    /// <summary>Pipes of a query that are read at most.</summary>
    public const int MaxPipes = 500;

    /// <summary>Characters of a query that are read at most.</summary>
    public const int MaxLength = 4_000_000;

    readonly string _text;
    readonly EqlDialect _dialect;
    readonly ImmutableArray<EqlToken> _tokens;
    readonly List<Diagnostic> _findings = [];
    int _at;
    int _depth;
    bool _stopped;

    EqlParser(string text, EqlDialect dialect)
    {
        _text = text;
        _dialect = dialect;
        var tokens = ImmutableArray.CreateBuilder<EqlToken>();
        foreach (var token in EqlLexer.Tokenize(text))
        {
            if (token.Fault is { } fault)
                Report(token.Span, fault, Slice(token.Span));
            if (token.Kind != EqlTokenKind.Unknown)
                tokens.Add(token);
        }

        _tokens = tokens.ToImmutable();
    }

    /// <summary>Reads a whole query with its pipes.</summary>
    public static Parsed<EqlSyntax.Query> Parse(string text, EqlDialect dialect = EqlDialect.Elastic)
    {
        if (text.Length > MaxLength)
            return new(new(new EqlSyntax.Unsupported(text)), [TooLong(text)]);
        var parser = new EqlParser(text, dialect);
        var query = parser.ReadQuery();
        return new(query, parser.Findings());
    }

    /// <summary>Reads a condition alone, such as <c>a == 1 and b : "x*"</c>.</summary>
    public static Parsed<EqlExpression> ParseExpression(string text, EqlDialect dialect = EqlDialect.Elastic)
    {
        if (text.Length > MaxLength)
            return new(new EqlExpression.Unsupported(text), [TooLong(text)]);
        var parser = new EqlParser(text, dialect);
        var expression = parser.ReadExpression();
        parser.ExpectEnd("an operator or the end");
        return new(expression, parser.Findings());
    }

    static Diagnostic TooLong(string text) => Diagnostic.At(new(0, text.Length), EqlCodes.TooLong, text.Length, MaxLength);

    ImmutableArray<Diagnostic> Findings() => [.. _findings.OrderBy(f => f.Span.Start)];

    EqlToken Current => _tokens[_at];

    bool IsEndgame => _dialect == EqlDialect.Endgame;

    EqlToken Peek(int ahead) => _tokens[Math.Min(_at + ahead, _tokens.Length - 1)];

    EqlToken Advance()
    {
        var token = _tokens[_at];
        if (token.Kind != EqlTokenKind.End)
            _at++;
        return token;
    }

    bool Accept(EqlTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    bool AcceptWord(string word)
    {
        if (!IsWord(word))
            return false;
        Advance();
        return true;
    }

    bool IsWord(string word) =>
        Current.Kind == EqlTokenKind.Identifier && _text.AsSpan(Current.Span.Start, Current.Span.Length).SequenceEqual(word);

    void Expect(EqlTokenKind kind, string what)
    {
        if (!Accept(kind))
            Unexpected(what);
    }

    // A closer that is absent is blamed on its opener, where the mistake can be seen.
    void Close(EqlTokenKind kind, SourceSpan open)
    {
        if (Accept(kind))
            return;
        if (Current.Kind is EqlTokenKind.End or EqlTokenKind.Pipe or EqlTokenKind.CloseParen or EqlTokenKind.CloseBracket)
        {
            Report(open, EqlCodes.Unclosed, Slice(open));
            return;
        }

        Unexpected(kind == EqlTokenKind.CloseParen ? "')'" : "']'");
        SkipTo([EqlTokenKind.CloseParen, EqlTokenKind.CloseBracket, EqlTokenKind.Pipe]);
        Accept(kind);
    }

    void ExpectEnd(string what)
    {
        if (Current.Kind == EqlTokenKind.End)
            return;
        Unexpected(what);
        _at = _tokens.Length - 1;
    }

    // One finding per place: whoever called the method that stumbled stumbles over the same token.
    void Unexpected(string expected)
    {
        if (_findings is not [.., { } last] || last.Code != EqlCodes.Unexpected || last.Span != Current.Span)
            Report(Current.Span, EqlCodes.Unexpected, Shown(Current), expected);
    }

    string Shown(EqlToken token) => token.Kind switch
    {
        EqlTokenKind.End => "the end",
        EqlTokenKind.Text or EqlTokenKind.EscapedIdentifier => Slice(token.Span),
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

    // Skips to one of the kinds, over whole brackets; the kinds themselves stay.
    void SkipTo(ReadOnlySpan<EqlTokenKind> stops)
    {
        var nesting = 0;
        while (Current.Kind != EqlTokenKind.End && (nesting > 0 || !stops.Contains(Current.Kind)))
        {
            nesting += Advance().Kind switch
            {
                EqlTokenKind.OpenParen or EqlTokenKind.OpenBracket or EqlTokenKind.OpenMissing => 1,
                EqlTokenKind.CloseParen or EqlTokenKind.CloseBracket => nesting > 0 ? -1 : 0,
                _ => 0,
            };
        }
    }

    // One finding and one leaf for all that is left: nesting must not exhaust the stack, and a flood of
    // unclosed brackets would say nothing more.
    EqlExpression.Unsupported TooDeep(int most = MaxDepth)
    {
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        var rest = From(start);
        Report(rest, EqlCodes.TooDeep, most);
        _stopped = true;
        return new(Slice(rest)) { Span = rest };
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
