using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Records;

/// <summary>How a field by its Protocol Buffers name is found in a record that is written in Protocol Buffers' JSON form.</summary>
/// <remarks>Source: the JSON mapping of Protocol Buffers: names in lowerCamelCase, a Timestamp as RFC 3339 text, a Struct as an object.</remarks>
static class ProtoJson
{
    /// <summary>The member under the name itself, else under its lowerCamelCase form.</summary>
    public static EventValue Member(EventValue.Object record, string name)
    {
        var exact = record[name];
        return exact is EventValue.Missing && name.Contains('_', StringComparison.Ordinal) ? record[Camel(name)] : exact;
    }

    /// <summary>The values of the entries under a key, of a map that is written as a list of keys and values.</summary>
    public static EventValue Entry(EventValue.Array entries, string key)
    {
        var found = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var entry in entries.Items)
        {
            if (entry is EventValue.Object pair && string.Equals(pair["key"].AsText, key, StringComparison.Ordinal))
                RecordPaths.Collect(pair["value"], found);
        }

        return RecordPaths.Gathered(found);
    }

    /// <summary><c>seconds</c> or <c>nanos</c> of a time; missing for any other text.</summary>
    public static EventValue PartOfTime(string text, string part)
    {
        if (part is not ("seconds" or "nanos") || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return EventValue.Nothing;
        return new EventValue.Integer(part == "seconds" ? time.ToUnixTimeSeconds() : time.UtcTicks % TimeSpan.TicksPerSecond * 100);
    }

    static string Camel(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
