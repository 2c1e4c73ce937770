using System.Buffers;
using System.Collections.Frozen;

namespace Rulescope.Languages.Kusto;

public ref partial struct KustoLexer
{
    const int GuidLength = 36;

    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TimespanUnits = FrozenSet.ToFrozenSet(
        [
            "m", "min", "minute", "minutes", "s", "sec", "second", "seconds", "d", "day", "days", "h", "hr", "hrs", "hour", "hours",
            "ms", "milli", "millis", "millisec", "millisecond", "milliseconds", "micro", "micros", "microsec", "microsecond", "microseconds",
            "nano", "nanos", "nanosec", "nanosecond", "nanoseconds", "tick", "ticks",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    KustoToken? ReadString()
    {
        var quote = _position;
        if (At(quote) is 'h' or 'H')
            quote++;
        var verbatim = At(quote) == '@';
        if (verbatim)
            quote++;
        if (_text[quote..].StartsWith("```") || _text[quote..].StartsWith("~~~"))
            return ReadLines(quote);
        return At(quote) is '\'' or '"' ? ReadLine(quote, verbatim) : null;
    }

    readonly KustoToken ReadLines(int quote)
    {
        var mark = _text.Slice(quote, 3);
        var close = _text[(quote + 3)..].IndexOf(mark, StringComparison.Ordinal);
        if (close < 0)
            Report(_position, _text.Length - _position, KustoCodes.UnclosedString, mark.ToString());
        return Token(KustoTokenKind.String, (close < 0 ? _text.Length : quote + 3 + close + 3) - _position);
    }

    // Microsoft's lexer ends the string at a bad escape; reading on to the quote gives one finding instead of many.
    readonly KustoToken ReadLine(int quote, bool verbatim)
    {
        var mark = _text[quote];
        var at = quote + 1;
        while (at < _text.Length && _text[at] is not ('\r' or '\n'))
        {
            if (_text[at] == mark)
            {
                if (!verbatim || At(at + 1) != mark)
                    return Token(KustoTokenKind.String, at + 1 - _position);
                at += 2;
            }
            else if (_text[at] == '\\' && !verbatim)
            {
                var length = KustoString.EscapeLength(_text[at..]);
                if (length == 0)
                    Report(at, Math.Min(2, _text.Length - at), KustoCodes.BadEscape, _text.Slice(at, Math.Min(2, _text.Length - at)).ToString());
                at += Math.Max(1, length);
            }
            else
            {
                at++;
            }
        }

        Report(_position, at - _position, KustoCodes.UnclosedString, mark.ToString());
        return Token(KustoTokenKind.String, at - _position);
    }

    readonly KustoToken ReadNumber()
    {
        if (_text[_position..].StartsWith("3Dchart") && !IsWord(_position + 7))
            return Token(KustoTokenKind.Keyword, 7);
        if (IsGuid())
            return Token(KustoTokenKind.BareGuid, GuidLength);
        if (RealEnd() is var real and > 0)
            return Token(KustoTokenKind.Real, real - _position);
        if (TimespanEnd() is var timespan and > 0)
            return Token(KustoTokenKind.Timespan, timespan - _position);
        var word = WordLength(_position);
        var digits = DigitsEnd(_position) - _position;
        var isHex = word > 2 && Peek(0) == '0' && Peek(1) is 'x' or 'X' && !_text.Slice(_position + 2, word - 2).ContainsAnyExcept(Hex);
        // A name may begin with a digit.
        return Token(word == digits || isHex ? KustoTokenKind.Long : KustoTokenKind.Identifier, word);
    }

    // The position after a real, or 0: `1.5`, `1.`, `1e3`; in `1..2` the dots are the range operator.
    readonly int RealEnd()
    {
        var at = DigitsEnd(_position);
        if (At(at) == '.' && (At(at + 1) != '.' || At(at + 2) == '.'))
        {
            at = DigitsEnd(at + 1);
            at = ExponentEnd(at) is var end and > 0 ? end : at;
        }
        else
        {
            at = ExponentEnd(at);
        }

        return at == 0 || IsWord(at) ? 0 : at;
    }

    readonly int ExponentEnd(int at)
    {
        if (At(at) is not ('e' or 'E'))
            return 0;
        at += At(at + 1) is '+' or '-' ? 2 : 1;
        var end = DigitsEnd(at);
        return end == at ? 0 : end;
    }

    readonly int TimespanEnd()
    {
        var at = DigitsEnd(_position);
        if (At(at) == '.' && DigitsEnd(at + 1) is var fraction && fraction > at + 1)
            at = fraction;
        var unit = WordLength(Math.Min(at, _text.Length));
        return unit > 0 && TimespanUnits.Contains(_text.Slice(at, unit)) ? at + unit : 0;
    }

    readonly int DigitsEnd(int at)
    {
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
            at++;
        return at;
    }

    readonly bool IsGuid()
    {
        if (_text.Length - _position < GuidLength)
            return false;
        var text = _text.Slice(_position, GuidLength);
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !Hex.Contains(text[i]))
                return false;
        }

        return true;
    }
}
