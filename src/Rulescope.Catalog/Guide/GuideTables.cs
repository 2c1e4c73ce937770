using System.Collections.Immutable;

namespace Rulescope.Catalog.Guide;

/// <summary>One observation of a rule of the technique, as read from the catalog.</summary>
/// <param name="Clause">Null for an indicator.</param>
sealed record Seen(
    string Rule, string Vendor, string Field, string Owner, string Operator, string Kind, string? Value, long? Key, string Side, string Role, int Reach, NativeName Native, ClauseText? Clause);

/// <summary>Turns observations into the guide's tables. A rule counts at most once per row (SPEC T05 to T11).</summary>
static class GuideTables
{
    const int FieldLimit = 15;
    const int IndicatorLimit = 30;
    const int ExclusionLimit = 15;
    const int SampleLimit = 5;
    const int SamplesPerRule = 3;
    const int LongList = 8;
    const int ShownOfList = 3;

    public static GuideTable<FieldRow> Fields(IEnumerable<Seen> seen, bool all)
    {
        var rows = seen.Where(s => s.Side == "indicator").GroupBy(s => (s.Field, s.Owner))
            .Select(g => new FieldRow(g.Key.Field, g.Key.Owner, Role(g), Rules(g), How(g), Samples(g), Natives(g)) { RuleIds = RuleIds(g) })
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal).ThenBy(r => r.Owner, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : FieldLimit);
    }

    /// <summary>The rows up to the limit, and the lines of the page up to the same.</summary>
    public static (GuideTable<IndicatorRow> Rows, ImmutableArray<IndicatorLine> Lines) Indicators(IEnumerable<Seen> seen, bool all)
    {
        var groups = seen.Where(s => s is { Side: "indicator", Value: not null, Key: not null }).GroupBy(s => (s.Field, s.Owner, s.Kind, s.Key));
        var rows = Fold(groups.Select(Indicator)
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal).ThenBy(r => r.Owner, StringComparer.Ordinal));
        var limit = all ? int.MaxValue : IndicatorLimit;
        return (Cut(rows, limit), [.. Lines(rows).Take(limit)]);
    }

    /// <summary>Rows per role, each counted as its own table would.</summary>
    public static ImmutableArray<RoleCount> Roles(IReadOnlyCollection<Seen> seen) =>
        [.. ((string[])["behaviour", "selector", "threshold", "all"]).Select(role => RoleCount(role, seen.Where(s => role == "all" || s.Role == role)))];

    static RoleCount RoleCount(string role, IEnumerable<Seen> seen)
    {
        var (fields, values, exclusions) = (new HashSet<(string, string)>(), new HashSet<(string, string, string, long?)>(), new HashSet<(string, string, string, long?)>());
        foreach (var one in seen)
        {
            if (one.Side == "exclusion")
            {
                exclusions.Add((one.Field, one.Owner, one.Kind, one.Key));
                continue;
            }

            fields.Add((one.Field, one.Owner));
            if (one is { Value: not null, Key: not null })
                values.Add((one.Field, one.Owner, one.Kind, one.Key));
        }

        return new(role, fields.Count, values.Count, exclusions.Count);
    }

    static IndicatorRow Indicator(IGrouping<(string Field, string Owner, string Kind, long? Key), Seen> group)
    {
        var spellings = Spellings(group);
        var ids = RuleIds(group);
        return new(group.Key.Field, group.Key.Owner, Kind(group), spellings[0], Role(group), ids.Length, Math.Max(group.Max(s => s.Reach), ids.Length), ids)
        {
            Spellings = spellings.RemoveAt(0),
            Natives = Natives(group),
        };
    }

    // A long list that only one rule has shows its first members; the rest says how many they are.
    static ImmutableArray<IndicatorRow> Fold(IEnumerable<IndicatorRow> ordered)
    {
        var rows = ordered.ToArray();
        foreach (var list in rows.Index().Where(r => r.Item.Rules == 1).GroupBy(r => (r.Item.Field, r.Item.Owner, r.Item.Kind, r.Item.RuleIds[0])))
        {
            var members = list.ToArray();
            if (members.Length < LongList)
                continue;
            foreach (var (at, row) in members[ShownOfList..])
                rows[at] = row with { IsFolded = true };
        }

        return [.. rows];
    }

    // A fold stands where its first row does.
    static IEnumerable<IndicatorLine> Lines(ImmutableArray<IndicatorRow> rows)
    {
        var folds = rows.Where(r => r.IsFolded).ToLookup(r => (r.Field, r.Owner, r.Kind, r.RuleIds[0]));
        foreach (var row in rows)
        {
            if (!row.IsFolded)
                yield return new([row]);
            else if (folds[(row.Field, row.Owner, row.Kind, row.RuleIds[0])] is var fold && ReferenceEquals(fold.First(), row))
                yield return new([.. fold]);
        }
    }

    public static GuideTable<ExclusionRow> Exclusions(IEnumerable<Seen> seen, bool all)
    {
        var rows = seen.Where(s => s.Side == "exclusion")
            .GroupBy(s => (s.Field, s.Owner, s.Kind, s.Key))
            .Select(g => new ExclusionRow(g.Key.Field, g.Key.Owner, Kind(g), g.Key.Key is null ? null : Spellings(g)[0], Rules(g), Clauses(g)) { Natives = Natives(g) })
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal).ThenBy(r => r.Owner, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : ExclusionLimit);
    }

    static GuideTable<T> Cut<T>(IEnumerable<T> rows, int limit)
    {
        var all = rows.ToImmutableArray();
        return new(all.Length, all.Length <= limit ? all : all[..limit]);
    }

    static int Rules(IEnumerable<Seen> group) => group.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Count();

    static ImmutableArray<string> RuleIds(IEnumerable<Seen> group) =>
        [.. group.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // A row whose rules disagree on the role shows the one that matters most to an author.
    static string Role(IEnumerable<Seen> group)
    {
        var roles = group.Select(s => s.Role).ToHashSet(StringComparer.Ordinal);
        return roles.Contains("behaviour") ? "behaviour" : roles.Contains("threshold") ? "threshold" : "selector";
    }

    static ImmutableArray<OperatorCount> How(IEnumerable<Seen> group) =>
        [.. group.GroupBy(s => s.Operator, StringComparer.Ordinal).Select(g => new OperatorCount(g.Key, Rules(g)))
            .OrderByDescending(o => o.Rules).ThenBy(o => o.Operator, StringComparer.Ordinal)];

    static ImmutableArray<string> Samples(IEnumerable<Seen> group) =>
        [.. group.Where(s => s.Value is not null).GroupBy(s => s.Rule, StringComparer.Ordinal)
            .SelectMany(g => g.Select(s => s.Value ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(SamplesPerRule))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(SampleLimit)];

    static ImmutableArray<NativeName> Natives(IEnumerable<Seen> group) =>
        [.. group.Select(s => s.Native).Distinct()
            .OrderBy(n => n.Vendor, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal)];

    // A row of values alone and values of lists goes by the plainer word.
    static string Kind(IEnumerable<Seen> group) => group.All(s => s.Operator == "in") ? "in" : group.First(s => s.Operator != "in").Kind;

    // The commonest spelling first.
    static ImmutableArray<string> Spellings(IEnumerable<Seen> group) =>
        [.. group.GroupBy(s => s.Value ?? "", StringComparer.Ordinal).OrderByDescending(Rules).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];

    static ImmutableArray<ClauseText> Clauses(IEnumerable<Seen> group) =>
        [.. group.Select(s => s.Clause).OfType<ClauseText>().Distinct()
            .OrderBy(c => c.RuleId, StringComparer.Ordinal).ThenBy(c => c.Label, StringComparer.Ordinal).ThenBy(c => c.Text, StringComparer.Ordinal)];
}
