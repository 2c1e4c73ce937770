using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>Reads one string of any of the four kinds and, on demand, notes where each piece of its value stands.</summary>
ref struct TomlStringScanner
{
    static readonly SearchValues<char> Stops = SearchValues.Create(
        "\"'\\\u007f" + string.Concat(Enumerable.Range(0, 0x20).Where(c => c != '\t').Select(c => (char)c)));

    readonly ReadOnlySpan<char> _text;
    readonly List<Diagnostic>? _findings;
    readonly ImmutableArray<EmbeddedText.Anchor>.Builder? _anchors;
    readonly StringBuilder _value = new();
    readonly int _start;
    readonly char _quote;

    public TomlStringScanner(ReadOnlySpan<char> text, int start, List<Diagnostic>? findings, bool withAnchors)
    {
        _text = text;
        _start = start;
        _findings = findings;
        _quote = text[start];
        _anchors = withAnchors ? ImmutableArray.CreateBuilder<EmbeddedText.Anchor>() : null;
        IsMultiLine = Quotes(start) >= 3;
        Position = start + (IsMultiLine ? 3 : 1);
    }

    /// <summary>Three quotes instead of one.</summary>
    public bool IsMultiLine { get; }

    /// <summary>After <see cref="Scan"/>: behind the closing quotes.</summary>
    public int Position { get; private set; }

    /// <summary>After <see cref="Scan"/>: the end of the content, before the closing quotes.</summary>
    public int ContentEnd { get; private set; }

    public readonly ImmutableArray<EmbeddedText.Anchor> Anchors => _anchors?.ToImmutable() ?? [];

    /// <summary>The value; reading goes to the closing quotes, to the end of the line or to the end of the document.</summary>
    public string Scan()
    {
        // A line break right behind the opening quotes is not content.
        if (IsMultiLine)
            Position += LineBreak(Position);
        Anchor();
        while (true)
        {
            var run = _text[Position..].IndexOfAny(Stops);
            if (run < 0)
                run = _text.Length - Position;
            _value.Append(_text.Slice(Position, run));
            Position += run;
            if (Position >= _text.Length)
                return Unclosed();
            var c = _text[Position];
            if (c == _quote)
            {
                if (Close())
                    return _value.ToString();
            }
            else if (c == '\\' && _quote == '"')
            {
                Escape();
            }
            else if (LineBreak(Position) is > 0 and var length)
            {
                if (!IsMultiLine)
                    return Unclosed();
                _value.Append('\n');
                Position += length;
                if (length > 1)
                    Anchor();
            }
            else
            {
                if (c is not ('"' or '\'' or '\\'))
                    Report(TomlCodes.IllegalCharacter, Position, 1, (int)c);
                _value.Append(c);
                Position++;
            }
        }
    }

    // Up to two quotes may stand right before the closing three.
    bool Close()
    {
        var quotes = Math.Min(Quotes(Position), IsMultiLine ? 5 : 1);
        var closing = IsMultiLine ? 3 : 1;
        var content = quotes >= closing ? quotes - closing : quotes;
        _value.Append(_quote, content);
        ContentEnd = Position + content;
        Position += quotes;
        return quotes >= closing;
    }

    string Unclosed()
    {
        ContentEnd = Position;
        Report(TomlCodes.UnclosedString, _start, IsMultiLine ? 3 : 1, _text.Slice(_start, IsMultiLine ? 3 : 1).ToString());
        return _value.ToString();
    }

    void Escape()
    {
        var next = Position + 1 < _text.Length ? _text[Position + 1] : '\0';
        switch (next)
        {
            case 'b': Resolved('\b'); break;
            case 't': Resolved('\t'); break;
            case 'n': Resolved('\n'); break;
            case 'f': Resolved('\f'); break;
            case 'r': Resolved('\r'); break;
            case '"': Resolved('"'); break;
            case '\\': Resolved('\\'); break;
            case 'u': Scalar(4); break;
            case 'U': Scalar(8); break;
            default:
                if (!(IsMultiLine && Continuation()))
                    KeepUnknown();
                break;
        }
    }

    void Resolved(char c)
    {
        _value.Append(c);
        Position += 2;
        Anchor();
    }

    void Scalar(int digits)
    {
        var available = _text[(Position + 2)..];
        if (available.Length < digits || !uint.TryParse(available[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            KeepUnknown();
            return;
        }

        if (Rune.TryCreate(code, out var rune))
        {
            _value.Append(rune.ToString());
        }
        else
        {
            Report(TomlCodes.NotAScalar, Position, digits + 2, _text.Slice(Position, digits + 2).ToString());
            _value.Append('\uFFFD');
        }

        Position += digits + 2;
        Anchor();
    }

    // The backslash stays in the value, so that a Windows path written by mistake is still recognisable.
    void KeepUnknown()
    {
        var length = Math.Min(2, _text.Length - Position);
        if (length == 2 && LineBreak(Position + 1) > 0)
            length = 1;
        Report(TomlCodes.UnknownEscape, Position, length, _text.Slice(Position, length).ToString());
        _value.Append('\\');
        Position++;
    }

    // A backslash at the end of a line swallows all white space up to the next other character.
    bool Continuation()
    {
        var at = Position + 1;
        while (at < _text.Length && _text[at] is ' ' or '\t')
            at++;
        if (LineBreak(at) == 0)
            return false;
        while (at < _text.Length && (_text[at] is ' ' or '\t' || LineBreak(at) > 0))
            at++;
        Position = at;
        Anchor();
        return true;
    }

    readonly int LineBreak(int at) =>
        at >= _text.Length ? 0
        : _text[at] == '\n' ? 1
        : _text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n' ? 2
        : 0;

    readonly int Quotes(int at)
    {
        var rest = _text[at..];
        var other = rest.IndexOfAnyExcept(_quote);
        return other < 0 ? rest.Length : other;
    }

    readonly void Anchor()
    {
        if (_anchors is null)
            return;
        if (_anchors.Count > 0 && _anchors[^1].Inner == _value.Length)
            _anchors.RemoveAt(_anchors.Count - 1);
        _anchors.Add(new(_value.Length, Position));
    }

    readonly void Report(DiagnosticCode code, int start, int length, object argument) =>
        _findings?.Add(Diagnostic.At(new(start, length), code, argument));
}
