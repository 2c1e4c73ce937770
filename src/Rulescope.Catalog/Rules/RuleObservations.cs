using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Rules;

/// <summary>The rows of one rule with their reach per vendor.</summary>
static class RuleObservations
{
    sealed record Row(long Field, string Kind, long? Key, RuleIndicator Shown, string Side, int Stage, int? Clause);

    public static (ImmutableArray<RuleIndicator> Indicators, ImmutableArray<RuleClause> Exclusions) Read(SqliteConnection connection, long rule)
    {
        var rows = connection.Query(
            """
            SELECT o.field, o.kind, o.row_key, f.name, v.text, o.role, coalesce(x.rules, 0), o.span_start, o.span_length, o.negated, o.side, o.stage, o.clause, o.operator,
                o.drawn, o.drawn_start, o.drawn_length, o.how
            FROM observation o JOIN field f ON f.id = o.field LEFT JOIN value v ON v.id = o.value
            LEFT JOIN reach x ON x.field = o.field AND x.kind = o.kind AND x.row_key = o.row_key
            WHERE o.rule = $1 AND o.reading < 2 ORDER BY o.rowid
            """,
            [rule],
            r => new Row(
                r.GetInt64(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetInt64(2),
                new(r.GetString(3), r.GetString(13), r.TextOrNull(4), r.GetString(5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8))
                {
                    IsNegated = r.GetBoolean(9),
                    Drawn = r.IsDBNull(14) ? null : new(r.GetInt64(14), r.GetInt32(15), r.GetInt32(16)),
                    How = r.TextOrNull(17),
                },
                r.GetString(10), r.GetInt32(11), r.IsDBNull(12) ? null : r.GetInt32(12)));
        var clauses = connection.Query(
            "SELECT stage, number, label, text FROM clause WHERE rule = $1 ORDER BY stage, number", [rule],
            r => (Stage: r.GetInt32(0), Number: r.GetInt32(1), Label: r.GetString(2), Text: r.GetString(3)));
        return (
            [.. rows.Where(r => r.Side == "indicator").Select(r => WithVendors(connection, r))],
            [.. clauses.Select(c => new RuleClause(c.Label, c.Text, [.. rows.Where(r => r.Stage == c.Stage && r.Clause == c.Number).Select(r => r.Shown)]))]);
    }

    public static string EventTitle(string id) => EventCatalog.Shipped.Find(id)?.Title ?? id;

    static RuleIndicator WithVendors(SqliteConnection connection, Row row) => row.Shown.Reach < 2 || row.Key is not { } key
        ? row.Shown
        : row.Shown with
        {
            ByVendor =
            [
                .. connection.Query(
                    """
                    SELECT r.vendor, count(DISTINCT o.rule) FROM observation o JOIN rule r ON r.id = o.rule
                    WHERE o.field = $1 AND o.kind = $2 AND o.row_key = $3 AND o.side = 'indicator' AND o.reading < 2 AND r.kind = 'rule'
                    GROUP BY r.vendor
                    """,
                    [row.Field, row.Kind, key], r => new VendorReach(r.GetString(0), r.GetInt32(1)))
                .OrderBy(v => Vendors.Order.IndexOf(v.Vendor)),
            ],
        };
}
