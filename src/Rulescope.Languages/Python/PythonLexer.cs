using System.Collections.Immutable;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>Cuts a Python text into tokens, with the beginnings and ends of lines and blocks among them.</summary>
/// <remarks>
/// Source: Python's reference 3.11, chapter 2. A text is already decoded, so a coding comment is a comment like others. Bad pieces are
/// <see cref="PythonTokenKind.Unknown"/> tokens, each with a finding. A bracket that is still open where a line begins with a word that
/// only a statement begins with ends there, so that the rest is read.
/// </remarks>
public sealed partial class PythonLexer
{
    /// <summary>Blocks may nest this deep, as in CPython.</summary>
    public const int MaxIndents = 99;

    /// <summary>Brackets may nest this deep, as in CPython.</summary>
    public const int MaxBrackets = 200;

    const int TabWidth = 8;

    readonly string _text;
    readonly int _end;
    readonly bool _isPart;
    readonly List<Diagnostic> _findings;
    readonly ImmutableArray<PythonToken>.Builder _tokens = ImmutableArray.CreateBuilder<PythonToken>();
    readonly Stack<(char Open, int At)> _brackets = new();
    readonly Stack<(int Column, int Spaces)> _indents = new([(0, 0)]);
    int _at;
    bool _atLineStart = true;

    PythonLexer(string text, SourceSpan part, bool isPart, List<Diagnostic> findings)
    {
        _text = text;
        _at = part.Start;
        _end = part.End;
        _isPart = isPart;
        _findings = findings;
    }

    /// <summary>All tokens of a text; the last one is always <see cref="PythonTokenKind.End"/>.</summary>
    public static ImmutableArray<PythonToken> Tokenize(string text, List<Diagnostic> findings)
    {
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        return new PythonLexer(text, SourceSpan.FromBounds(start, text.Length), isPart: false, findings).Run();
    }

    /// <summary>The tokens of a part that stands inside brackets: no lines, no blocks.</summary>
    public static ImmutableArray<PythonToken> TokenizePart(string text, SourceSpan part, List<Diagnostic> findings) =>
        new PythonLexer(text, part, isPart: true, findings).Run();

    ImmutableArray<PythonToken> Run()
    {
        while (true)
        {
            if (_atLineStart && !_isPart)
                ReadLineStart();
            while (_at < _end && _text[_at] is ' ' or '\t' or '\f')
                _at++;
            if (_at >= _end)
                return Finish();
            ReadToken();
        }
    }

    ImmutableArray<PythonToken> Finish()
    {
        if (_brackets.TryPeek(out var open))
            DropBrackets(open.At);
        if (!_isPart)
        {
            if (_tokens.Count > 0 && _tokens[^1].Kind is not (PythonTokenKind.Newline or PythonTokenKind.Dedent))
                Add(PythonTokenKind.Newline, 0);
            for (; _indents.Count > 1; _indents.Pop())
                Add(PythonTokenKind.Dedent, 0);
        }

        Add(PythonTokenKind.End, 0);
        return _tokens.ToImmutable();
    }

    // The parser stumbles over an empty unknown token in silence, for the finding is about the bracket.
    void DropBrackets(int at)
    {
        Report(new(at, 1), PythonCodes.Unclosed, _text[at].ToString());
        _brackets.Clear();
        Add(PythonTokenKind.Unknown, 0);
    }

    void ReadToken()
    {
        var c = _text[_at];
        if (c is '\n' or '\r')
            ReadLineBreak();
        else if (c == '#')
            SkipComment();
        else if (c == '\\')
            ReadContinuation();
        else if (PythonNumbers.Begins(_text.AsSpan(_at, _end - _at)))
            ReadNumber();
        else if (StringPrefixLength() is { } prefix)
            ReadString(prefix);
        else if (PythonNames.LengthOf(_text.AsSpan(_at, _end - _at)) is > 0 and var length)
            ReadWord(length);
        else
            ReadOperator();
    }

    void ReadWord(int length)
    {
        var word = _text.AsSpan(_at, length);
        if (!Ascii.IsValid(word))
            Report(new(_at, length), PythonCodes.NameForm, word.ToString());
        Add(PythonToken.IsKeyword(word) ? PythonTokenKind.Keyword : PythonTokenKind.Name, length);
    }

    void ReadLineBreak()
    {
        var length = BreakLength(_at);
        if (_isPart)
        {
            _at += length;
        }
        else if (_brackets.TryPeek(out var open))
        {
            if (!BeginsStatement(_at + length))
            {
                _at += length;
                return;
            }

            DropBrackets(open.At);
            Add(PythonTokenKind.Newline, length);
            _atLineStart = true;
        }
        else
        {
            Add(PythonTokenKind.Newline, length);
            _atLineStart = true;
        }
    }

    // Words that can begin a line of a statement and can never stand inside brackets.
    bool BeginsStatement(int at)
    {
        while (at < _end && _text[at] is ' ' or '\t' or '\f')
            at++;
        var rest = _text.AsSpan(at, _end - at);
        return rest[..PythonNames.LengthOf(rest)] is "def" or "class" or "return" or "import" or "while" or "with" or "try" or "raise"
            or "pass" or "break" or "continue" or "global" or "nonlocal" or "del" or "assert" or "elif" or "except" or "finally";
    }

    void SkipComment()
    {
        while (_at < _end && _text[_at] is not ('\n' or '\r'))
            _at++;
    }

    void ReadContinuation()
    {
        var length = BreakLength(_at + 1);
        if (length > 0 && _at + 1 + length < _end)
        {
            _at += 1 + length;
            return;
        }

        Report(new(_at, 1), PythonCodes.Continuation);
        Add(PythonTokenKind.Unknown, 1);
    }

    int BreakLength(int at) =>
        at >= _end ? 0
        : _text[at] == '\n' ? 1
        : _text[at] != '\r' ? 0
        : at + 1 < _end && _text[at + 1] == '\n' ? 2 : 1;

    void Add(PythonTokenKind kind, int length)
    {
        _tokens.Add(new(kind, new(_at, length)));
        _at += length;
    }

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => _findings.Add(Diagnostic.At(span, code, arguments));

    // One unknown token for all that is left.
    void GiveUp()
    {
        _brackets.Clear();
        Add(PythonTokenKind.Unknown, _end - _at);
    }
}
