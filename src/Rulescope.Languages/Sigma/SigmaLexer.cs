using System.Buffers;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>Cuts a condition into words and signs. Every character that is no sign and no blank belongs to a word.</summary>
public ref struct SigmaLexer(ReadOnlySpan<char> text)
{
    static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n()|,<>=!\u00A0");

    readonly ReadOnlySpan<char> _text = text;
    int _at;

    /// <summary>The next token; <see cref="SigmaTokenKind.End"/> for ever at the end.</summary>
    public SigmaToken Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        if (_at == _text.Length)
            return new(SigmaTokenKind.End, new(_at, 0));
        var start = _at;
        var kind = _text[_at] switch
        {
            '(' => SigmaTokenKind.OpenParenthesis,
            ')' => SigmaTokenKind.CloseParenthesis,
            '|' => SigmaTokenKind.Pipe,
            ',' => SigmaTokenKind.Comma,
            '<' or '>' or '=' or '!' => SigmaTokenKind.Comparison,
            _ => SigmaTokenKind.Word,
        };
        if (kind == SigmaTokenKind.Word)
        {
            var length = _text[_at..].IndexOfAny(WordEnds);
            _at = length < 0 ? _text.Length : _at + length;
        }
        else
        {
            _at++;
            if (kind == SigmaTokenKind.Comparison && _at < _text.Length && _text[_at] == '=')
                _at++;
        }

        return new(kind, SourceSpan.FromBounds(start, _at));
    }
}
