using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Store;

/// <summary>Which catalog events a rule can match: those of its log source, narrowed by the event ids it names.</summary>
static class RuleEvents
{
    static readonly string[] IdFields = ["EventID", "EventId", "event_id"];

    public static ImmutableArray<string> Of(ImmutableArray<LogSourceEntry> sources, RuleReading? reading)
    {
        if (reading is null)
            return [];
        var named = reading.Observations.Items
            .Where(o => o is { Side: Side.Indicator, IsNegated: false, Operator: ReadOperator.Eq or ReadOperator.In } && IdFields.Contains(o.Field, StringComparer.Ordinal))
            .Select(o => int.TryParse(o.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)
            .ToHashSet();
        // A whole channel without an event id says nothing about which of its events are meant.
        return
        [
            .. sources.SelectMany(s => named.Count == 0 && s.Records.Items.Any(r => r.EventIds.IsEmpty) ? [] : EventCatalog.Shipped.Of(s))
                .Where(e => named.Count == 0 || named.Contains(e.EventId))
                .Select(e => e.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }
}
