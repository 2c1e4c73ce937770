using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Compare;

/// <summary>What makes two tests one row.</summary>
/// <param name="Key">Number of the value's key in the catalog; negative for one that the catalog does not have, null where only presence is tested.</param>
readonly record struct RowId(string Side, string Field, string Owner, string Kind, long? Key);

/// <summary>A rule that need not be in the catalog, its rows under the catalog's numbers.</summary>
sealed record OwnRule(RuleRecord Record, ImmutableDictionary<RowId, ComparedRow> Rows, ImmutableHashSet<long> Held)
{
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

        var held = connection.Query("SELECT id FROM rule WHERE vendor = $1 AND name = $2", [record.Document.Vendor, record.Document.Id], r => r.GetInt64(0));
        return new(record, rows.ToImmutable(), [.. held]);

        long KeyOf(string key)
        {
            if (connection.Query("SELECT id FROM value WHERE text = $1", [key], r => r.GetInt64(0)) is [var known])
                return known;
            return unknown.TryGetValue(key, out var made) ? made : unknown[key] = -1 - unknown.Count;
        }
    }
}
