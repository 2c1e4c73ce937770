using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Compare;

/// <summary>Finds the rules of the catalog that test much the same as one at hand.</summary>
/// <remarks>
/// The overlap of two rules is the weight of the rows that both have, divided by the weight of the rows that either has. A row weighs
/// <c>ln((N + 1) / n)</c>: N live rules in the catalog, n of them with the row on the same side, at least 1. So the channel that every
/// rule names weighs little, a value that only two have weighs much. From <see cref="Least"/> on two rules are near-duplicates.
/// </remarks>
sealed class NearRules(SqliteConnection connection, RowCounts counts, OwnRule own)
{
    /// <summary>The least overlap of near-duplicates.</summary>
    public const double Least = 0.5;

    public ImmutableArray<NearRule> Find()
    {
        var mine = own.Rows.Keys.Sum(counts.Weight);
        var shared = own.Held.ToDictionary(rule => rule, _ => 0.0);
        foreach (var row in own.Rows.Keys)
        {
            foreach (var rule in counts.RulesWith(row))
                shared[rule] = shared.GetValueOrDefault(rule) + counts.Weight(row);
        }

        // No overlap can be above the share of the own weight.
        return
        [
            .. shared.Where(s => own.Held.Contains(s.Key) || s.Value >= Least * mine).Select(s => Compare(s.Key, mine))
                .Where(n => n.IsSame || n.Overlap >= Least)
                .OrderByDescending(n => n.IsSame).ThenByDescending(n => n.Overlap)
                .ThenBy(n => n.Rule.Vendor, StringComparer.Ordinal).ThenBy(n => n.Rule.Id, StringComparer.Ordinal),
        ];
    }

    NearRule Compare(long rule, double mine)
    {
        var there = OwnRule.RowsOf(rule, connection);
        var both = own.Rows.Keys.Where(there.ContainsKey).ToArray();
        var weight = both.Sum(counts.Weight);
        var either = mine + there.Keys.Sum(counts.Weight) - weight;
        var entry = connection.Query($"{RuleEntries.Select} WHERE r.id = $1", [rule], RuleEntries.Read)[0];
        return new(entry, own.Held.Contains(rule), either > 0 ? Math.Min(1, weight / either) : 0, both.Length)
        {
            OnlyHere = InOrder(own.Rows.Where(r => !there.ContainsKey(r.Key)).Select(r => r.Value)),
            OnlyThere = InOrder(there.Where(r => !own.Rows.ContainsKey(r.Key)).Select(r => r.Value)),
        };
    }

    static ImmutableArray<ComparedRow> InOrder(IEnumerable<ComparedRow> rows) =>
    [
        .. rows.OrderByDescending(r => r.Side, StringComparer.Ordinal).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal),
    ];
}
