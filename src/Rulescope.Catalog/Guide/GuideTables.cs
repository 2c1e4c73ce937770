using System.Collections.Immutable;

namespace Rulescope.Catalog.Guide;

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
        var rows = seen.Where(s => s.Side == "indicator").GroupBy(s => s.Row.Field).Select(g => (Seen: g, Ids: RuleIds(g)))
            .OrderByDescending(r => r.Ids.Length).ThenBy(r => r.Seen.Key.Name, StringComparer.Ordinal).ThenBy(r => r.Seen.Key.Owner, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : FieldLimit, r => Field(r.Seen, r.Ids));
    }

    static FieldRow Field(IGrouping<SeenField, Seen> group, ImmutableArray<string> ids) =>
        new(group.Key.Name, group.Key.Owner, Role(group), ids.Length, How(group), Samples(group), Natives(group)) { RuleIds = ids };

    /// <summary>The rows up to the limit, and the lines of the page up to the same.</summary>
    public static (GuideTable<IndicatorRow> Rows, ImmutableArray<IndicatorLine> Lines) Indicators(IEnumerable<Seen> seen, bool all)
    {
        var groups = seen.Where(s => s is { Side: "indicator", Value: not null, Key: not null }).GroupBy(s => s.Row);
        var rows = Fold(groups.Select(Indicator)
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal).ThenBy(r => r.Owner, StringComparer.Ordinal));
        var limit = all ? int.MaxValue : IndicatorLimit;
        return (Cut(rows, limit, r => r), [.. Lines(rows).Take(limit)]);
    }

    /// <summary>Rows per role, each counted as its own table would.</summary>
    public static ImmutableArray<RoleCount> Roles(IReadOnlyCollection<Seen> seen) =>
        [.. ((string[])["behaviour", "selector", "threshold", "all"]).Select(role => RoleCount(role, seen.Where(s => role == "all" || s.Role == role)))];

    static RoleCount RoleCount(string role, IEnumerable<Seen> seen)
    {
        var (fields, values, exclusions) = (new HashSet<SeenField>(), new HashSet<SeenRow>(), new HashSet<SeenRow>());
        foreach (var one in seen)
        {
            if (one.Side == "exclusion")
            {
                exclusions.Add(one.Row);
                continue;
            }

            fields.Add(one.Row.Field);
            if (one is { Value: not null, Key: not null })
                values.Add(one.Row);
        }

        return new(role, fields.Count, values.Count, exclusions.Count);
    }

    static IndicatorRow Indicator(IGrouping<SeenRow, Seen> group)
    {
        var row = group.Key;
        var spellings = Spellings(group);
        var ids = RuleIds(group);
        return new(row.Field.Name, row.Field.Owner, Kind(group), spellings[0], Role(group), ids.Length, Math.Max(row.Reach, ids.Length), ids)
        {
            Spellings = spellings.RemoveAt(0),
            Natives = Natives(group),
            Places = Places(group),
            Written = Written(group),
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
            .GroupBy(s => s.Row)
            .Select(Exclusion)
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal).ThenBy(r => r.Owner, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : ExclusionLimit, r => r);
    }

    static ExclusionRow Exclusion(IGrouping<SeenRow, Seen> group)
    {
        ImmutableArray<string> spellings = group.Key.Key is null ? [] : Spellings(group);
        return new(group.Key.Field.Name, group.Key.Field.Owner, Kind(group), spellings.FirstOrDefault(), Rules(group), Clauses(group))
        {
            Spellings = [.. spellings.Skip(1)],
            Natives = Natives(group),
            Places = Places(group),
            Written = Written(group),
        };
    }

    // What is not shown is not made.
    static GuideTable<TRow> Cut<T, TRow>(IEnumerable<T> rows, int limit, Func<T, TRow> make)
    {
        var all = rows.ToArray();
        return new(all.Length, [.. all.Take(limit).Select(make)]);
    }

    static int Rules(IEnumerable<Seen> group) => Only(group) is not null ? 1 : group.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Count();

    static ImmutableArray<string> RuleIds(IEnumerable<Seen> group) => Only(group) is { } only
        ? [only.Rule]
        : [.. group.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Most rows are of one test alone, which needs no sets and no order.
    static Seen? Only(IEnumerable<Seen> group) => group is IList<Seen> { Count: 1 } list ? list[0] : null;

    // The first place in each rule: a row may have several.
    static ImmutableArray<RulePlace> Places(IEnumerable<Seen> group) =>
        [.. group.Where(s => s.Span.Length > 0).GroupBy(s => s.Rule, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new RulePlace(g.Key, g.MinBy(s => s.Span.Start)?.Span ?? default))];

    // A row whose rules disagree on the role shows the one that matters most to an author.
    static string Role(IEnumerable<Seen> group)
    {
        if (Only(group) is { } only)
            return only.Role;
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

    static ImmutableArray<NativeName> Natives(IEnumerable<Seen> group) => Only(group) is { } only
        ? [only.Native]
        : [.. group.Select(s => s.Native).Distinct()
            .OrderBy(n => n.Vendor, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal)];

    static ImmutableArray<WrittenValue> Written(IEnumerable<Seen> group) => Only(group) is { } only
        ? only.Written is { } alone ? [alone] : []
        : [.. group.Select(s => s.Written).OfType<WrittenValue>().Distinct().OrderBy(w => w.RuleId, StringComparer.Ordinal).ThenBy(w => w.Text, StringComparer.Ordinal)];

    // A row of values alone and values of lists goes by the plainer word.
    static string Kind(IEnumerable<Seen> group) => group.All(s => s.Operator == "in") ? "in" : group.First(s => s.Operator != "in").Kind;

    // The commonest spelling first.
    static ImmutableArray<string> Spellings(IEnumerable<Seen> group) => Only(group) is { } only
        ? [only.Value ?? ""]
        : [.. group.GroupBy(s => s.Value ?? "", StringComparer.Ordinal).OrderByDescending(Rules).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];

    static ImmutableArray<ClauseText> Clauses(IEnumerable<Seen> group) =>
        [.. group.Select(s => s.Clause).OfType<ClauseText>().Distinct()
            .OrderBy(c => c.RuleId, StringComparer.Ordinal).ThenBy(c => c.Label, StringComparer.Ordinal).ThenBy(c => c.Text, StringComparer.Ordinal)];
}
