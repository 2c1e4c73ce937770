using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Rules;

/// <summary>A live rule that looks for much the same.</summary>
/// <param name="Overlap">From 0 to 1: the weight of the indicators that both have, of those that either has.</param>
/// <param name="Shared">Indicators that both have.</param>
/// <param name="Own">Indicators of that rule.</param>
public sealed record SimilarRule(RuleEntry Rule, double Overlap, int Shared, int Own);

/// <summary>Finds the rules that share indicators with one, the rare ones counting most.</summary>
/// <remarks>
/// An indicator weighs <c>ln((N + 1) / n)</c> where n of N live rules have it, as in a comparison. Indicators of very many rules find nobody,
/// but count in the overlap of those found.
/// </remarks>
sealed class SimilarRules
{
    const double Least = 0.2;
    const int Most = 8;
    const int MostCandidates = 16;
    const int Common = 300;

    readonly record struct Row(long Field, string Kind, long Key);

    readonly SqliteConnection _connection;
    readonly double _live;

    SimilarRules(SqliteConnection connection)
    {
        _connection = connection;
        _live = connection.Count("SELECT count(*) FROM rule WHERE kind = 'rule'");
    }

    /// <summary>The most alike first.</summary>
    public static ImmutableArray<SimilarRule> Of(SqliteConnection connection, long rule) => new SimilarRules(connection).Find(rule);

    ImmutableArray<SimilarRule> Find(long rule)
    {
        var own = Rows(rule);
        var shared = new Dictionary<long, double>();
        foreach (var (row, rules) in own.Where(r => r.Value <= Common))
        {
            foreach (var other in _connection.Query(
                "SELECT DISTINCT o.rule FROM observation o JOIN rule r ON r.id = o.rule WHERE o.field = $1 AND o.kind = $2 AND o.row_key = $3 AND o.side = 'indicator' AND o.reading < 2 AND r.kind = 'rule'",
                [row.Field, row.Kind, row.Key], r => r.GetInt64(0)))
            {
                shared[other] = shared.GetValueOrDefault(other) + Weight(rules);
            }
        }

        shared.Remove(rule);
        return
        [
            .. shared.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(MostCandidates).Select(s => Compare(own, s.Key))
                .Where(s => s.Overlap >= Least).OrderByDescending(s => s.Overlap).ThenBy(s => s.Rule.Vendor, StringComparer.Ordinal).ThenBy(s => s.Rule.Id, StringComparer.Ordinal).Take(Most),
        ];
    }

    SimilarRule Compare(Dictionary<Row, int> own, long other)
    {
        var there = Rows(other);
        var both = own.Where(r => there.ContainsKey(r.Key)).ToArray();
        var weight = both.Sum(r => Weight(r.Value));
        var either = own.Values.Sum(Weight) + there.Values.Sum(Weight) - weight;
        var entry = _connection.Query($"{RuleEntries.Select} WHERE r.id = $1", [other], RuleEntries.Read)[0];
        return new(entry, either > 0 ? Math.Min(1, weight / either) : 0, both.Length, there.Count);
    }

    // Each with the live rules that have it; counts over public rule sets may be above those of this catalog.
    Dictionary<Row, int> Rows(long rule) => _connection.Query(
        """
        SELECT DISTINCT o.field, o.kind, o.row_key, coalesce(x.rules, 1) FROM observation o
        LEFT JOIN reach x ON x.field = o.field AND x.kind = o.kind AND x.row_key = o.row_key
        WHERE o.rule = $1 AND o.side = 'indicator' AND o.reading < 2 AND o.row_key IS NOT NULL
        """,
        [rule], r => KeyValuePair.Create(new Row(r.GetInt64(0), r.GetString(1), r.GetInt64(2)), r.GetInt32(3))).ToDictionary();

    double Weight(int rules) => Math.Max(0, Math.Log((_live + 1) / Math.Max(1, rules)));
}
