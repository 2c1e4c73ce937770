using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Compare;

/// <summary>What makes two tests one row.</summary>
/// <param name="Key">Number of the value's key in the catalog; negative for one that the catalog does not have, null where only presence is tested.</param>
readonly record struct RowId(string Side, string Field, string Owner, string Kind, long? Key);

/// <summary>A rule that need not be in the catalog, its rows under the catalog's numbers.</summary>
/// <param name="Held">The rule itself, where the catalog holds it.</param>
sealed record OwnRule(ImmutableArray<string> Platforms, ImmutableDictionary<RowId, ComparedRow> Rows, ImmutableHashSet<long> Held)
{
    /// <summary>A rule of the catalog, as the catalog has read it.</summary>
    public static OwnRule Of(RuleEntry entry, SqliteConnection connection)
    {
        var held = HeldAs(entry.Vendor, entry.Id, connection);
        return new(entry.Platforms, held is [var row, ..] ? RowsOf(row, connection).ToImmutableDictionary() : ImmutableDictionary<RowId, ComparedRow>.Empty, [.. held]);
    }

    /// <summary>The rows of a rule of the catalog, by the number it has there.</summary>
    public static Dictionary<RowId, ComparedRow> RowsOf(long rule, SqliteConnection connection)
    {
        var rows = new Dictionary<RowId, ComparedRow>();
        foreach (var (id, row) in connection.Query(
            """
            SELECT o.side, f.name, f.owner, o.kind, o.row_key, v.text, o.role FROM observation o JOIN field f ON f.id = o.field LEFT JOIN value v ON v.id = o.value
            WHERE o.rule = $1 AND o.reading < 2 AND o.side <> 'guard' ORDER BY o.rowid
            """,
            [rule],
            r => (
                new RowId(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetInt64(4)),
                new ComparedRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.TextOrNull(5), r.GetString(6)))))
        {
            rows.TryAdd(id, row);
        }

        return rows;
    }

    /// <summary>The rule with the numbers of an open catalog; rows stand for what the catalog's own reading of the rule would have.</summary>
    public static OwnRule Of(RuleRecord record, SqliteConnection connection)
    {
        var rows = ImmutableDictionary.CreateBuilder<RowId, ComparedRow>();
        var unknown = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (leaf, reading) in record.Observations)
        {
            if (reading == ReadingKind.Plain || leaf.Seen.Side == Side.Guard)
                continue;
            var row = new ComparedRow(leaf.Seen.Side.ToString().ToLowerInvariant(), leaf.Field, leaf.Owner ?? "", leaf.Kind.Word(), leaf.Value, leaf.Role.ToString().ToLowerInvariant());
            rows.TryAdd(new(row.Side, row.Field, row.Owner, row.Kind, leaf.RowKey is { } key ? KeyOf(key) : null), row);
        }

        return new(record.Platforms, rows.ToImmutable(), [.. HeldAs(record.Document.Vendor, record.Document.Id, connection)]);

        long KeyOf(string key)
        {
            if (connection.Query("SELECT id FROM value WHERE text = $1", [key], r => r.GetInt64(0)) is [var known])
                return known;
            return unknown.TryGetValue(key, out var made) ? made : unknown[key] = -1 - unknown.Count;
        }
    }

    // A live rule before a hunt or a deprecated one of the same id.
    static IReadOnlyList<long> HeldAs(string vendor, string id, SqliteConnection connection) =>
        connection.Query("SELECT id FROM rule WHERE vendor = $1 AND name = $2 ORDER BY kind <> 'rule', id", [vendor, id], r => r.GetInt64(0));
}
