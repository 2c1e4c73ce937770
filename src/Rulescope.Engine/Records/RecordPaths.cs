using System.Collections.Immutable;
using Rulescope.Engine.Events;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Records;

/// <summary>Walks from a value along names. A list on the way stands for its elements, whose answers are collected.</summary>
static class RecordPaths
{
    /// <summary>The value at a path of a record.</summary>
    public static EventValue At(EventValue root, RecordPath path) => At(root, path.Steps.Items.AsSpan());

    /// <summary>The first of the paths that leads to a value.</summary>
    public static EventValue First(EventValue root, EquatableArray<RecordPath> paths)
    {
        foreach (var path in paths.Items)
        {
            var found = At(root, path);
            if (found is not EventValue.Missing)
                return found;
        }

        return EventValue.Nothing;
    }

    /// <summary>The value a list of steps leads to; every name is taken as it is, <c>*</c> takes every member.</summary>
    public static EventValue At(EventValue from, ReadOnlySpan<string> steps)
    {
        if (steps.IsEmpty)
            return from;
        if (from is EventValue.Array list)
        {
            var found = ImmutableArray.CreateBuilder<EventValue>();
            foreach (var item in list.Items.Items)
                Collect(At(item, steps), found);
            return Gathered(found);
        }

        if (from is not EventValue.Object record)
            return EventValue.Nothing;
        if (steps[0] != "*")
            return At(record[steps[0]], steps[1..]);
        var all = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var member in record.Members.Items)
            Collect(At(member.Value, steps[1..]), all);
        return Gathered(all);
    }

    /// <summary>Many answers are a list, one is itself, none is missing.</summary>
    public static EventValue Gathered(ImmutableArray<EventValue>.Builder found) => found.Count switch
    {
        0 => EventValue.Nothing,
        1 => found[0],
        _ => new EventValue.Array(found.ToImmutable()),
    };

    /// <summary>Adds an answer; a list adds its elements.</summary>
    public static void Collect(EventValue value, ImmutableArray<EventValue>.Builder found)
    {
        if (value is EventValue.Array list)
            found.AddRange(list.Items.Items);
        else if (value is not EventValue.Missing)
            found.Add(value);
    }
}
