using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Conformance;

/// <summary>Cells of result tables as text, so that what is printed and what was computed can be compared under a column's type.</summary>
static class TypedCells
{
    /// <summary>A value that a file states as text under a type; an empty text is null.</summary>
    public static EventValue Read(string text, string type)
    {
        if (text.Length == 0)
            return EventValue.NullValue;
        if (text is ['[', .., ']'])
            return new EventValue.Array([.. text[1..^1].Split(',', StringSplitOptions.TrimEntries).Select(item => Read(item, type))]);
        return type switch
        {
            "integer" or "long" or "short" or "byte" when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => new EventValue.Integer(number),
            "double" or "float" or "half_float" or "scaled_float" when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => new EventValue.Real(number, text),
            "boolean" when bool.TryParse(text, out var flag) => new EventValue.Bool(flag),
            "date" or "datetime" when Time(text) is { } ticks => new EventValue.Instant(ticks),
            _ => new EventValue.Text(text),
        };
    }

    /// <summary>A cell in one spelling for a column of a type; a value of another kind says so.</summary>
    public static string Write(EventValue value, string type) => value switch
    {
        { HasValue: false } or EventValue.Array { Items.IsEmpty: true } => "null",
        EventValue.Array { Items: [var only] } => Write(only, type),
        EventValue.Array list => $"[{string.Join(", ", list.Items.Select(i => Write(i, type)).Order(StringComparer.Ordinal))}]",
        EventValue.Object => "(object)",
        _ => Plain(value, type),
    };

    static string Plain(EventValue value, string type) => (type, value) switch
    {
        ("integer" or "long" or "short" or "byte" or "int", EventValue.Integer number) => number.Value.ToString(CultureInfo.InvariantCulture),
        ("double" or "float" or "half_float" or "scaled_float", EventValue.Real number) => number.Value.ToString("R", CultureInfo.InvariantCulture),
        // Whole numbers that stand in a column of others are widened.
        ("double" or "float" or "half_float" or "scaled_float", EventValue.Integer number) => ((double)number.Value).ToString("R", CultureInfo.InvariantCulture),
        ("boolean", EventValue.Bool) or ("date" or "datetime", EventValue.Instant) => value.AsText ?? "",
        ("integer" or "long" or "short" or "byte" or "int" or "double" or "float" or "half_float" or "scaled_float" or "boolean" or "date" or "datetime", _)
            or (_, not EventValue.Text) => $"{value.AsText} ({value.GetType().Name.ToLowerInvariant()})",
        _ => value.AsText ?? "",
    };

    static long? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcTicks : null;

    /// <summary>The cells of a line of a CSV file; commas inside quotes or square brackets part nothing.</summary>
    public static ImmutableArray<string> Split(string line)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        var (start, quoted, listed) = (0, false, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted && !listed))
            {
                cells.Add(line[start..i].Trim().Trim('"'));
                start = i + 1;
                continue;
            }

            quoted ^= line[i] == '"';
            listed = !quoted && (line[i] == '[' || (listed && line[i] != ']'));
        }

        return cells.ToImmutable();
    }
}
