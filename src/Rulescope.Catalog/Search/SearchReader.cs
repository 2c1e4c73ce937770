using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Search;

/// <summary>What a search found.</summary>
/// <param name="Total">Rules that fit; <paramref name="Rules"/> holds the first of them, best first.</param>
/// <param name="Techniques">Techniques whose id or name has the words.</param>
public sealed record SearchResult(
    int Total, ImmutableArray<RuleEntry> Rules, ImmutableArray<TechniqueCount> Techniques, ImmutableSortedDictionary<string, ImmutableArray<Facet>> Facets);

/// <summary>Searches a catalog.</summary>
public sealed class SearchReader(CatalogFile catalog)
{
    const int MaxTechniques = 12;

    /// <summary>The rules that fit a search.</summary>
    /// <param name="query">What to look for; an empty one finds every live rule, newest first.</param>
    /// <param name="limit">How many rules to return.</param>
    /// <param name="offset">How many to pass over.</param>
    public SearchResult Search(SearchQuery query, int limit, int offset = 0)
    {
        // Before the connection for the rules: nobody may hold one and wait for another.
        var techniques = Techniques(query);
        var asked = SearchConditions.Of(query);
        using var connection = catalog.Connect();
        // Titles weigh most, then ids, tags, descriptions and the text itself.
        var order = query.Words.IsEmpty ? "coalesce(r.modified, r.created) DESC, r.title" : "bm25(rule_text, 10, 8, 3, 5, 1), r.title";
        var all = connection.Query($"{RuleEntries.Select}{asked.Join} WHERE {asked.Where} ORDER BY {order}, r.id", asked.Values, RuleEntries.Read);
        return new(all.Count, [.. all.Skip(offset).Take(limit)], techniques, Facets(all));
    }

    ImmutableArray<TechniqueCount> Techniques(SearchQuery query)
    {
        if (query.Words.IsEmpty || !query.Terms.IsEmpty)
            return [];
        var resolved = query.Words.Length == 1 ? AttackFacts.Default.Resolve(query.Words[0]) : null;
        var wanted = resolved is { HasPage: true } ? resolved.Id : null;
        return
        [
            .. new TechniqueIndex(catalog).Read()
                .Where(t => t.Technique.Id == wanted || query.Words.All(w => t.FullName.Contains(w, StringComparison.OrdinalIgnoreCase)))
                .OrderByDescending(t => t.Technique.Id == wanted).ThenByDescending(t => t.WithSubtechniques).Take(MaxTechniques),
        ];
    }

    static ImmutableSortedDictionary<string, ImmutableArray<Facet>> Facets(List<RuleEntry> rules)
    {
        ImmutableArray<Facet> Count(Func<RuleEntry, IEnumerable<string>> names) =>
            [.. rules.SelectMany(names).Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).Select(g => new Facet(g.Key, g.Count()))
                .OrderByDescending(f => f.Rules).ThenBy(f => f.Name, StringComparer.Ordinal)];

        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("domain", Count(r => r.Domains)),
            KeyValuePair.Create("language", Count(r => [r.Language])),
            KeyValuePair.Create("level", Count(r => [r.Level])),
            KeyValuePair.Create("platform", Count(r => r.Platforms)),
            KeyValuePair.Create("vendor", Count(r => [r.Vendor])),
        ]);
    }
}
