using System.Globalization;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Facts;

/// <summary>Adds what the public rule sets test to the reach of a catalog that holds none of them, such as the one of starter rules.</summary>
static class PublicReach
{
    const string DateFormat = "yyyy-MM-dd";

    /// <summary>The day of the counts that a catalog's reach holds; null for none.</summary>
    public static DateOnly? DateIn(CatalogFile catalog)
    {
        using var connection = catalog.Connect();
        return connection.Query("SELECT value FROM meta WHERE key = 'facts'", [], r => r.GetString(0)) is [var date]
            ? DateOnly.ParseExact(date, DateFormat, CultureInfo.InvariantCulture)
            : null;
    }

    public static void Add(SqliteConnection connection, ReachFacts facts)
    {
        var rows = connection.Query(
            """
            SELECT x.field, x.kind, x.row_key, f.owner, f.name, v.text, x.rules
            FROM reach x JOIN field f ON f.id = x.field JOIN value v ON v.id = x.row_key
            """,
            [], r => (Field: r.GetInt64(0), Kind: r.GetString(1), Key: r.GetInt64(2), Counts: facts.Find(r.GetString(3), r.GetString(4), r.GetString(1), r.GetString(5))));
        foreach (var row in rows.Where(r => !r.Counts.IsEmpty))
        {
            var own = connection.Query(
                "SELECT DISTINCT r.vendor FROM observation o JOIN rule r ON r.id = o.rule WHERE o.field = $1 AND o.kind = $2 AND o.row_key = $3 AND r.kind = 'rule'",
                [row.Field, row.Kind, row.Key], r => r.GetString(0));
            var vendors = Vendors.Order.Where((v, i) => row.Counts[i] > 0).Union(own, StringComparer.Ordinal).Count();
            connection.Run(
                "UPDATE reach SET rules = rules + $4, vendors = $5 WHERE field = $1 AND kind = $2 AND row_key = $3",
                row.Field, row.Kind, row.Key, row.Counts.Sum(), vendors);
        }

        connection.Run("INSERT OR REPLACE INTO meta (key, value) VALUES ('facts', $1)", facts.Date.ToString(DateFormat, CultureInfo.InvariantCulture));
    }
}
