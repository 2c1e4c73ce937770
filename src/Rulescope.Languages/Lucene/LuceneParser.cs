using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>Reads the query string syntax of Lucene as Elasticsearch takes it. Whatever the text, there is a tree. Never throws.</summary>
/// <remarks>Sources: Lucene's classic query parser (9.x) and Elastic's query string reference (one-sided ranges such as <c>&gt;=10</c>).</remarks>
public sealed partial class LuceneParser
{
    /// <summary>Parentheses may nest this deep.</summary>
    public const int MaxDepth = 200;

    /// <summary>Characters of a query that are read at most.</summary>
    public const int MaxLength = 4_000_000;

    readonly string _text;
    readonly ImmutableArray<LuceneToken> _tokens;
    readonly List<Diagnostic> _findings = [];
    int _at;
    int _depth;
    bool _stopped;

    LuceneParser(string text)
    {
        _text = text;
        var tokens = ImmutableArray.CreateBuilder<LuceneToken>();
        foreach (var token in LuceneLexer.Tokenize(text))
        {
            if (token.Fault is { } fault)
                Report(token.Span, fault, Slice(token.Span));
            if (token.Kind != LuceneTokenKind.Unknown)
                tokens.Add(token);
        }

        _tokens = tokens.ToImmutable();
    }

    /// <summary>Reads a whole query; the empty one has no clauses.</summary>
    public static Parsed<LuceneSyntax.Group> Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            var unread = new LuceneSyntax.Clause(new LuceneSyntax.Unsupported(text));
            return new(new([unread]), [Diagnostic.At(new(0, text.Length), LuceneCodes.TooLong, text.Length, MaxLength)]);
        }

        var parser = new LuceneParser(text);
        var query = parser.ReadGroup(LuceneTokenKind.End);
        return new(query, [.. parser._findings.OrderBy(f => f.Span.Start)]);
    }

    LuceneToken Current => _tokens[_at];

    LuceneToken Peek => _tokens[Math.Min(_at + 1, _tokens.Length - 1)];

    LuceneToken Advance()
    {
        var token = _tokens[_at];
        if (token.Kind != LuceneTokenKind.End)
            _at++;
        return token;
    }

    bool Accept(LuceneTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    // One finding per place: whoever called the method that stumbled stumbles over the same token.
    void Unexpected(string expected)
    {
        if (_findings is not [.., { } last] || last.Code != LuceneCodes.Unexpected || last.Span != Current.Span)
            Report(Current.Span, LuceneCodes.Unexpected, Shown(Current), expected);
    }

    string Shown(LuceneToken token) => token.Kind switch
    {
        LuceneTokenKind.End => "the end",
        LuceneTokenKind.Quoted or LuceneTokenKind.QuotedBound => Slice(token.Span),
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

    LuceneSyntax.Unsupported Unread(int start)
    {
        var span = From(start);
        return new(Slice(span)) { Span = span };
    }

    // One finding and one leaf for all that is left: nesting must not exhaust the stack.
    LuceneSyntax.Unsupported TooDeep()
    {
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        var rest = Unread(start);
        Report(rest.Span, LuceneCodes.TooDeep, MaxDepth);
        _stopped = true;
        return rest;
    }
}
