using System.Globalization;
using Rulescope.Algebra.Values;

namespace Rulescope.Languages.Kusto;

/// <summary>What typed literals and JSON stand for: times as UTC ticks, lengths of time as ticks, a guid as its lower-case text.</summary>
static class KustoLiterals
{
    static readonly (string Unit, double Ticks)[] Units =
    [
        ("microseconds", 10), ("microsecond", 10), ("milliseconds", TimeSpan.TicksPerMillisecond), ("millisecond", TimeSpan.TicksPerMillisecond),
        ("nanoseconds", 0.01), ("nanosecond", 0.01), ("seconds", TimeSpan.TicksPerSecond), ("second", TimeSpan.TicksPerSecond),
        ("minutes", TimeSpan.TicksPerMinute), ("minute", TimeSpan.TicksPerMinute), ("hours", TimeSpan.TicksPerHour), ("hour", TimeSpan.TicksPerHour),
        ("days", TimeSpan.TicksPerDay), ("day", TimeSpan.TicksPerDay), ("ticks", 1), ("tick", 1), ("micros", 10), ("micro", 10),
        ("millis", TimeSpan.TicksPerMillisecond), ("milli", TimeSpan.TicksPerMillisecond), ("nanos", 0.01), ("nano", 0.01),
        ("microsec", 10), ("millisec", TimeSpan.TicksPerMillisecond), ("sec", TimeSpan.TicksPerSecond), ("min", TimeSpan.TicksPerMinute),
        ("hrs", TimeSpan.TicksPerHour), ("hr", TimeSpan.TicksPerHour), ("ms", TimeSpan.TicksPerMillisecond),
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>The value; null where the text is none of its type.</summary>
    public static Literal? Of(KustoExpression.Literal literal)
    {
        var text = literal.Text.Trim();
        if (text is "null" or "")
            return new Literal.Null();
        return literal.Type switch
        {
            KustoLiteralType.Bool => text switch
            {
                "true" or "1" => new Literal.Boolean(true),
                "false" or "0" => new Literal.Boolean(false),
                _ => bool.TryParse(text, out var flag) ? new Literal.Boolean(flag) : null,
            },
            KustoLiteralType.Int or KustoLiteralType.Long => Integer(text),
            KustoLiteralType.Real or KustoLiteralType.Decimal => Real(text),
            KustoLiteralType.Timespan => Duration(text) is { } ticks ? new Literal.Duration(ticks) : null,
            KustoLiteralType.DateTime => Instant(text),
            _ => Guid.TryParse(Unquoted(text), out var guid) ? new Literal.String(guid.ToString("D")) : null,
        };
    }

    /// <summary>The value of what stands in <c>dynamic(…)</c>.</summary>
    public static Literal OfJson(KustoExpression json) => json switch
    {
        KustoExpression.String text => new Literal.String(text.Value),
        KustoExpression.Array array => new Literal.Array([.. array.Items.Select(OfJson)]),
        KustoExpression.Bag bag => new Literal.Object([.. bag.Properties.Select(p => new Literal.Member(p.Name, OfJson(p.Value)))]),
        KustoExpression.Literal literal => Of(literal) ?? new Literal.Null(),
        KustoExpression.Sign(var negative, KustoExpression.Literal literal) => Signed(negative, Of(literal)) ?? new Literal.Null(),
        KustoExpression.Dynamic inner => OfJson(inner.Value),
        _ => new Literal.Null(),
    };

    /// <summary>A number or a length of time with its sign; null for what has none.</summary>
    public static Literal? Signed(bool negative, Literal? value) => value switch
    {
        Literal.Integer number => new Literal.Integer(negative ? unchecked(-number.Value) : number.Value),
        Literal.Real number => new Literal.Real(negative ? -number.Value : number.Value),
        Literal.Duration length => new Literal.Duration(negative ? -length.Ticks : length.Ticks),
        _ => null,
    };

    static Literal? Integer(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? new Literal.Integer(unchecked((long)bits)) : null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole) : Real(text);
    }

    static Literal.Real? Real(string text) => text switch
    {
        "nan" => new(double.NaN),
        "+inf" => new(double.PositiveInfinity),
        "-inf" => new(double.NegativeInfinity),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new(number) : null,
    };

    static long? Duration(string text)
    {
        text = Unquoted(text);
        foreach (var (unit, ticks) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
                return amount * ticks is > -9e18 and < 9e18 and var length ? (long)length : null;
        }

        // A number alone counts days.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
            return days is > -1e7 and < 1e7 ? (long)(days * TimeSpan.TicksPerDay) : null;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.Ticks : null;
    }

    static Literal.Instant? Instant(string text) =>
        DateTimeOffset.TryParse(Unquoted(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new(time.UtcTicks)
        : text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1 and <= 9999
            ? new(new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks)
            : null;

    static string Unquoted(string text) => text.Trim('"', '\'');
}
