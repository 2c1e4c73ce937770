using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>Walks the rows of technique pages down to the words of the rules they open to.</summary>
/// <param name="listed">Rules whose values are not all found.</param>
sealed class RowWalk(CatalogFile catalog, Unproved listed)
{
    readonly GuideReader _guides = new(catalog);
    readonly RuleReader _rules = new(catalog);
    readonly Dictionary<string, RulePage> _pages = new(StringComparer.Ordinal);
    readonly Dictionary<(string Rule, RuleIndicator Seen), string?> _ways = [];

    public int Rows { get; private set; }

    /// <summary>What does not hold, by row and rule.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many values of rules follow from the rule's words by which way.</summary>
    public string Summary => $"{Rows} rows; values of rules: {string.Join(", ", _ways.Values.GroupBy(w => w ?? "unproved").OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"))}";

    public void Page(string technique)
    {
        var guide = _guides.Read(new(technique) { All = true }, out _)!;
        var here = guide.Rules.Vendors.SelectMany(v => v.Rules).Select(r => $"{r.Vendor}/{r.Id}").ToHashSet(StringComparer.Ordinal);
        foreach (var row in guide.Fields.Rows)
            Row(technique, here, row.RuleIds, page => Seen(page).Any(i => i.Field == row.Field), $"{row.Field}");
        foreach (var row in guide.Fields.Rows)
            Samples(technique, row);
        foreach (var row in guide.Indicators.Rows)
            Values(technique, here, row.RuleIds, page => page.Indicators, row.Field, [row.Value, .. row.Spellings]);
        foreach (var row in guide.Exclusions.Rows)
        {
            ImmutableArray<string> ids = [.. row.Clauses.Select(c => c.RuleId).Distinct(StringComparer.Ordinal)];
            if (row.Value is null)
                Row(technique, here, ids, page => Members(page).Any(i => i.Field == row.Field && i.Value is null), row.Field);
            else
                Values(technique, here, ids, Members, row.Field, [row.Value, .. row.Spellings]);
        }
    }

    // A sample is a value of one of the rules.
    void Samples(string technique, FieldRow row)
    {
        foreach (var sample in row.Samples)
        {
            if (!row.RuleIds.Any(id => PageOf(id).Indicators.Any(i => i.Field == row.Field && i.Value == sample && WayOf(id, i) is not null)))
                Faults.Add($"{technique} sample of {row.Field} {sample}");
        }
    }

    // Each rule has the value, and every place it has it at says so.
    void Values(string technique, HashSet<string> here, ImmutableArray<string> ids, Func<RulePage, IEnumerable<RuleIndicator>> seen, string field, ImmutableArray<string> spellings) =>
        Row(technique, here, ids, page =>
        {
            var places = seen(page).Where(i => i.Field == field && i.Value is { } value && spellings.Contains(value, StringComparer.Ordinal)).ToArray();
            return places.Length > 0 && places.All(i => WayOf($"{page.Entry.Vendor}/{page.Entry.Id}", i) is not null);
        }, $"{field} {spellings[0]}");

    void Row(string technique, HashSet<string> here, ImmutableArray<string> ids, Func<RulePage, bool> holds, string what)
    {
        Rows++;
        Assert.NotEmpty(ids);
        Assert.Subset(here, ids.ToHashSet(StringComparer.Ordinal));
        foreach (var id in ids.Where(id => !holds(PageOf(id))))
            Faults.Add($"{technique} {what}: {id}");
    }

    static IEnumerable<RuleIndicator> Members(RulePage page) => page.Exclusions.SelectMany(c => c.Members);

    static IEnumerable<RuleIndicator> Seen(RulePage page) => page.Indicators.Concat(Members(page));

    /// <summary>True when the catalog has the rule with its logic.</summary>
    public bool Has(string id) => _rules.Read(id.Split('/', 2)[0], id.Split('/', 2)[1], out _) is { Entry.HasLogic: true };

    RulePage PageOf(string id) => _pages.TryGetValue(id, out var page) ? page : _pages[id] = _rules.Read(id.Split('/', 2)[0], id.Split('/', 2)[1], out _)!;

    /// <summary>True when a value of the rule does not follow from its words.</summary>
    public bool IsUnproved(string id) => Seen(PageOf(id)).Any(i => i.Value is not null && Way(PageOf(id), i) is null);

    string? WayOf(string id, RuleIndicator seen)
    {
        if (!_ways.TryGetValue((id, seen), out var way))
            _ways[(id, seen)] = way = Way(PageOf(id), seen) ?? (listed.Holds(id) ? "listed" : null);
        return way;
    }

    static string? Way(RulePage page, RuleIndicator seen)
    {
        var (path, text, start, length) = (page.Entry.Path, page.Text, seen.SpanStart, seen.SpanLength);
        if (seen.Drawn is { } drawn)
        {
            var outside = page.DrawnOn.Single(t => t.Id == drawn.Text);
            (path, text, start, length) = (outside.Path, outside.Text, drawn.Start, drawn.Length);
        }

        // The place lies in what the page shows, and the page says the words that stand there.
        if (length <= 0 || start < 0 || start + length > text.Length || page.WrittenOf(seen) != text.Substring(start, length))
            return null;
        return Derivations.Of(new(page.Entry.Language, seen.Kind, seen.Value ?? "", seen.How, [.. Containers.Inside(path, text, start, text.Substring(start, length))], [page.Text, .. page.DrawnOn.Select(t => t.Text)]));
    }
}
