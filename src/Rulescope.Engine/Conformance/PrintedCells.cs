using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;

namespace Rulescope.Engine.Conformance;

/// <summary>Cells as documentation prints them: numbers as far as their digits go, times and lists in any spelling, null like the empty text.</summary>
static class PrintedCells
{
    /// <summary>True when a printed cell stands for a value.</summary>
    public static bool Same(string printed, EventValue value) => value switch
    {
        { HasValue: false } or EventValue.Text { Value: "" } => printed.Trim() is "" or "null",
        EventValue.Bool flag => string.Equals(printed, value.AsText, StringComparison.OrdinalIgnoreCase) || printed == (flag.Value ? "1" : "0"),
        EventValue.Integer number => decimal.TryParse(printed, NumberStyles.Float, CultureInfo.InvariantCulture, out var stated) && stated == number.Value,
        EventValue.Real number => double.TryParse(printed, CultureInfo.InvariantCulture, out var stated) && Close(stated, number.Value, printed),
        EventValue.Instant time => DateTimeOffset.TryParse(printed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stated) && stated.UtcTicks == time.Ticks,
        EventValue.Duration length => TimeSpan.TryParse(printed, CultureInfo.InvariantCulture, out var stated) && stated.Ticks == length.Ticks,
        EventValue.Array or EventValue.Object => Json(printed) is { } stated && JsonNode.DeepEquals(stated, Json(Write(value))),
        _ => string.Equals(OneLine(printed), OneLine(value.AsText ?? ""), StringComparison.Ordinal),
    };

    /// <summary>The text of a value; lists and objects as JSON.</summary>
    public static string Write(EventValue value) => value is EventValue.Array or EventValue.Object ? EventJson.Write(value) : value.AsText ?? "";

    // Tables are printed on pages that run blanks together.
    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The last digit that is shown may be rounded.
    static bool Close(double stated, double value, string printed)
    {
        if (stated.Equals(value))
            return true;
        if (printed.Contains('e', StringComparison.OrdinalIgnoreCase))
            return Math.Abs(stated - value) <= Math.Abs(value) * 1e-9;
        var point = printed.IndexOf('.', StringComparison.Ordinal);
        return point >= 0 && Math.Abs(stated - value) <= Math.Max(Math.Pow(10, point + 1 - printed.Length), Math.Abs(value) * 1e-13);
    }

    static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
