using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonLexer
{
    void ReadNumber()
    {
        var (length, fault) = PythonNumbers.Scan(_text.AsSpan(_at, _end - _at));
        if (fault is null)
        {
            Add(PythonTokenKind.Number, length);
            return;
        }

        Report(new(_at, length), PythonCodes.Number, _text.Substring(_at, length), fault);
        Add(PythonTokenKind.Unknown, length);
    }

    // The letters before a quote, or null where no string begins.
    int? StringPrefixLength()
    {
        for (var length = 0; length <= 2 && _at + length < _end; length++)
        {
            if (_text[_at + length] is '"' or '\'')
                return IsStringPrefix(_text.AsSpan(_at, length)) ? length : null;
        }

        return null;
    }

    static bool IsStringPrefix(ReadOnlySpan<char> letters)
    {
        Span<char> lower = stackalloc char[2];
        return lower[..letters.ToLowerInvariant(lower)] is "" or "r" or "u" or "b" or "f" or "br" or "rb" or "fr" or "rf";
    }

    void ReadString(int prefix)
    {
        var quote = _text[_at + prefix];
        var body = _at + prefix + 1;
        var isLong = body + 1 < _end && _text[body] == quote && _text[body + 1] == quote;
        var at = isLong ? body + 2 : body;
        while (at < _end)
        {
            if (_text[at] == '\\')
            {
                at += 1 + Math.Max(1, BreakLength(at + 1));
            }
            else if (_text[at] == quote && (!isLong || (at + 2 < _end && _text[at + 1] == quote && _text[at + 2] == quote)))
            {
                Add(PythonTokenKind.String, at + (isLong ? 3 : 1) - _at);
                return;
            }
            else if (!isLong && _text[at] is '\n' or '\r')
            {
                break;
            }
            else
            {
                at++;
            }
        }

        var open = SourceSpan.FromBounds(_at, Math.Min(at, _end));
        Report(open, PythonCodes.OpenString, _text.Substring(open.Start, open.Length));
        Add(PythonTokenKind.Unknown, open.Length);
    }

    void ReadOperator()
    {
        var length = OperatorLength(_text.AsSpan(_at, _end - _at));
        var c = _text[_at];
        if (length == 0)
        {
            length = char.IsHighSurrogate(c) && _at + 1 < _end && char.IsLowSurrogate(_text[_at + 1]) ? 2 : 1;
            Report(new(_at, length), PythonCodes.UnexpectedCharacter, _text.Substring(_at, length));
            Add(PythonTokenKind.Unknown, length);
        }
        else if (c is '(' or '[' or '{')
        {
            OpenBracket(c);
        }
        else if (c is ')' or ']' or '}')
        {
            CloseBracket(c);
        }
        else
        {
            Add(PythonTokenKind.Operator, length);
        }
    }

    void OpenBracket(char bracket)
    {
        if (_brackets.Count >= MaxBrackets)
        {
            Report(SourceSpan.FromBounds(_at, _end), PythonCodes.TooManyBrackets, MaxBrackets);
            GiveUp();
            return;
        }

        _brackets.Push((bracket, _at));
        Add(PythonTokenKind.Operator, 1);
    }

    void CloseBracket(char bracket)
    {
        var kind = PythonTokenKind.Operator;
        if (!_brackets.TryPop(out var open))
        {
            Report(new(_at, 1), PythonCodes.Unmatched, bracket.ToString());
            kind = PythonTokenKind.Unknown;
        }
        else if ((open.Open, bracket) is not (('(', ')') or ('[', ']') or ('{', '}')))
        {
            Report(new(_at, 1), PythonCodes.Mismatched, bracket.ToString(), open.Open.ToString());
            kind = PythonTokenKind.Unknown;
        }

        Add(kind, 1);
    }

    static int OperatorLength(ReadOnlySpan<char> rest)
    {
        if (rest.Length >= 3 && rest[..3] is "**=" or "//=" or ">>=" or "<<=" or "...")
            return 3;
        if (rest.Length >= 2 && rest[..2] is "**" or "//" or ">>" or "<<" or "==" or "!=" or "<=" or ">=" or "->" or ":="
            or "+=" or "-=" or "*=" or "/=" or "%=" or "&=" or "|=" or "^=" or "@=")
        {
            return 2;
        }

        return "+-*/%@&|^~<>()[]{},:.;=".Contains(rest[0], StringComparison.Ordinal) ? 1 : 0;
    }
}
