using System.Globalization;

namespace Rulescope.Languages.Toml;

/// <summary>Numbers, dates and times from one bare word; each answers null where the word is not of its kind.</summary>
static class TomlScalars
{
    /// <summary>True when the word is meant as a date or a time, well formed or not.</summary>
    public static bool LooksLikeDateTime(ReadOnlySpan<char> word) =>
        (word.Length > 4 && AllDigits(word[..4]) && word[4] == '-') || (word.Length > 2 && AllDigits(word[..2]) && word[2] == ':');

    /// <summary>True when the word is meant as a number.</summary>
    public static bool LooksLikeNumber(ReadOnlySpan<char> word) => word.Length > 0 && (char.IsAsciiDigit(word[0]) || word[0] is '+' or '-' or '.');

    /// <summary>An integer in one of the four bases; null when malformed, <paramref name="tooLarge"/> when only the range is wrong.</summary>
    public static long? Integer(ReadOnlySpan<char> word, out bool tooLarge)
    {
        tooLarge = false;
        var radix = word is ['0', var letter, ..] ? letter switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        var negative = word is ['-', ..];
        var digits = radix != 10 ? word[2..] : word is ['+' or '-', ..] ? word[1..] : word;
        if (Digits(digits, radix) != digits.Length || digits.IsEmpty || (radix == 10 && digits is ['0', _, ..]))
            return null;
        UInt128 value = 0;
        foreach (var digit in digits)
        {
            if (digit == '_')
                continue;
            value = (value * (uint)radix) + (uint)Convert.ToInt32(digit.ToString(), 16);
            if (value > (UInt128)long.MaxValue + 1)
                break;
        }

        tooLarge = value > (UInt128)long.MaxValue + (negative ? 1u : 0u);
        return tooLarge ? null : negative ? (long)-(Int128)value : (long)value;
    }

    /// <summary>A float with a fraction, an exponent or both, or one of <c>inf</c> and <c>nan</c> with a sign before it.</summary>
    public static double? Float(ReadOnlySpan<char> word)
    {
        var rest = word is ['+' or '-', ..] ? word[1..] : word;
        if (rest is "inf")
            return word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (rest is "nan")
            return double.NaN;
        var whole = Digits(rest, 10);
        if (whole <= 0 || (whole > 1 && rest[0] == '0'))
            return null;
        rest = rest[whole..];
        if (rest is ['.', ..])
        {
            var fraction = Digits(rest[1..], 10);
            if (fraction <= 0)
                return null;
            rest = rest[(1 + fraction)..];
        }

        if (rest is ['e' or 'E', ..])
        {
            rest = rest is [_, '+' or '-', ..] ? rest[2..] : rest[1..];
            var exponent = Digits(rest, 10);
            if (exponent <= 0)
                return null;
            rest = rest[exponent..];
        }

        return rest.IsEmpty && double.TryParse(word.ToString().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    /// <summary>One of the four date and time kinds as RFC 3339 writes them; <c>T</c> may be a space or lower case.</summary>
    public static TomlValue? DateAndTime(ReadOnlySpan<char> word)
    {
        if (word is [_, _, ':', ..])
            return Time(word, out var used) is { } time && used == word.Length ? new TomlValue.LocalTime(time) : null;
        if (word.Length < 10 || Date(word[..10]) is not { } date)
            return null;
        if (word.Length == 10)
            return new TomlValue.LocalDate(date);
        if (word[10] is not ('T' or 't' or ' ') || Time(word[11..], out var length) is not { } clock)
            return null;
        var local = date.ToDateTime(clock);
        var zone = word[(11 + length)..];
        if (zone.IsEmpty)
            return new TomlValue.LocalDateTime(local);
        return Offset(zone) is { } offset ? new TomlValue.OffsetDateTime(local, offset) : null;
    }

    // The length of the digit run at the front; -1 when an underscore lacks a digit at one side.
    static int Digits(ReadOnlySpan<char> text, int radix)
    {
        var i = 0;
        while (i < text.Length && (text[i] == '_' || IsDigit(text[i], radix)))
        {
            if (text[i] == '_' && (i == 0 || i + 1 == text.Length || !IsDigit(text[i - 1], radix) || !IsDigit(text[i + 1], radix)))
                return -1;
            i++;
        }

        return i;
    }

    static bool IsDigit(char c, int radix) => radix switch
    {
        2 => c is '0' or '1',
        8 => c is >= '0' and <= '7',
        16 => char.IsAsciiHexDigit(c),
        _ => char.IsAsciiDigit(c),
    };

    static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    static int? Number(ReadOnlySpan<char> text, int low, int high) =>
        AllDigits(text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high ? value : null;

    static DateOnly? Date(ReadOnlySpan<char> text) =>
        text[4] == '-' && text[7] == '-'
        && Number(text[..4], 1, 9999) is { } year && Number(text[5..7], 1, 12) is { } month
        && Number(text[8..10], 1, DateTime.DaysInMonth(year, month)) is { } day
            ? new DateOnly(year, month, day)
            : null;

    static TimeOnly? Time(ReadOnlySpan<char> text, out int used)
    {
        used = 8;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || Number(text[..2], 0, 23) is not { } hour || Number(text[3..5], 0, 59) is not { } minute || Number(text[6..8], 0, 59) is not { } second)
            return null;
        var ticks = 0L;
        if (text.Length > 8 && text[8] == '.')
        {
            var digits = text[9..].IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - 9 : digits;
            if (digits == 0)
                return null;
            for (var i = 0; i < 7; i++)
                ticks = (ticks * 10) + (i < digits ? text[9 + i] - '0' : 0);
            used = 9 + digits;
        }

        return new TimeOnly(hour, minute, second).Add(TimeSpan.FromTicks(ticks));
    }

    static TimeSpan? Offset(ReadOnlySpan<char> zone)
    {
        if (zone is "Z" or "z")
            return TimeSpan.Zero;
        if (zone.Length != 6 || zone[0] is not ('+' or '-') || zone[3] != ':' || Number(zone[1..3], 0, 23) is not { } hours || Number(zone[4..6], 0, 59) is not { } minutes)
            return null;
        var distance = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -distance : distance;
    }
}
