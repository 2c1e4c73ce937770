using System.Globalization;
using System.Text;

namespace Rulescope.Tests.Agreement;

/// <summary>One text that a regular expression of a rule is likely to match: first alternatives, first members of classes, each repeated part at least once.</summary>
ref struct RegexWitness
{
    readonly ReadOnlySpan<char> _pattern;
    int _at;

    RegexWitness(ReadOnlySpan<char> pattern) => _pattern = pattern;

    readonly char Current => _at < _pattern.Length ? _pattern[_at] : '\0';

    public static string Of(string pattern) => new RegexWitness(pattern).Alternatives();

    string Alternatives()
    {
        var first = Sequence();
        while (Current == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    string Sequence()
    {
        var text = new StringBuilder();
        while (Current is not ('\0' or '|' or ')'))
        {
            var piece = Piece();
            text.Insert(text.Length, piece, Times());
        }

        return text.ToString();
    }

    string Piece()
    {
        var c = Current;
        _at++;
        switch (c)
        {
            case '(':
                if (Current == '?')
                    _at = Math.Min(_at + 2, _pattern.Length);
                var inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return Class();
            case '\\':
                return Escaped().ToString();
            case '.':
                return "q";
            case '^' or '$':
                return "";
            default:
                return c.ToString();
        }
    }

    string Class()
    {
        var isNegated = Current == '^';
        if (isNegated)
            _at++;
        var first = Current == '\\' ? EscapedAt() : Current;
        while (Current is not ('\0' or ']'))
            _at += Current == '\\' ? 2 : 1;
        _at++;
        return isNegated ? first == 'q' ? "0" : "q" : first.ToString();
    }

    char EscapedAt()
    {
        _at++;
        return Escaped();
    }

    char Escaped()
    {
        var c = Current;
        _at++;
        return c switch { 'd' => '1', 'w' => 'q', 's' => ' ', _ => c };
    }

    int Times()
    {
        if (Current is '*' or '+' or '?')
        {
            _at++;
            return 1;
        }

        if (Current != '{')
            return 1;
        var end = _pattern[_at..].IndexOf('}');
        var bounds = end < 0 ? "" : _pattern.Slice(_at + 1, end - 1).ToString();
        _at = end < 0 ? _pattern.Length : _at + end + 1;
        return int.TryParse(bounds.Split(',')[0], CultureInfo.InvariantCulture, out var least) ? Math.Clamp(least, 0, 100) : 1;
    }
}
