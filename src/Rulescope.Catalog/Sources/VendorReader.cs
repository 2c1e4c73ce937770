using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Sources;

/// <summary>Answers questions about vendors.</summary>
public sealed class VendorReader(CatalogFile catalog)
{
    const int NewestLimit = 10;
    const int ExampleLimit = 5;

    const string Live = "FROM rule r WHERE r.vendor = $1 AND r.kind = 'rule'";

    /// <summary>The page of a vendor, also of one without a rule; null for a word that names none.</summary>
    public VendorPage? Read(string vendor)
    {
        if (!Vendors.Order.Contains(vendor, StringComparer.Ordinal))
            return null;
        // Before the connection: nobody may hold one and wait for another.
        var newest = new RecentRules(catalog).Changed(NewestLimit, vendor);
        ImmutableArray<CatalogSource> sources = [.. CatalogSources.Read(catalog).Where(s => s.Vendor == vendor)];
        using var connection = catalog.Connect();
        return new(vendor, (int)connection.Count($"SELECT count(*) {Live}", vendor))
        {
            Read = Count(connection, vendor, $"SELECT CASE WHEN r.has_logic = 0 THEN 'none' WHEN r.is_readable = 1 THEN 'full' ELSE 'part' END, count(*) {Live} GROUP BY 1"),
            Kinds = Count(connection, vendor, "SELECT r.kind, count(*) FROM rule r WHERE r.vendor = $1 GROUP BY 1"),
            Languages = Count(connection, vendor, $"SELECT r.language, count(*) {Live} GROUP BY 1"),
            Levels = Count(connection, vendor, $"SELECT r.level, count(*) {Live} GROUP BY 1"),
            Platforms = Count(connection, vendor, "SELECT p.value, count(*) FROM rule r, json_each(r.platforms) p WHERE r.vendor = $1 AND r.kind = 'rule' GROUP BY 1"),
            Techniques =
            [
                .. connection.Query(
                    "SELECT t.technique, count(*) AS n FROM rule_technique t JOIN rule r ON r.id = t.rule WHERE r.vendor = $1 AND r.kind = 'rule' GROUP BY 1 ORDER BY n DESC, 1", [vendor],
                    r => LogSourceReader.Technique(r.GetString(0), r.GetInt32(1))),
            ],
            Untagged = (int)connection.Count($"SELECT count(*) {Live} AND NOT EXISTS (SELECT 1 FROM rule_technique t WHERE t.rule = r.id)", vendor),
            Newest = newest,
            Sources = sources,
            Findings = Findings(connection, vendor),
        };
    }

    static ImmutableArray<Facet> Count(SqliteConnection connection, string vendor, string sql) =>
        [.. connection.Query(sql, [vendor], r => new Facet(r.GetString(0), r.GetInt32(1))).OrderByDescending(f => f.Rules).ThenBy(f => f.Name, StringComparer.Ordinal)];

    static ImmutableArray<FindingTally> Findings(SqliteConnection connection, string vendor) =>
    [
        .. connection.Query(
            """
            SELECT g.code, g.path, g.line, g.message, g.severity,
                (SELECT CASE WHEN count(*) = 1 THEN max(r.vendor || '/' || r.name) END FROM rule r WHERE r.file = g.file)
            FROM finding g JOIN source s ON s.id = g.source WHERE s.vendor = $1 ORDER BY g.path, g.line, g.col
            """,
            [vendor], r => (Code: r.GetString(0), Severity: r.GetString(4), Example: new FindingExample(r.GetString(1), r.GetInt32(2), r.GetString(3), r.TextOrNull(5))))
            .GroupBy(f => f.Code, StringComparer.Ordinal)
            .Select(g => new FindingTally(g.Key, g.First().Severity, g.Count(), [.. g.Take(ExampleLimit).Select(f => f.Example)]))
            .OrderBy(f => f.Severity switch { "error" => 0, "warning" => 1, _ => 2 }).ThenByDescending(f => f.Count).ThenBy(f => f.Code, StringComparer.Ordinal),
    ];
}
