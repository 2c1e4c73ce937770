using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;

namespace Rulescope.Engine.Evaluation;

/// <summary>Kusto's own functions on single values (Microsoft Kusto documentation: tostring, parse_json, the dynamic type).</summary>
static class KustoFunctions
{
    static readonly FrozenDictionary<string, Func<ImmutableArray<EventValue>, EventValue>> Known =
        new Dictionary<string, Func<ImmutableArray<EventValue>, EventValue>>(StringComparer.Ordinal)
        {
            ["tostring"] = a => new EventValue.Text(AsString(a)),
            ["parse_json"] = ParseJson,
            ["member"] = Member,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Func<ImmutableArray<EventValue>, EventValue>? Find(string function) => Known.GetValueOrDefault(function);

    // Null and absent give the empty text, lists and objects their JSON.
    static string AsString(ImmutableArray<EventValue> arguments) => arguments switch
    {
        [EventValue.Array or EventValue.Object] => EventJson.Write(arguments[0]),
        [var value, ..] => value.AsText ?? "",
        _ => "",
    };

    // A text that is no JSON stays the text; a value that is dynamic already stays what it is.
    static EventValue ParseJson(ImmutableArray<EventValue> arguments)
    {
        if (arguments is not [EventValue.Text text, ..])
            return arguments is [{ HasValue: true } value, ..] ? value : EventValue.NullValue;
        if (text.Value.AsSpan().TrimStart() is not ['{', ..])
            return text;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.Value));
        return JsonEventReader.Read(stream, "").ToList() is [{ Event: { } parsed }] ? parsed.Content : text;
    }

    // A path into a dynamic value: names and positions, those from the end negative; null where there is nothing.
    static EventValue Member(ImmutableArray<EventValue> arguments)
    {
        var value = arguments.IsEmpty ? EventValue.NullValue : arguments[0];
        foreach (var key in arguments.Skip(1))
        {
            value = (value, key) switch
            {
                (EventValue.Object record, EventValue.Text name) => record[name.Value],
                (EventValue.Array list, EventValue.Integer { Value: var at }) when (at < 0 ? at + list.Items.Count : at) is >= 0 and var place && place < list.Items.Count => list.Items[(int)place],
                _ => EventValue.NullValue,
            };
        }

        return value.HasValue ? value : EventValue.NullValue;
    }
}
