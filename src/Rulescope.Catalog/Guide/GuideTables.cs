using System.Collections.Immutable;

namespace Rulescope.Catalog.Guide;

/// <summary>One observation of a rule of the technique, as read from the catalog.</summary>
sealed record Seen(
    string Rule, string Vendor, string Field, string Operator, string? Value, string? MergeKey, string Side, string Role, int Reach, string Native, string ClauseLabel, string ClauseText);

/// <summary>Turns observations into the guide's tables. A rule counts at most once per row (SPEC T05 to T11).</summary>
static class GuideTables
{
    const int FieldLimit = 15;
    const int IndicatorLimit = 30;
    const int ExclusionLimit = 15;
    const int SampleLimit = 5;
    const int SamplesPerRule = 3;

    public static GuideTable<FieldRow> Fields(IEnumerable<Seen> seen, bool all)
    {
        var rows = seen.Where(s => s.Side == "indicator").GroupBy(s => s.Field, StringComparer.Ordinal)
            .Select(g => new FieldRow(g.Key, Role(g), Rules(g), How(g), Samples(g), Natives(g)))
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : FieldLimit);
    }

    public static GuideTable<IndicatorRow> Indicators(IEnumerable<Seen> seen, bool all)
    {
        var rows = seen.Where(s => s is { Side: "indicator", Value: not null, MergeKey: not null })
            .GroupBy(s => (s.Field, s.Operator, s.MergeKey))
            .Select(g =>
            {
                var spellings = Spellings(g);
                return new IndicatorRow(g.Key.Field, g.Key.Operator, spellings[0], Role(g), Rules(g), Math.Max(g.Max(s => s.Reach), Rules(g)), RuleIds(g))
                {
                    Spellings = spellings.RemoveAt(0),
                };
            })
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal);
        return Cut(rows, all ? int.MaxValue : IndicatorLimit);
    }

    public static GuideTable<ExclusionRow> Exclusions(IEnumerable<Seen> seen, bool all)
    {
        var rows = seen.Where(s => s.Side == "exclusion")
            .GroupBy(s => (s.Field, s.Operator, s.MergeKey))
            .Select(g => new ExclusionRow(g.Key.Field, g.Key.Operator, g.Key.MergeKey is null ? null : Spellings(g)[0], Rules(g), Clauses(g)))
            .OrderByDescending(r => r.Rules).ThenBy(r => r.Field, StringComparer.Ordinal)
            .ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Value, StringComparer.Ordinal);
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
        [.. group.Select(s => new NativeName(s.Vendor, s.Native)).Distinct()
            .OrderBy(n => n.Vendor, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal)];

    // The commonest spelling first.
    static ImmutableArray<string> Spellings(IEnumerable<Seen> group) =>
        [.. group.GroupBy(s => s.Value ?? "", StringComparer.Ordinal).OrderByDescending(Rules).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];

    static ImmutableArray<ClauseText> Clauses(IEnumerable<Seen> group) =>
        [.. group.Select(s => new ClauseText(s.Rule, s.ClauseLabel, s.ClauseText)).Distinct()
            .OrderBy(c => c.RuleId, StringComparer.Ordinal).ThenBy(c => c.Label, StringComparer.Ordinal).ThenBy(c => c.Text, StringComparer.Ordinal)];
}
