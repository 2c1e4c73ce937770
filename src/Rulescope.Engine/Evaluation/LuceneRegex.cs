using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rulescope.Engine.Evaluation;

/// <summary>Lucene's regular expressions: always the whole value, no anchors, some operators of their own (SEMANTICS 2.3).</summary>
sealed class LuceneRegex(string pattern)
{
    readonly StringBuilder _text = new(pattern.Length + 16);
    int _at;

    public (string? Text, string? Problem) Translate()
    {
        var inClass = false;
        for (_at = 0; _at < pattern.Length; _at++)
        {
            var c = pattern[_at];
            if (c == '\\')
            {
                Escape();
            }
            else if (inClass)
            {
                inClass = c != ']';
                _text.Append(c == '[' ? @"\[" : c.ToString());
            }
            else if (c is '~' or '&' or '#')
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"the operator '{c}' has no counterpart"));
            }
            else if (c == '<')
            {
                return (null, "numeric ranges have no counterpart");
            }
            else if (c == '"')
            {
                Quoted();
            }
            else
            {
                inClass = c == '[';
                _text.Append(c switch { '@' => "(?:.*)", '^' or '$' => $@"\{c}", _ => c.ToString() });
                if (inClass && _at + 1 < pattern.Length && pattern[_at + 1] == '^')
                    _text.Append(pattern[++_at]);
            }
        }

        return ($@"\A(?:{_text})\z", null);
    }

    void Escape()
    {
        if (_at + 1 == pattern.Length)
        {
            _text.Append(@"\\");
            return;
        }

        var next = pattern[++_at];
        // The classes digit, space and word exist; any other letter behind a backslash is itself.
        _text.Append(next is 'd' or 'D' or 's' or 'S' or 'w' or 'W' ? $@"\{next}" : next is ']' or '-' ? $@"\{next}" : Regex.Escape(next.ToString()));
    }

    void Quoted()
    {
        var end = pattern.IndexOf('"', _at + 1);
        end = end < 0 ? pattern.Length : end;
        _text.Append("(?:").Append(Regex.Escape(pattern[(_at + 1)..end])).Append(')');
        _at = end;
    }
}
