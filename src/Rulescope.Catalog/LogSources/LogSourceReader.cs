using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.LogSources;

/// <summary>Answers questions about log sources. A rule that joins several counts under each.</summary>
public sealed class LogSourceReader(CatalogFile catalog)
{
    const int FieldLimit = 25;

    // Rules that can run on the source $1.
    const string Own = "FROM rule r WHERE r.kind = 'rule' AND EXISTS (SELECT 1 FROM rule_source n WHERE n.rule = r.id AND n.source = $1)";

    /// <summary>The log source of an id in any case; null where there is none.</summary>
    public LogSourcePage? Read(string id)
    {
        if (LogSourceCatalog.Shipped.Find(id.ToLowerInvariant()) is not { } source)
            return null;
        using var connection = catalog.Connect();
        var vendors = connection.Query($"SELECT r.vendor, count(*) {Own} GROUP BY 1", [source.Id], r => new Facet(r.GetString(0), r.GetInt32(1)));
        return new(source, vendors.Sum(v => v.Rules), [.. vendors.OrderBy(v => Vendors.Order.IndexOf(v.Name))])
        {
            Techniques =
            [
                .. connection.Query(
                    $"SELECT t.technique, count(*) AS n FROM rule_technique t WHERE t.rule IN (SELECT r.id {Own}) GROUP BY 1 ORDER BY n DESC, 1", [source.Id],
                    r => Technique(r.GetString(0), r.GetInt32(1))),
            ],
            Fields = Fields(connection, source.Id),
            Events = Events(connection, source),
            Near = [.. LogSourceCatalog.Shipped.Sources.Where(s => s.Id != source.Id && (IsWithin(s.Id, source.Id) || IsWithin(source.Id, s.Id)))],
        };
    }

    /// <summary>Every known log source with its number of live rules, in the order of the files.</summary>
    public ImmutableArray<LogSourceCount> All()
    {
        using var connection = catalog.Connect();
        var counts = connection.Query(
            "SELECT n.source, r.vendor, count(DISTINCT r.id) FROM rule_source n JOIN rule r ON r.id = n.rule WHERE r.kind = 'rule' GROUP BY 1, 2", [],
            r => (Source: r.GetString(0), Vendor: new Facet(r.GetString(1), r.GetInt32(2)))).ToLookup(c => c.Source, c => c.Vendor, StringComparer.Ordinal);
        return
        [
            .. LogSourceCatalog.Shipped.Sources.Select(s => new LogSourceCount(s, counts[s.Id].Sum(v => v.Rules), [.. counts[s.Id].OrderBy(v => Vendors.Order.IndexOf(v.Name))])),
        ];
    }

    /// <summary>A technique as a tally names it; one that ATT&amp;CK does not know keeps its id.</summary>
    internal static TechniqueTally Technique(string id, int rules)
    {
        var facts = AttackFacts.Default;
        return new(id, facts.NameOf(id) is null ? id : facts.FullNameOf(id), facts.Find(id) is not null, rules);
    }

    // What picks the log source is the same in all its rules and says nothing of them.
    static ImmutableArray<FieldTally> Fields(SqliteConnection connection, string source) =>
    [
        .. connection.Query(
            $"""
            SELECT f.name, f.owner, count(DISTINCT o.rule) AS n FROM observation o JOIN field f ON f.id = o.field
            WHERE o.reading < 2 AND o.role = 'behaviour' AND o.rule IN (SELECT r.id {Own}) GROUP BY o.field ORDER BY n DESC, f.name, f.owner LIMIT {FieldLimit}
            """,
            [source], r => new FieldTally(r.GetString(0), r.GetString(1), r.GetInt32(2))),
    ];

    static ImmutableArray<EventTally> Events(SqliteConnection connection, LogSourceEntry source)
    {
        var counts = connection.Query(
            "SELECT e.event, count(*) FROM rule_event e JOIN rule r ON r.id = e.rule WHERE r.kind = 'rule' GROUP BY 1", [], r => (Event: r.GetString(0), Rules: r.GetInt32(1)))
            .ToDictionary(c => c.Event, c => c.Rules, StringComparer.Ordinal);
        return
        [
            .. EventCatalog.Shipped.Events.Where(e => EventCatalog.Shipped.SourcesOf(e).Contains(source.Id, StringComparer.Ordinal))
                .Select(e => new EventTally(e, counts.GetValueOrDefault(e.Id))).OrderByDescending(e => e.Rules).ThenBy(e => e.Event.Id, StringComparer.Ordinal),
        ];
    }

    static bool IsWithin(string inner, string outer) => inner.StartsWith(outer, StringComparison.Ordinal) && inner.Length > outer.Length && inner[outer.Length] == '/';
}
