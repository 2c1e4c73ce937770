using System.Collections.Immutable;
using System.Text;
using Rulescope.Algebra.Fields;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;

namespace Rulescope.Engine.Evaluation;

/// <summary>Python's lists and dicts; those of an event find their keys without regard to letter case, an exact key first.</summary>
static class PythonContainers
{
    const int MaxDepth = 64;

    public static IEnumerable<KeyValuePair<string, PythonFunction>> Known { get; } = new Dictionary<string, PythonFunction>(StringComparer.Ordinal)
    {
        ["member"] = a => a is [EventValue.Object record, EventValue.Text key] ? Under(record, key.Value) : a is [EventValue.Object, _] ? EventValue.Nothing : Evaluated.Failed,
        ["item"] = Item,
        ["slice"] = Slice,
        ["path"] = a => Path(a, 0),
        ["deep_walk"] = DeepWalk,
        ["len"] = a => a switch
        {
            [EventValue.Text text] => new EventValue.Integer(Runes(text.Value).Length),
            [EventValue.Array list] => new EventValue.Integer(list.Items.Count),
            [EventValue.Object record] => new EventValue.Integer(record.Members.Count),
            _ => Evaluated.Failed,
        },
        ["iter"] = a => a.Length == 1 && Elements(a[0]) is { } items ? new EventValue.Array(items) : Evaluated.Failed,
        ["keys"] = a => a is [EventValue.Object record] ? OfMembers(record, m => new EventValue.Text(m.Name)) : Evaluated.Failed,
        ["values"] = a => a is [EventValue.Object record] ? OfMembers(record, m => m.Value) : Evaluated.Failed,
        ["items"] = a => a is [EventValue.Object record] ? OfMembers(record, m => new EventValue.Array([new EventValue.Text(m.Name), m.Value])) : Evaluated.Failed,
        ["set"] = a => a.Length == 1 && Elements(a[0]) is { } items ? new EventValue.Array(Distinct(items)) : Evaluated.Failed,
        ["plus"] = a => a is [EventValue.Array left, EventValue.Array right] ? new EventValue.Array([.. left.Items, .. right.Items]) : Evaluated.Failed,
        ["intersection"] = a => Both(a, (left, right) => left.Where(l => right.Any(r => PythonValues.Same(l, r)))),
        ["difference"] = a => Both(a, (left, right) => left.Where(l => !right.Any(r => PythonValues.Same(l, r)))),
        ["union"] = a => Both(a, (left, right) => left.Concat(right)),
        ["enumerate"] = a => a is [EventValue.Array list] ? new EventValue.Array([.. list.Items.Items.Select((item, i) => new EventValue.Array([new EventValue.Integer(i), item]))]) : Evaluated.Failed,
        ["zip"] = a => a is [EventValue.Array left, EventValue.Array right]
            ? new EventValue.Array([.. left.Items.Items.Zip(right.Items.Items, (l, r) => new EventValue.Array([l, r]))]) : Evaluated.Failed,
        ["to_dict"] = a => a is [EventValue.Array pairs] && pairs.Items.Items.All(p => p is EventValue.Array { Items: [EventValue.Text, _] })
            ? new EventValue.Object([.. pairs.Items.Items.Select(p => new EventValue.Member(((EventValue.Array)p).Items[0].AsText ?? "", ((EventValue.Array)p).Items[1]))]) : Evaluated.Failed,
        ["last"] = a => a is [EventValue.Array { Items: [.., var last] }, ..] ? last : a is [EventValue.Array, var otherwise] ? otherwise : Evaluated.Failed,
        ["first"] = a => a is [EventValue.Array { Items: [var first, ..] }, ..] ? first : a is [EventValue.Array, var otherwise] ? otherwise : Evaluated.Failed,
    };

    /// <summary>What Python's <c>for</c> runs over; null where it raises.</summary>
    static ImmutableArray<EventValue>? Elements(EventValue value) => value switch
    {
        EventValue.Array list => list.Items.Items,
        EventValue.Text text => [.. Runes(text.Value).Select(r => new EventValue.Text(r.ToString()))],
        EventValue.Object record => [.. record.Members.Items.Select(m => new EventValue.Text(m.Name))],
        _ => null,
    };

    static Rune[] Runes(string text) => [.. text.EnumerateRunes()];

    static EventValue.Array OfMembers(EventValue.Object record, Func<EventValue.Member, EventValue> of) => new([.. record.Members.Items.Select(of)]);

    static EventValue Under(EventValue.Object record, string key) => EventFields.Walk(record, [new PathSegment.Key(key)], KeyLookup.IgnoreCase, ignoreSpaces: false);

    static ImmutableArray<EventValue> Distinct(IEnumerable<EventValue> items)
    {
        var distinct = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var item in items)
        {
            if (!distinct.Any(d => PythonValues.Same(d, item)))
                distinct.Add(item);
        }

        return distinct.ToImmutable();
    }

    static Evaluated Both(ImmutableArray<EventValue> a, Func<ImmutableArray<EventValue>, ImmutableArray<EventValue>, IEnumerable<EventValue>> combine) =>
        a.Length == 2 && Elements(a[0]) is { } left && Elements(a[1]) is { } right ? new EventValue.Array(Distinct(combine(left, right))) : Evaluated.Failed;

    static Evaluated Item(ImmutableArray<EventValue> a)
    {
        switch (a)
        {
            case [EventValue.Object record, EventValue.Text key]:
                return Under(record, key.Value) is EventValue.Missing ? Evaluated.Failed : Under(record, key.Value);
            case [EventValue.Array list, EventValue.Integer { Value: var at }]:
                var place = at < 0 ? at + list.Items.Count : at;
                return place >= 0 && place < list.Items.Count ? list.Items[(int)place] : Evaluated.Failed;
            case [EventValue.Text text, EventValue.Integer { Value: var at }]:
                var runes = Runes(text.Value);
                var index = at < 0 ? at + runes.Length : at;
                return index >= 0 && index < runes.Length ? new EventValue.Text(runes[index].ToString()) : Evaluated.Failed;
            default:
                return Evaluated.Failed;
        }
    }

    // Bounds that are null are the edges; those out of range are cut back.
    static Evaluated Slice(ImmutableArray<EventValue> a)
    {
        if (a is not [var value, var low, var high] || low is not (EventValue.Null or EventValue.Integer) || high is not (EventValue.Null or EventValue.Integer))
            return Evaluated.Failed;
        switch (value)
        {
            case EventValue.Array list:
                var (start, end) = Bounds(low, high, list.Items.Count);
                return new EventValue.Array(list.Items.Items[start..end]);
            case EventValue.Text text:
                var runes = Runes(text.Value);
                var (from, to) = Bounds(low, high, runes.Length);
                return new EventValue.Text(string.Concat(runes[from..to]));
            default:
                return Evaluated.Failed;
        }
    }

    static (int Start, int End) Bounds(EventValue low, EventValue high, int length)
    {
        var start = low is EventValue.Integer from ? Place(from.Value, length) : 0;
        var end = high is EventValue.Integer to ? Place(to.Value, length) : length;
        return (start, Math.Max(start, end));
    }

    static int Place(long at, int length) => (int)Math.Clamp(at < 0 ? at + length : at, 0, length);

    // Panther's deep_get: a way through objects only; anything else on the way, or a null at its end, is nothing.
    static EventValue Path(ImmutableArray<EventValue> a, int _)
    {
        var value = a[0];
        foreach (var key in a.Skip(1))
            value = value is EventValue.Object record && key is EventValue.Text name ? Under(record, name.Value) : EventValue.Nothing;
        return value;
    }

    // Panther's deep_walk: value, keys, default, and which of several results is wanted.
    static Evaluated DeepWalk(ImmutableArray<EventValue> a)
    {
        if (a is not [var from, EventValue.Array keys, var otherwise, EventValue.Text wanted])
            return Evaluated.Failed;
        return Walk(from, keys.Items.Items.AsSpan(), otherwise, wanted.Value, 0) is { } found ? found : Evaluated.Failed;
    }

    static EventValue? Walk(EventValue from, ReadOnlySpan<EventValue> keys, EventValue otherwise, string wanted, int depth)
    {
        if (depth > MaxDepth)
            return null;
        if (keys.IsEmpty)
            return IsHollow(from, 0) ? otherwise : from;
        if (from is EventValue.Object record)
        {
            var next = keys[0] is EventValue.Text key ? Under(record, key.Value) : EventValue.Nothing;
            return next.HasValue ? Walk(next, keys[1..], otherwise, wanted, depth + 1) : otherwise;
        }

        var found = new List<EventValue>();
        foreach (var item in from is EventValue.Array list ? list.Items.Items : [])
        {
            var value = Walk(item, keys, otherwise, wanted, depth + 1);
            if (value is null)
                return null;
            foreach (var one in value is EventValue.Array several ? several.Items.Items : value.HasValue ? [value] : [])
            {
                // A list or an object has no hash, and Python raises.
                if (one is EventValue.Array or EventValue.Object)
                    return null;
                if (!found.Any(f => PythonValues.Same(f, one)))
                    found.Add(one);
            }
        }

        return found switch
        {
            [] => otherwise,
            [var first, ..] when wanted is "first" || (wanted is "all" && found.Count == 1) => first,
            [.., var last] when wanted is "last" => last,
            _ => wanted is "all" ? new EventValue.Array([.. found]) : new EventValue.Text("all"),
        };
    }

    static bool IsHollow(EventValue value, int depth) => depth <= MaxDepth && value is EventValue.Array list && list.Items.Items.All(i => IsHollow(i, depth + 1));
}
