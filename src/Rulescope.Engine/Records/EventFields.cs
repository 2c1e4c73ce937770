using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Engine.Events;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Records;

/// <summary>Finds a rule's field in a record: under the names of its log source, then of its shape, then as it is written.</summary>
static class EventFields
{
    const int MaxDepth = 64;

    /// <summary>The value of a field by its plain name.</summary>
    public static EventValue Resolve(EventValue.Object content, RecordShape? shape, RecordSelector? selector, string field) =>
        Resolve(content, shape, selector, FieldPath.OfDotted(field), KeyLookup.DottedFirst);

    /// <summary>The value of a field; missing where nothing answers to it.</summary>
    public static EventValue Resolve(EventValue.Object content, RecordShape? shape, RecordSelector? selector, FieldPath path, KeyLookup lookup)
    {
        var name = path.Display;
        var value = EventValue.Nothing;
        if (selector is not null)
            value = Named(content, shape, selector.Fields, path, name, lookup);
        if (value is EventValue.Missing && shape is not null)
            value = OfShape(content, shape, path, name, lookup);
        if (value is EventValue.Missing)
            value = Walk(content, path.Segments.Items.AsSpan(), lookup, ignoreSpaces: false);
        return Read(Plain(value, shape?.TextKey), selector, name);
    }

    /// <summary>Every plain value of a record as text, in order, for tests without a field.</summary>
    public static EventValue AllText(EventValue.Object content)
    {
        var found = ImmutableArray.CreateBuilder<EventValue>();
        Gather(content, found, 0);
        return new EventValue.Array(found.ToImmutable());
    }

    /// <summary>The values of all fields whose dotted name passes a test, in order.</summary>
    public static EventValue Matching(EventValue.Object content, Func<string, bool> test)
    {
        var found = ImmutableArray.CreateBuilder<EventValue>();
        Gather(content, "", test, found, 0);
        return RecordPaths.Gathered(found);
    }

    /// <summary>The value a path leads to from a value, by the lookup's rule for keys.</summary>
    public static EventValue Walk(EventValue from, ReadOnlySpan<PathSegment> path, KeyLookup lookup, bool ignoreSpaces)
    {
        if (path.IsEmpty)
            return from;
        switch (path[0], from)
        {
            case (PathSegment.Each, EventValue.Array list):
                return OfEach(list, path[1..], lookup, ignoreSpaces);
            case (PathSegment.Index index, EventValue.Array list):
                var at = index.Position < 0 ? list.Items.Count + index.Position : index.Position;
                return at >= 0 && at < list.Items.Count ? Walk(list.Items[at], path[1..], lookup, ignoreSpaces) : EventValue.Nothing;
            case (PathSegment.Map map, EventValue.Array entries) when lookup == KeyLookup.ProtoJson:
                return Walk(ProtoJson.Entry(entries, map.Name), path[1..], lookup, ignoreSpaces);
            case (PathSegment.Key { Name: var part }, EventValue.Text time) when lookup == KeyLookup.ProtoJson && path.Length == 1:
                return ProtoJson.PartOfTime(time.Value, part);
            // A Struct's map of fields is the object itself.
            case (PathSegment.Key { Name: "fields" }, EventValue.Object fields) when lookup == KeyLookup.ProtoJson && path.Length > 1 && path[1] is PathSegment.Map && fields["fields"] is EventValue.Missing:
                return Walk(fields, path[1..], lookup, ignoreSpaces);
            case (PathSegment.Map map, EventValue.Object record):
                return Walk(record[map.Name], path[1..], lookup, ignoreSpaces);
            // Panther's way through objects stops at a list.
            case (PathSegment.Key, EventValue.Array list) when lookup != KeyLookup.IgnoreCase:
                return OfEach(list, path, lookup, ignoreSpaces);
            case (PathSegment.Key key, EventValue.Object record):
                return OfKey(record, key, path, lookup, ignoreSpaces);
            default:
                return EventValue.Nothing;
        }
    }

    static EventValue OfKey(EventValue.Object record, PathSegment.Key key, ReadOnlySpan<PathSegment> path, KeyLookup lookup, bool ignoreSpaces)
    {
        if (lookup == KeyLookup.DottedFirst)
        {
            // The longest run of keys that is one member's name, dots and all.
            for (var run = path.Length; run > 1; run--)
            {
                if (Joined(path[..run]) is { } name && Member(record, name, lookup, ignoreSpaces) is not EventValue.Missing and var direct
                    && Walk(direct, path[run..], lookup, ignoreSpaces) is not EventValue.Missing and var found)
                    return found;
            }
        }

        return Walk(Member(record, key.Name, lookup, ignoreSpaces), path[1..], lookup, ignoreSpaces);
    }

    static EventValue OfEach(EventValue.Array list, ReadOnlySpan<PathSegment> path, KeyLookup lookup, bool ignoreSpaces)
    {
        var found = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var item in list.Items.Items)
            RecordPaths.Collect(Walk(item, path, lookup, ignoreSpaces), found);
        return RecordPaths.Gathered(found);
    }

    static EventValue Member(EventValue.Object record, string name, KeyLookup lookup, bool ignoreSpaces)
    {
        if (lookup == KeyLookup.ProtoJson)
            return ProtoJson.Member(record, name);
        var exact = record[name];
        if (exact is not EventValue.Missing || (lookup != KeyLookup.IgnoreCase && !ignoreSpaces))
            return exact;
        foreach (var member in record.Members.Items)
        {
            if (lookup == KeyLookup.IgnoreCase && string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
            if (ignoreSpaces && string.Equals(member.Name.Replace(" ", "", StringComparison.Ordinal), name, StringComparison.Ordinal))
                return member.Value;
        }

        return EventValue.Nothing;
    }

    static string? Joined(ReadOnlySpan<PathSegment> run)
    {
        var names = new string[run.Length];
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] is not PathSegment.Key key)
                return null;
            names[i] = key.Name;
        }

        return string.Join('.', names);
    }

    // The longest entry that is the name or a dotted head of it: "data.protoPayload" also says where "data.protoPayload.methodName" is.
    static EventValue Named(EventValue.Object content, RecordShape? shape, EquatableArray<FieldPaths> fields, FieldPath path, string name, KeyLookup lookup)
    {
        var best = fields.Items
            .Where(f => name.StartsWith(f.Field, StringComparison.Ordinal) && (name.Length == f.Field.Length || name[f.Field.Length] == '.'))
            .MaxBy(f => f.Field.Length);
        if (best is null)
            return EventValue.Nothing;
        var rest = path.Segments.Items.AsSpan()[Math.Min(best.Field.Count(c => c == '.') + 1, path.Segments.Count)..];
        foreach (var named in best.Paths.Items)
        {
            var found = RecordPaths.At(content, named);
            // What a Windows selector names stands in the event's data, wherever the shape keeps that.
            for (var i = 0; found is EventValue.Missing && i < (shape?.Data.Count ?? 0); i++)
                found = RecordPaths.At(RecordPaths.At(content, shape?.Data[i] ?? named), named);
            if (found is not EventValue.Missing)
                return Walk(found, rest, lookup, ignoreSpaces: false);
        }

        return EventValue.Nothing;
    }

    static EventValue OfShape(EventValue.Object content, RecordShape shape, FieldPath path, string name, KeyLookup lookup)
    {
        var system = RecordPaths.First(content, FieldPaths.Find(shape.System, name));
        if (system is not EventValue.Missing)
            return system;
        foreach (var root in shape.Data.Items)
        {
            var found = Walk(RecordPaths.At(content, root), path.Segments.Items.AsSpan(), lookup, shape.IgnoreSpaces);
            if (found is not EventValue.Missing)
                return found;
        }

        return EventValue.Nothing;
    }

    // An element with attributes is an object; what a rule means is its text.
    static EventValue Plain(EventValue value, string? textKey) =>
        textKey is not null && value is EventValue.Object element && element[textKey] is not EventValue.Missing and var text ? text : value;

    static EventValue Read(EventValue value, RecordSelector? selector, string field)
    {
        var spellings = selector?.Values.Items.FirstOrDefault(v => string.Equals(v.Field, field, StringComparison.Ordinal))?.Spellings;
        if (spellings is not { } known || value.AsText is not { } text)
            return value;
        var spelling = known.Items.FirstOrDefault(s => string.Equals(s.Native, text, StringComparison.OrdinalIgnoreCase));
        return spelling is null ? value : new EventValue.Text(spelling.Value);
    }

    static void Gather(EventValue value, ImmutableArray<EventValue>.Builder found, int depth)
    {
        if (depth > MaxDepth)
            return;
        switch (value)
        {
            case EventValue.Object record:
                foreach (var member in record.Members.Items)
                    Gather(member.Value, found, depth + 1);
                break;
            case EventValue.Array list:
                foreach (var item in list.Items.Items)
                    Gather(item, found, depth + 1);
                break;
            default:
                if (value.AsText is { } text)
                    found.Add(new EventValue.Text(text));
                break;
        }
    }

    static void Gather(EventValue value, string name, Func<string, bool> test, ImmutableArray<EventValue>.Builder found, int depth)
    {
        if (depth > MaxDepth)
            return;
        if (name.Length > 0 && value is not EventValue.Object && test(name))
        {
            RecordPaths.Collect(value, found);
            return;
        }

        if (value is EventValue.Array list)
        {
            foreach (var item in list.Items.Items)
                Gather(item, name, test, found, depth + 1);
        }
        else if (value is EventValue.Object record)
        {
            foreach (var member in record.Members.Items)
                Gather(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", test, found, depth + 1);
        }
    }
}
