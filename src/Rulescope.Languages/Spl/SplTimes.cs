using System.Globalization;
using Rulescope.Algebra.Values;

namespace Rulescope.Languages.Spl;

/// <summary>Spans and relative times as Splunk writes them: <c>5m</c>, <c>1h@h</c>, <c>-24h@h</c>.</summary>
static class SplTimes
{
    /// <summary>The length of a span in ticks, or null for a width that is none.</summary>
    public static long? Ticks(string span)
    {
        var text = span.AsSpan().Trim();
        if (text.IndexOf('@') is >= 0 and var snap)
            text = text[..snap];
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        if (!long.TryParse(digits == 0 ? "1" : text[..digits], CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
            return null;
        return UnitTicks(text[digits..].ToString()) is { } unit ? count * unit : null;
    }

    /// <summary>How far back a relative time lies, in ticks; null for a time that is absolute, in the future or no time.</summary>
    public static long? Back(string time) => time.StartsWith('-') ? Ticks(time[1..]) : null;

    /// <summary>A span as a constant: a duration, or the number it is.</summary>
    public static Literal Literal(string span) =>
        long.TryParse(span, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole)
        : double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? new Literal.Real(real)
        : Ticks(span) is { } ticks ? new Literal.Duration(ticks)
        : new Literal.String(span);

    // Months and years have no fixed length; Splunk counts them by the calendar.
    static long? UnitTicks(string unit) => unit switch
    {
        "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        "d" or "day" or "days" => TimeSpan.TicksPerDay,
        "w" or "week" or "weeks" => 7 * TimeSpan.TicksPerDay,
        "ms" => TimeSpan.TicksPerMillisecond,
        _ => null,
    };
}
