using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Predicates;
using Match = Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Engine.Evaluation;

/// <summary>PCRE, RE2, Python and Java patterns: .NET's but for spellings and for what counts as a digit or a word.</summary>
sealed class PerlRegex(string pattern, Match.Regex match)
{
    readonly StringBuilder _text = new(pattern.Length + 16);

    // RE2's "$" is the very end; .NET's also stands before a last line break.
    readonly bool _endsText = match.Dialect == RegexDialect.Re2
        && !match.Flags.Contains('m', StringComparison.Ordinal) && !pattern.Contains("(?", StringComparison.Ordinal);

    bool _inClass;
    int _at;

    public (string? Text, string? Problem) Translate()
    {
        for (_at = 0; _at < pattern.Length; _at++)
        {
            var c = pattern[_at];
            if (c == '\\')
                Escape();
            else if (_inClass)
                ClassMember(c);
            else if (c == '[')
                OpenClass();
            else if (c == '(' && pattern.AsSpan(_at).StartsWith("(?P", StringComparison.Ordinal) && _at + 3 < pattern.Length)
                Named();
            else if (c == '+' && _at > 0 && pattern[_at - 1] is '+' or '*' or '?' or '}' && !IsEscaped(_at - 1))
                return (null, "possessive quantifiers are not known here");
            else
                _text.Append(c == '$' && _endsText ? @"\z" : c.ToString());
        }

        return (_text.ToString(), null);
    }

    void OpenClass()
    {
        _inClass = true;
        _text.Append('[');
        if (Next is '^')
            _text.Append(pattern[++_at]);
        // A closing bracket that comes first belongs to the class.
        if (Next is ']')
        {
            _text.Append(@"\]");
            _at++;
        }
    }

    void ClassMember(char c)
    {
        if (c == '[' && Next is ':' && Posix() is var (inside, end))
        {
            _text.Append(inside);
            _at = end;
            return;
        }

        _inClass = c != ']';
        // A bracket inside a class is a letter there, but .NET reads "-[" as a subtraction.
        _text.Append(c == '[' ? @"\[" : c.ToString());
    }

    char? Next => _at + 1 < pattern.Length ? pattern[_at + 1] : null;

    void Escape()
    {
        if (Next is not { } next)
        {
            _text.Append(@"\\");
            return;
        }

        if (next == 'x' && _at + 2 < pattern.Length && pattern[_at + 2] == '{')
        {
            Braced();
            return;
        }

        var ascii = match.Dialect is RegexDialect.Pcre or RegexDialect.Re2 or RegexDialect.Java;
        _text.Append((next, ascii, _inClass) switch
        {
            ('d', true, _) => Class("0-9"),
            ('w', true, _) => Class("a-zA-Z0-9_"),
            ('s', true, _) => Class(@" \t\n\r\f\v"),
            ('h', _, _) => Class(@" \t"),
            ('D', true, false) => "[^0-9]",
            ('W', true, false) => "[^a-zA-Z0-9_]",
            ('S', true, false) => @"[^ \t\n\r\f\v]",
            ('Z', _, false) when match.Dialect == RegexDialect.Python => @"\z",
            // .NET refuses to escape what needs no escape where it is a word character.
            ('_', _, _) => "_",
            _ => pattern.Substring(_at, 2),
        });
        _at++;
    }

    string Class(string members) => _inClass ? members : $"[{members}]";

    void Braced()
    {
        var end = pattern.IndexOf('}', _at);
        if (end < 0 || !int.TryParse(pattern.AsSpan(_at + 3, end - _at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
        {
            _text.Append(@"\\x");
            _at++;
            return;
        }

        _text.Append(Regex.Escape(new Rune(code).ToString()));
        _at = end;
    }

    // (?P<name>...) and (?P=name).
    void Named()
    {
        var end = pattern.IndexOf(')', _at);
        if (pattern[_at + 3] == '=' && end > 0)
        {
            _text.Append(@"\k<").Append(pattern, _at + 4, end - _at - 4).Append('>');
            _at = end;
            return;
        }

        _text.Append(pattern[_at + 3] == '<' ? "(?<" : "(?P");
        _at += pattern[_at + 3] == '<' ? 3 : 2;
    }

    (string Inside, int End)? Posix()
    {
        var end = pattern.IndexOf(":]", _at, StringComparison.Ordinal);
        var inside = end < 0 ? null : pattern[(_at + 2)..end] switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "xdigit" => "0-9A-Fa-f",
            "space" => @" \t\n\r\f\v",
            "blank" => @" \t",
            "word" => "a-zA-Z0-9_",
            "punct" => @"!-/:-@\[-`{-~",
            _ => null,
        };
        return inside is null ? null : (inside, end + 1);
    }

    bool IsEscaped(int at)
    {
        var slashes = 0;
        for (var i = at - 1; i >= 0 && pattern[i] == '\\'; i--)
            slashes++;
        return slashes % 2 == 1;
    }
}
