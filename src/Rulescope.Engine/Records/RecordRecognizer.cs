using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Engine.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Engine.Records;

/// <summary>Whether a record can be of the log source a rule asks for.</summary>
public enum SourceFit
{
    No,

    /// <summary>Nothing says so, and nothing speaks against it: the record or the source cannot be recognised.</summary>
    Unknown,

    Yes,
}

/// <summary>A record, the shape it has and the selector by which it belongs to the log source that was asked for.</summary>
/// <param name="Event">The record.</param>
/// <param name="Shape">Its shape, or null when none is known.</param>
/// <param name="Selector">What tells how it answers to the source's field names, or null.</param>
public sealed record RecordView(Event Event, RecordShape? Shape, RecordSelector? Selector);

/// <summary>Tells records apart: which shape they have and to which log sources they belong.</summary>
public sealed class RecordRecognizer(LogSourceCatalog catalog)
{
    readonly ConcurrentDictionary<LogSourceTriple, ImmutableArray<LogSourceEntry>> _about = new();

    /// <summary>The first shape that fits, or null.</summary>
    public RecordShape? ShapeOf(Event record)
    {
        foreach (var shape in catalog.Shapes)
        {
            foreach (var all in shape.When.Items)
            {
                if (all.Items.All(test => Holds(test, record.Content)))
                    return shape;
            }
        }

        return null;
    }

    /// <summary>The ids of all log sources a record belongs to, wide and narrow.</summary>
    public IEnumerable<string> SourcesOf(Event record)
    {
        var shape = ShapeOf(record);
        return catalog.Sources.Where(s => s.Records.Items.Any(r => Selects(r, record, shape))).Select(s => s.Id);
    }

    /// <summary>Whether a record of a shape is of the source a rule names, and how it then answers to field names.</summary>
    public SourceFit Fit(Event record, RecordShape? shape, LogSourceTriple asked, out RecordSelector? selector)
    {
        selector = null;
        var recognizable = false;
        var sources = _about.GetOrAdd(asked, catalog.About);
        foreach (var candidate in sources.SelectMany(s => s.Records.Items))
        {
            recognizable = true;
            // Of several selectors that fit, the one with field names of its own says more.
            if (Selects(candidate, record, shape) && (selector is null || (selector.Fields.IsEmpty && !candidate.Fields.IsEmpty)))
                selector = candidate;
        }

        if (selector is not null)
            return SourceFit.Yes;
        // A source without selectors can only be told by what a record is not.
        return shape is null && !recognizable ? SourceFit.Unknown : SourceFit.No;
    }

    static bool Selects(RecordSelector selector, Event record, RecordShape? shape)
    {
        if (shape is null || !string.Equals(shape.Family, selector.Family, StringComparison.Ordinal))
            return false;
        return (selector.Channels.IsEmpty || Has(record, shape, "Channel", selector.Channels.Items))
            && (selector.EventIds.IsEmpty || Has(record, shape, "EventID", [.. selector.EventIds.Items.Select(id => id.ToString(CultureInfo.InvariantCulture))]))
            && selector.Where.Items.All(test => Holds(test, record.Content));
    }

    static bool Has(Event record, RecordShape shape, string field, ImmutableArray<string> values) =>
        Any(EventFields.Resolve(record.Content, shape, null, field), text => values.Contains(text, StringComparer.OrdinalIgnoreCase));

    static bool Holds(RecordTest test, EventValue.Object content)
    {
        var value = RecordPaths.At(content, test.Path);
        return test switch
        {
            RecordTest.Present present => value.HasValue == present.Expected,
            RecordTest.OneOf one => Any(value, text => one.Values.Items.Contains(text, StringComparer.OrdinalIgnoreCase)),
            RecordTest.StartsWith starts => Any(value, text => starts.Values.Items.Any(v => text.StartsWith(v, StringComparison.OrdinalIgnoreCase))),
            RecordTest.EndsWith ends => Any(value, text => ends.Values.Items.Any(v => text.EndsWith(v, StringComparison.OrdinalIgnoreCase))),
            _ => throw new UnreachableException(test.GetType().Name),
        };
    }

    static bool Any(EventValue value, Func<string, bool> test) =>
        value is EventValue.Array list ? list.Items.Items.Any(i => Any(i, test)) : value.AsText is { } text && test(text);
}
