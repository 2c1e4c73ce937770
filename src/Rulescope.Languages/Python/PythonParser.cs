using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>Reads Python 3.11. Whatever the text, there is a tree; what was not understood is in the findings. Never throws.</summary>
/// <remarks>
/// Source: the full grammar in Python's reference 3.11, chapter 10. As there, what only a compiler refuses is read (<c>return</c>
/// outside a function). A statement with a fault becomes <see cref="PythonStatement.Unsupported"/> with the block below it; reading
/// goes on behind it, so a file has a finding for each such statement.
/// </remarks>
public sealed partial class PythonParser
{
    /// <summary>Expressions and patterns may nest this deep.</summary>
    public const int MaxDepth = 250;

    /// <summary>Operators, calls and members may be chained this deep along any path of one expression.</summary>
    public const int MaxHeight = 1000;

    /// <summary>Characters of a text that are read at most.</summary>
    public const int MaxLength = 4_000_000;

    readonly string _text;
    readonly List<Diagnostic> _findings;
    ImmutableArray<PythonToken> _tokens;
    int _at;
    int _end;
    int _depth;
    int _height;
    int _level;

    // While set, the current token is the end, so every rule returns at once up to the statement, which starts again behind itself.
    bool _failed;

    PythonParser(string text, List<Diagnostic> findings)
    {
        _text = text;
        _findings = findings;
    }

    /// <summary>Reads a whole file.</summary>
    public static Parsed<PythonModule> Parse(string text)
    {
        var whole = new SourceSpan(0, text.Length);
        if (text.Length > MaxLength)
        {
            var unread = new PythonStatement.Unsupported(text) { Span = whole };
            return new(new([unread]) { Span = whole }, [Diagnostic.At(whole, PythonCodes.TooLong, text.Length, MaxLength)]);
        }

        List<Diagnostic> findings = [];
        var parser = new PythonParser(text, findings) { _tokens = PythonLexer.Tokenize(text, findings) };
        var body = parser.ReadStatements();
        return new(new(body) { Span = whole }, [.. findings.OrderBy(f => f.Span.Start)]);
    }

    PythonToken Current => _failed ? new(PythonTokenKind.End, new(_end, 0)) : _tokens[_at];

    PythonToken Ahead(int count) => _failed || _at + count >= _tokens.Length ? new(PythonTokenKind.End, new(_end, 0)) : _tokens[_at + count];

    int Start => Current.Span.Start;

    bool Is(string word) => IsWord(Current, word);

    bool IsAhead(int count, string word) => IsWord(Ahead(count), word);

    bool IsWord(PythonToken token, string word) =>
        token.Kind is PythonTokenKind.Operator or PythonTokenKind.Keyword && _text.AsSpan(token.Span.Start, token.Span.Length).SequenceEqual(word);

    // Words such as `match` that are names elsewhere.
    bool IsSoft(PythonToken token, string word) =>
        token.Kind == PythonTokenKind.Name && _text.AsSpan(token.Span.Start, token.Span.Length).SequenceEqual(word);

    PythonToken Advance()
    {
        var token = Current;
        if (token.Kind == PythonTokenKind.End)
            return token;
        _at++;
        if (token.Kind == PythonTokenKind.Indent)
            _level++;
        else if (token.Kind == PythonTokenKind.Dedent)
            _level--;
        else if (token.Kind != PythonTokenKind.Newline && token.Span.Length > 0)
            _end = token.Span.End;
        return token;
    }

    bool Accept(string word)
    {
        if (!Is(word))
            return false;
        Advance();
        return true;
    }

    bool Accept(PythonTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    void Expect(string word)
    {
        if (!Accept(word))
            Unexpected($"'{word}'");
    }

    string ReadName(string expected = "a name")
    {
        if (Current.Kind == PythonTokenKind.Name)
            return Slice(Advance().Span);
        Unexpected(expected);
        return "";
    }

    // One finding per statement; what the lexer could not read has its own.
    void Unexpected(string expected) => Fail(Current.Span, PythonCodes.Unexpected, Shown(Current), expected);

    void Fail(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (!_failed && Current.Kind != PythonTokenKind.Unknown)
            Report(span, code, arguments);
        _failed = true;
    }

    string Shown(PythonToken token) => token.Kind switch
    {
        PythonTokenKind.End => "the end",
        PythonTokenKind.Newline => "the end of the line",
        PythonTokenKind.Indent => "an indented block",
        PythonTokenKind.Dedent => "the end of the block",
        PythonTokenKind.String => Slice(token.Span),
        _ => $"'{Slice(token.Span)}'",
    };

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => _findings.Add(Diagnostic.At(span, code, arguments));

    string Slice(SourceSpan span) => _text.Substring(span.Start, span.Length);

    // From a place to the end of the last token read, blocks and line ends aside.
    SourceSpan From(int start) => SourceSpan.FromBounds(Math.Min(start, _end), _end);

    // Whoever calls this also calls Leave, whatever it answers.
    bool Enter()
    {
        _depth++;
        if (_depth > MaxDepth)
            Fail(Current.Span, PythonCodes.TooDeep, MaxDepth);
        return !_failed;
    }

    void Leave() => _depth--;

    void Link()
    {
        _height++;
        if (_height > MaxHeight)
            Fail(Current.Span, PythonCodes.TooDeep, MaxHeight);
    }

    (int At, int End, int Findings, int Height) Mark() => (_at, _end, _findings.Count, _height);

    void Return((int At, int End, int Findings, int Height) mark)
    {
        (_at, _end, _height) = (mark.At, mark.End, mark.Height);
        _findings.RemoveRange(mark.Findings, _findings.Count - mark.Findings);
        _failed = false;
    }
}
