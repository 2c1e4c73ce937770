using System.Globalization;
using System.Numerics;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>Number literals: where they end, and what they are worth.</summary>
/// <remarks>Source: Python's reference 3.11, 2.4.4 to 2.4.7. A keyword may follow without a space, as in <c>1if x else 2</c>.</remarks>
static class PythonNumbers
{
    // CPython's own limit for the text of an integer in base ten.
    const int MaxDigits = 4300;

    /// <summary>True where a number begins: a digit, or a point before one.</summary>
    public static bool Begins(ReadOnlySpan<char> text) =>
        char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1 && char.IsAsciiDigit(text[1]));

    /// <summary>The length of the literal at the beginning of a text, and why it is none, if so.</summary>
    public static (int Length, string? Fault) Scan(ReadOnlySpan<char> text)
    {
        var (length, fault) = text is ['0', 'x' or 'X' or 'o' or 'O' or 'b' or 'B', ..] ? ScanRadix(text) : ScanDecimal(text);
        if (length < text.Length && PythonNames.LengthOf(text[length..]) is > 0 and var word && !MayFollow(text[length..]))
            return (length + word, fault ?? "a letter stands right behind it");
        return (length, fault);
    }

    static (int Length, string? Fault) ScanRadix(ReadOnlySpan<char> text)
    {
        var radix = RadixOf(text[1]);
        var length = 2;
        while (length < text.Length && IsDigit(text[length] == '_' && length + 1 < text.Length ? text[length + 1] : text[length], radix))
            length += text[length] == '_' ? 2 : 1;
        if (length < text.Length && (text[length] == '_' || char.IsAsciiDigit(text[length])))
            return (length + 1, $"a digit of base {radix} is expected");
        return (length, length == 2 ? $"a digit of base {radix} is expected" : null);
    }

    static (int Length, string? Fault) ScanDecimal(ReadOnlySpan<char> text)
    {
        var length = Digits(text, 0);
        var isInteger = true;
        var whole = length;
        if (length < text.Length && text[length] == '.')
        {
            isInteger = false;
            length++;
            if (length < text.Length && char.IsAsciiDigit(text[length]))
                length = Digits(text, length);
        }

        if (length < text.Length && text[length] is 'e' or 'E')
        {
            var digits = length + 1 < text.Length && text[length + 1] is '+' or '-' ? length + 2 : length + 1;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
                (length, isInteger) = (Digits(text, digits), false);
            else if (digits == length + 2)
                return (digits, "the exponent has no digits");
        }

        if (length < text.Length && text[length] is 'j' or 'J')
            (length, isInteger) = (length + 1, false);
        if (isInteger && text[0] == '0' && text[..whole].IndexOfAnyExcept('0', '_') >= 0)
            return (length, "an integer does not begin with zeros, octal ones begin with 0o");
        return isInteger && whole > MaxDigits ? (length, $"an integer has at most {MaxDigits} digits") : (length, null);
    }

    // A single underscore may stand between digits.
    static int Digits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '_' && at > 0 && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
            at++;
        return at;
    }

    static bool MayFollow(ReadOnlySpan<char> text) =>
        text.StartsWith("and") || text.StartsWith("else") || text.StartsWith("for") || text.StartsWith("if") || text.StartsWith("in")
        || text.StartsWith("is") || text.StartsWith("or") || text.StartsWith("not");

    static int RadixOf(char letter) => letter switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        _ => 2,
    };

    static bool IsDigit(char c, int radix) => char.IsAsciiHexDigit(c) && Convert.ToInt32(c.ToString(), 16) < radix;

    /// <summary>The value of a literal that <see cref="Scan"/> found without fault.</summary>
    public static PythonExpression Value(string literal, SourceSpan span)
    {
        var digits = literal.Replace("_", "", StringComparison.Ordinal);
        if (digits is ['0', 'x' or 'X' or 'o' or 'O' or 'b' or 'B', ..])
            return new PythonExpression.Integer(Radix(digits)) { Span = span };
        if (digits[^1] is 'j' or 'J')
            return new PythonExpression.Imaginary(Real(digits[..^1])) { Span = span };
        return digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
            ? new PythonExpression.Float(Real(digits)) { Span = span }
            : new PythonExpression.Integer(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)) { Span = span };
    }

    static double Real(string digits) => double.Parse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    // A zero in front keeps the sign bit clear.
    static BigInteger Radix(string digits) => RadixOf(digits[1]) switch
    {
        16 => BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        2 => BigInteger.Parse("0" + digits[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
        _ => BigInteger.Parse("0" + string.Concat(digits[2..].Select(d => Convert.ToString(d - '0', 2).PadLeft(3, '0'))), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
    };
}
