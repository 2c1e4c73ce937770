using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>Reads Kusto queries into syntax. Bad input gives findings and as much of the tree as can be told; nothing throws.</summary>
/// <remarks>
/// Accepts what Microsoft's own parser accepts (<c>@kusto/language-service-next</c> 11.5.3, syntax only: names and types are not
/// checked), and a few documented operators that are newer. Recursion is bounded by <see cref="MaxDepth"/>; runs of operators are
/// read in loops.
/// </remarks>
public sealed partial class KustoParser
{
    /// <summary>How deep parentheses, arguments, bodies and JSON may nest.</summary>
    public const int MaxDepth = 100;

    const int MaxFindings = 100;

    readonly string _text;
    readonly ImmutableArray<KustoToken> _tokens;
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    int _at;
    int _depth;
    int _groups;
    int _lastFinding = -1;
    bool _silent;

    KustoParser(string text, ImmutableArray<KustoToken> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    KustoToken Current => _tokens[_at];

    // The end of what has been read, for spans.
    int ReadEnd => _at == 0 ? Current.Span.Start : _tokens[_at - 1].Span.End;

    /// <summary>One query text: statements parted by <c>;</c>. Several queries parted by blank lines are the caller's to split.</summary>
    public static Parsed<KustoQuery> ParseQuery(string text)
    {
        var tokens = KustoLexer.Read(text);
        var parser = new KustoParser(text, tokens.Value);
        if (parser.At(".") && tokens.Value.Length > 1)
            parser.Report(parser.Current.Span, KustoCodes.Command);
        while (parser.Current.Kind == KustoTokenKind.Directive)
            parser.Advance();
        var query = new KustoQuery(parser.Statements(close: null)) { Span = new(0, text.Length) };
        var findings = tokens.Diagnostics.Take(MaxFindings).Concat(parser._findings).OrderBy(d => d.Span.Start);
        return new(query, [.. findings]);
    }

    KustoToken Peek(int offset) => _tokens[Math.Min(_at + offset, _tokens.Length - 1)];

    ReadOnlySpan<char> TextOf(KustoToken token) => _text.AsSpan(token.Span.Start, token.Span.Length);

    string WordOf(KustoToken token) => TextOf(token).ToString();

    // The reserved word or mark stands here; an identifier of the same letters does not count.
    bool At(string word, int offset = 0)
    {
        var token = Peek(offset);
        return token.Kind is KustoTokenKind.Keyword or KustoTokenKind.Punctuation && TextOf(token).SequenceEqual(word);
    }

    // Nothing stands between a token and the one before it.
    bool IsAdjacent(int offset) => Peek(offset).Span.Start == Peek(offset - 1).Span.End;

    KustoToken Advance()
    {
        var token = Current;
        if (token.Kind != KustoTokenKind.End)
            _at++;
        return token;
    }

    bool Take(string word)
    {
        if (!At(word))
            return false;
        _at++;
        return true;
    }

    void Expect(string word)
    {
        if (!Take(word))
            ReportExpected($"'{word}'");
    }

    // Opens a group that Close ends; the opener is where an unclosed group is reported.
    KustoToken Open(string word)
    {
        var token = Current;
        Expect(word);
        _groups++;
        return token;
    }

    // What stands before the end of a group is skipped: a wrong piece inside is no missing end.
    void Close(KustoToken open, string word)
    {
        _groups--;
        if (Take(word))
            return;
        var (place, found) = (Current.Span, Found());
        var isOpen = TextOf(open) is "(" or "[" or "{";
        if (isOpen)
            SkipPiece();
        if (isOpen && !At(word))
            Report(open.Span, KustoCodes.UnclosedGroup, WordOf(open), found, word);
        else
            Report(place, KustoCodes.Expected, found, $"'{word}'");
        Take(word);
    }

    // To the next mark that parts operators, statements or the surrounding group. Gives the group that never ends, if one does not.
    KustoToken? SkipPiece()
    {
        var depth = 0;
        KustoToken? open = null;
        while (Current.Kind != KustoTokenKind.End)
        {
            if (Current.Kind == KustoTokenKind.Punctuation)
            {
                var mark = TextOf(Current)[0];
                if (depth == 0 && mark is '|' or ';' or ')' or ']' or '}')
                    return null;
                if (depth == 0 && mark is '(' or '[' or '{')
                    open = Current;
                depth += mark switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            }

            _at++;
        }

        return depth > 0 ? open : null;
    }

    string Found() => Current.Kind == KustoTokenKind.End ? "the end of the query" : $"'{WordOf(Current)}'";

    void ReportExpected(string what) => Report(Current.Span, KustoCodes.Expected, Found(), what);

    // One finding for one place: what follows from a missing piece is not news.
    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (_silent || (span.Start == _lastFinding && code.Severity == Severity.Error))
            return;
        if (code.Severity == Severity.Error)
            _lastFinding = span.Start;
        if (_findings.Count == MaxFindings)
        {
            _silent = true;
            _findings.Add(Diagnostic.At(span, KustoCodes.TooMany, MaxFindings));
            return;
        }

        _findings.Add(Diagnostic.At(span, code, arguments));
    }

    // False where the nesting is too deep: then everything left is skipped and nothing more is reported.
    bool Enter()
    {
        if (_depth < MaxDepth)
        {
            _depth++;
            return true;
        }

        Report(Current.Span, KustoCodes.TooDeep, MaxDepth);
        _silent = true;
        _at = _tokens.Length - 1;
        return false;
    }

    void Leave() => _depth--;

    SourceSpan From(int start) => SourceSpan.FromBounds(start, Math.Max(start, ReadEnd));

    KustoExpression MissingExpression()
    {
        ReportExpected("an expression");
        return new KustoExpression.Missing { Span = new(Current.Span.Start, 0) };
    }
}
