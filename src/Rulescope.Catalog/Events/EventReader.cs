using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Events;

/// <summary>Answers questions about events.</summary>
public sealed class EventReader(CatalogFile catalog)
{
    const int IndicatorLimit = 10;

    /// <summary>The event of an id in any case; null with a message for people where there is none.</summary>
    public EventPage? Read(string id, out string message)
    {
        message = "";
        if (EventCatalog.Shipped.Find(id) is not { } one)
        {
            message = Explain(id);
            return null;
        }

        using var connection = catalog.Connect();
        var rules = connection.Query(
            $"{RuleEntries.Select} JOIN rule_event e ON e.rule = r.id WHERE e.event = $1 AND r.kind = 'rule' ORDER BY r.title, r.id", [one.Id],
            r => (Row: r.GetInt64(0), Entry: RuleEntries.Read(r)));
        var entries = rules.ToDictionary(r => r.Row, r => r.Entry);
        var tagged = connection.Query(
            "SELECT t.technique, t.rule FROM rule_event e JOIN rule_technique t ON t.rule = e.rule WHERE e.event = $1", [one.Id], r => (Technique: r.GetString(0), Rule: r.GetInt64(1)))
            .Where(t => entries.ContainsKey(t.Rule)).ToArray();
        var techniques = tagged.Select(t => t.Rule).ToHashSet();
        return new(one, [.. EventCatalog.Shipped.SourcesOf(one).Select(s => new EventSource(s, LogSourceCatalog.Shipped.Find(s)?.Title ?? s))], rules.Count)
        {
            Techniques =
            [
                .. tagged.GroupBy(t => t.Technique, t => t.Rule, StringComparer.Ordinal)
                    .Select(g => Technique(g.Key, [.. rules.Where(r => g.Contains(r.Row)).Select(r => r.Entry)]))
                    .OrderByDescending(t => t.Rules.Length).ThenBy(t => t.Id, StringComparer.Ordinal),
            ],
            Untagged = [.. rules.Where(r => !techniques.Contains(r.Row)).Select(r => r.Entry)],
            Vendors = Indicators(connection, one.Id, [.. rules.Select(r => r.Entry)]),
        };
    }

    /// <summary>Every event of the catalog of events with the number of live rules, in the order of its files.</summary>
    public ImmutableArray<EventCount> All()
    {
        using var connection = catalog.Connect();
        var counts = connection.Query(
            "SELECT e.event, r.vendor, count(*) FROM rule_event e JOIN rule r ON r.id = e.rule WHERE r.kind = 'rule' GROUP BY e.event, r.vendor", [],
            r => (Event: r.GetString(0), Vendor: r.GetString(1), Rules: r.GetInt32(2))).ToLookup(c => c.Event, StringComparer.Ordinal);
        return
        [
            .. EventCatalog.Shipped.Events.Select(e => new EventCount(
                e, counts[e.Id].Sum(c => c.Rules), [.. counts[e.Id].OrderBy(c => Vendors.Order.IndexOf(c.Vendor)).Select(c => new Facet(c.Vendor, c.Rules))])),
        ];
    }

    static EventTechnique Technique(string id, ImmutableArray<RuleEntry> rules)
    {
        var facts = AttackFacts.Default;
        return new(id, facts.NameOf(id) is null ? id : facts.FullNameOf(id), facts.Find(id) is not null, rules);
    }

    // What picks the log source or the event itself says nothing of what is looked for in it, so only behaviour counts.
    static ImmutableArray<EventVendor> Indicators(SqliteConnection connection, string id, ImmutableArray<RuleEntry> rules)
    {
        var rows = connection.Query(
            """
            SELECT r.vendor, f.name, f.owner, o.kind, min(v.text), count(DISTINCT o.rule) AS n
            FROM rule_event e JOIN rule r ON r.id = e.rule JOIN observation o ON o.rule = e.rule JOIN field f ON f.id = o.field JOIN value v ON v.id = o.value
            WHERE e.event = $1 AND r.kind = 'rule' AND o.side = 'indicator' AND o.role = 'behaviour' AND o.negated = 0 AND o.reading < 2 AND f.name <> 'EventID'
            GROUP BY r.vendor, o.field, o.kind, o.row_key ORDER BY n DESC, f.name, o.kind, min(v.text)
            """,
            [id], r => (Vendor: r.GetString(0), Row: new EventIndicator(r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5))));
        return
        [
            .. rules.GroupBy(r => r.Vendor, StringComparer.Ordinal).OrderBy(g => Vendors.Order.IndexOf(g.Key))
                .Select(g => new EventVendor(g.Key, g.Count(), [.. rows.Where(r => r.Vendor == g.Key).Take(IndicatorLimit).Select(r => r.Row)])),
        ];
    }

    // A bare number names events of several providers, so it is answered with their ids.
    static string Explain(string id)
    {
        const int Most = 8;
        var near = EventCatalog.Shipped.Events
            .Where(e => e.Id.EndsWith("/" + id, StringComparison.OrdinalIgnoreCase) || (id.Length > 2 && e.Id.Contains(id, StringComparison.OrdinalIgnoreCase)))
            .Take(Most).Select(e => $"'{e.Id}'").ToArray();
        return near.Length == 0
            ? $"there is no event '{id}': an id is a group and a name, such as sysmon/1, security/4688 or aws/GetSigninToken"
            : $"there is no event '{id}'; did you mean {string.Join(", ", near)}?";
    }
}
