using System.Collections.Immutable;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Catalog.Guide;

/// <summary>Draws the insight of a guide from its observations.</summary>
static class GuideInsights
{
    const int Shades = 5;
    const int ExclusionLimit = 6;
    const int AloneLimit = 5;
    const int NewestLimit = 5;
    const int FirstValues = 3;

    /// <summary>What an author asks of a technique first.</summary>
    /// <param name="seen">Every observation, whatever role was asked for.</param>
    /// <param name="fields">The rows of the table of fields, which follow the role that was asked for.</param>
    /// <param name="taxonomy">The one the catalog was built with.</param>
    public static GuideInsight Of(List<Seen> seen, GuideQuestion question, GuideTable<FieldRow> fields, ImmutableArray<RuleEntry> rules, FieldTaxonomy taxonomy)
    {
        var indicators = seen.FindAll(s => s.Side == "indicator");
        var behaviour = indicators.FindAll(s => s.Role == "behaviour");
        var asked = question.Role == "all" ? indicators : indicators.FindAll(s => s.Role == question.Role);
        return new(
            Matrix(asked, fields.Rows),
            GuideCombinations.Of(behaviour),
            Exclusions(seen, taxonomy))
        {
            Alone = Alone(behaviour),
            Newest = Newest(behaviour, rules),
            Specificity = Specificity(asked),
        };
    }

    static ImmutableArray<SpecificityPoint> Specificity(List<Seen> indicators) =>
    [
        .. indicators.Where(s => s is { Value: not null, Key: not null }).GroupBy(s => s.Row)
            .Select(g => (Rules: g.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Count(), g.Key.Reach, Value: g.Select(s => s.Value).Min(StringComparer.Ordinal) ?? ""))
            .GroupBy(r => (r.Rules, Reach: Math.Max(r.Rules, r.Reach)))
            .Select(g => new SpecificityPoint(g.Key.Rules, g.Key.Reach, g.Count(), g.Select(r => r.Value).Min(StringComparer.Ordinal) ?? ""))
            .OrderByDescending(p => p.Rules).ThenBy(p => p.Reach),
    ];

    static FieldMatrix Matrix(List<Seen> indicators, ImmutableArray<FieldRow> fields)
    {
        var read = indicators.GroupBy(s => s.Vendor, StringComparer.Ordinal).ToDictionary(g => g.Key, RuleIds, StringComparer.Ordinal);
        var shown = fields.Select(f => (f.Field, f.Owner)).ToHashSet();
        var cells = indicators.Where(s => shown.Contains((s.Field, s.Owner))).ToLookup(s => (s.Field, s.Owner, s.Vendor));
        var vendors = Vendors.Order.Where(read.ContainsKey).Select(v => new Facet(v, read[v].Length)).ToImmutableArray();
        return new(vendors, [.. fields.Select(f => new MatrixRow(f.Field, f.Owner, f.Role, f.Rules, [.. vendors.Select(v => Cell(v, RuleIds(cells[(f.Field, f.Owner, v.Name)])))]))]);
    }

    static MatrixCell Cell(Facet vendor, ImmutableArray<string> ids) => new(vendor.Name, ((ids.Length * Shades) + vendor.Rules - 1) / vendor.Rules, ids);

    static ImmutableArray<SharedExclusion> Exclusions(List<Seen> seen, FieldTaxonomy taxonomy) =>
    [
        .. seen.Where(s => s is { Side: "exclusion", Clause.Text.Length: > 0 }).GroupBy(s => s.Clause)
            .Select(c => new ExclusionClause(c.Key?.Text ?? "", [.. c])).GroupBy(c => c.Key, StringComparer.Ordinal)
            .Select(same => Shared(same, taxonomy)).Where(e => e.RuleIds.Length > 1)
            .OrderByDescending(e => e.Vendors.Length).ThenByDescending(e => e.RuleIds.Length).ThenBy(e => e.Text, StringComparer.Ordinal).Take(ExclusionLimit),
    ];

    static SharedExclusion Shared(IGrouping<string, ExclusionClause> same, FieldTaxonomy taxonomy)
    {
        var members = same.SelectMany(c => c.Members).ToArray();
        var first = same.MinBy(c => c.Members[0].Rule, StringComparer.Ordinal) ?? same.First();
        var isWhole = first.IsFlat && first.Members.All(m => m is { Value: not null, Side: "exclusion" });
        return new(first.Text, first.Risk(taxonomy), VendorsOf(members), RuleIds(members))
        {
            Tests = isWhole ? [.. first.Members.DistinctBy(m => m.Row).Select(m => new CombinedTest(m.Field, m.Owner, m.Kind, m.Value ?? "", Math.Max(1, m.Reach)))] : [],
            IsAny = first.IsAny,
        };
    }

    static ImmutableArray<LoneRule> Alone(List<Seen> behaviour)
    {
        var shared = behaviour.GroupBy(s => s.Row.Field).Where(g => g.Any(s => s.Rule != g.First().Rule)).Select(g => g.Key).ToHashSet();
        return
        [
            .. behaviour.GroupBy(s => s.Rule, StringComparer.Ordinal).Where(g => !g.Any(s => shared.Contains(s.Row.Field)))
                .OrderBy(g => g.Key, StringComparer.Ordinal).Take(AloneLimit)
                .Select(g => new LoneRule(g.Key, [.. g.Select(s => s.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
        ];
    }

    // Of rules of one day the first by id counts as older, so that a value is never new twice.
    static ImmutableArray<NewRule> Newest(List<Seen> behaviour, ImmutableArray<RuleEntry> rules)
    {
        var ages = rules.OrderBy(Date).ThenBy(r => r.Vendor, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)
            .Select(r => $"{r.Vendor}/{r.Id}").Distinct(StringComparer.Ordinal).Index().ToDictionary(r => r.Item, r => r.Index, StringComparer.Ordinal);
        var added = behaviour.Where(s => s is { Value: not null, Key: not null }).GroupBy(s => s.Row)
            .Select(g => g.MinBy(s => ages[s.Rule]) ?? g.First()).ToLookup(s => s.Rule, StringComparer.Ordinal);
        return
        [
            .. rules.Where(r => Date(r) is not null).DistinctBy(r => (r.Vendor, r.Id)).OrderByDescending(r => ages[$"{r.Vendor}/{r.Id}"]).Take(NewestLimit)
                .Select(r => New($"{r.Vendor}/{r.Id}", Date(r) ?? default, added)),
        ];
    }

    static NewRule New(string id, DateOnly date, ILookup<string, Seen> added) => new(
        id, date, added[id].Count(),
        [.. added[id].OrderBy(s => s.Reach).ThenBy(s => s.Field, StringComparer.Ordinal).ThenBy(s => s.Value, StringComparer.Ordinal).Take(FirstValues)
            .Select(s => new CombinedTest(s.Field, s.Owner, s.Kind, s.Value ?? "", Math.Max(1, s.Reach)))]);

    static DateOnly? Date(RuleEntry rule) => rule.Created ?? rule.Changed;

    static ImmutableArray<string> RuleIds(IEnumerable<Seen> seen) => [.. seen.Select(s => s.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static ImmutableArray<string> VendorsOf(IEnumerable<Seen> seen)
    {
        var found = seen.Select(s => s.Vendor).ToHashSet(StringComparer.Ordinal);
        return [.. Vendors.Order.Where(found.Contains)];
    }
}
