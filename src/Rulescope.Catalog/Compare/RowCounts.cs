using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Compare;

/// <summary>Which live rules of the catalog have a row; each is asked for once.</summary>
sealed class RowCounts(SqliteConnection connection)
{
    readonly Dictionary<RowId, long[]> _rules = [];

    /// <summary>Live rules of the catalog.</summary>
    public int Live { get; } = (int)connection.Count("SELECT count(*) FROM rule WHERE kind = 'rule'");

    /// <summary>Live rules with the row on its side.</summary>
    public IReadOnlyList<long> RulesWith(RowId row)
    {
        if (row.Key < 0)
            return [];
        if (_rules.TryGetValue(row, out var rules))
            return rules;
        return _rules[row] =
        [
            .. connection.Query(
                """
                SELECT DISTINCT o.rule FROM field f JOIN observation o ON o.field = f.id JOIN rule r ON r.id = o.rule
                WHERE f.name = $1 AND f.owner = $2 AND o.kind = $3 AND o.row_key IS $4 AND o.side = $5 AND o.reading < 2 AND r.kind = 'rule'
                """,
                [row.Field, row.Owner, row.Kind, row.Key, row.Side], r => r.GetInt64(0)),
        ];
    }

    /// <summary>How much a row says about a rule: nothing where all rules have it, the more the fewer do.</summary>
    public double Weight(RowId row) => Math.Log((Live + 1.0) / Math.Max(1, RulesWith(row).Count));
}
