using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Catalog.Compare;

/// <summary>Puts the rows of a rule on the tables of a technique, which are drawn from all its other live rules as the guide's are.</summary>
sealed class TechniquePlacement(SqliteConnection connection, RowCounts counts, OwnRule own, FieldTaxonomy taxonomy)
{
    /// <summary>A row of behaviour is noisy from this share of the live rules on ...</summary>
    public const double NoisyShare = 0.01;

    /// <summary>... and from so many rules on, which is what counts in a small catalog.</summary>
    public const int NoisyLeast = 20;

    int Noisy => Math.Max(NoisyLeast, (int)Math.Ceiling(counts.Live * NoisyShare));

    public TechniqueComparison Of(Technique technique)
    {
        var others = GuideReader.Rules(connection, [technique.Id], []).Where(r => r.Entry.Kind == "rule" && !own.Held.Contains(r.Row)).ToImmutableArray();
        var reader = new GuideObservations(connection, others, plain: false);
        reader.Read(technique.Id);
        var near = others.Where(r => IsSamePlatform(r.Entry)).Select(r => $"{r.Entry.Vendor}/{r.Entry.Id}").ToHashSet(StringComparer.Ordinal);
        var table = reader.Seen.Where(s => s.Side is "indicator" or "exclusion").ToLookup(IdOf);
        var placed = own.Rows.Select(r => Placed(r.Key, r.Value, table[r.Key], near)).ToArray();
        return new(technique, others.Length)
        {
            Matching = InOrder(placed.Where(r => !r.RuleIds.IsEmpty)),
            Rare = InOrder(placed.Where(r => r.RuleIds.IsEmpty)),
            Noisy = InOrder(placed.Where(r => r is { Side: "indicator", Role: "behaviour" } && r.Reach >= Noisy)),
            Missing = InOrder(table.Where(g => g.Key is { Side: "indicator", Key: not null } && !own.Rows.ContainsKey(g.Key)).Select(g => Row(g, near))),
            MissingExclusions = MissingExclusions(reader.Seen, near),
        };
    }

    bool IsSamePlatform(RuleEntry rule) =>
        own.Platforms.IsEmpty || rule.Platforms.IsEmpty || own.Platforms.Intersect(rule.Platforms, StringComparer.OrdinalIgnoreCase).Any();

    int Reach(RowId row) => counts.RulesWith(row).Count(r => !own.Held.Contains(r));

    ComparedRow Placed(RowId id, ComparedRow row, IEnumerable<Seen> there, HashSet<string> near)
    {
        var rules = Rules(there);
        return row with { RuleIds = rules, Reach = Reach(id), IsSamePlatform = rules.IsEmpty || rules.Any(near.Contains) };
    }

    ComparedRow Row(IGrouping<RowId, Seen> group, HashSet<string> near)
    {
        var rules = Rules(group);
        // The commonest spelling, as in the guide.
        var value = group.GroupBy(s => s.Value, StringComparer.Ordinal).OrderByDescending(g => Rules(g).Length).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
        var role = group.Any(s => s.Role == "behaviour") ? "behaviour" : group.First().Role;
        return new(group.Key.Side, group.Key.Field, group.Key.Owner, group.Key.Kind, value, role)
        {
            RuleIds = rules,
            Reach = Reach(group.Key),
            IsSamePlatform = rules.Any(near.Contains),
        };
    }

    // Clauses that exclude the same are one, whatever vendor wrote them.
    ImmutableArray<MissingExclusion> MissingExclusions(List<Seen> seen, HashSet<string> near)
    {
        var clauses = seen.Where(s => s is { Side: "exclusion", Clause: not null }).GroupBy(s => s.Clause)
            .Select(g => (Said: g.Key, Members: g.ToLookup(IdOf), g.First().Vendor, Clause: new ExclusionClause(g.Key?.Text ?? "", [.. g])))
            .GroupBy(c => c.Clause.Key, StringComparer.Ordinal);
        return
        [
            .. clauses.Select(same => same.ToArray())
                .Select(same => new MissingExclusion(
                    [.. same.Select(c => c.Said).OfType<ClauseText>().OrderBy(c => c.RuleId, StringComparer.Ordinal).ThenBy(c => c.Label, StringComparer.Ordinal)],
                    InOrder(same[0].Members.Where(r => !own.Rows.ContainsKey(r.Key)).Select(r => Row(r, near))),
                    same.Select(c => c.Said?.RuleId).Distinct(StringComparer.Ordinal).Count(),
                    same.Select(c => c.Vendor).Distinct(StringComparer.Ordinal).Count())
                {
                    IsSamePlatform = same.Any(c => near.Contains(c.Said?.RuleId ?? "")),
                    Risk = same[0].Clause.Risk(taxonomy),
                })
                .Where(m => !m.Rows.IsEmpty)
                .OrderByDescending(m => m.IsSamePlatform).ThenByDescending(m => m.Vendors).ThenByDescending(m => m.Rules).ThenBy(m => m.Rows.Length)
                .ThenBy(m => m.Clauses[0].RuleId, StringComparer.Ordinal).ThenBy(m => m.Clauses[0].Text, StringComparer.Ordinal),
        ];
    }

    static RowId IdOf(Seen seen) => new(seen.Side, seen.Field, seen.Owner, seen.Kind, seen.Key);

    static ImmutableArray<string> Rules(IEnumerable<Seen> seen) => [.. seen.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static ImmutableArray<ComparedRow> InOrder(IEnumerable<ComparedRow> rows) =>
    [
        .. rows.OrderByDescending(r => r.Side, StringComparer.Ordinal).ThenByDescending(r => r.IsSamePlatform).ThenByDescending(r => r.Role == "behaviour")
            .ThenByDescending(r => r.RuleIds.Length).ThenByDescending(r => r.Reach).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal),
    ];
}
