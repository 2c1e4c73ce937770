using System.Collections.Immutable;
using System.Text;
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
        var (where, values) = Conditions(query);
        using var connection = catalog.Connect();
        var ranked = query.Words.IsEmpty ? "" : " JOIN rule_text x ON x.rowid = r.id";
        // Titles weigh most, then ids, tags, descriptions and the text itself.
        var order = query.Words.IsEmpty ? "coalesce(r.modified, r.created) DESC, r.title" : "bm25(rule_text, 10, 8, 3, 5, 1), r.title";
        var all = connection.Query($"{RuleEntries.Select}{ranked} WHERE {where} ORDER BY {order}, r.id", values, RuleEntries.Read);
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

    static (string Where, object?[] Values) Conditions(SearchQuery query)
    {
        var where = new StringBuilder("1 = 1");
        var values = new List<object?>();
        if (!query.Words.IsEmpty)
            where.Append($" AND rule_text MATCH {Bind(string.Join(' ', query.Words.Select(Phrase)))}");
        if (!query.Of("kind").Any())
            where.Append(" AND r.kind = 'rule'");
        foreach (var term in query.Terms)
        {
            _ = term.Key switch
            {
                "vendor" => where.Append($" AND r.vendor = lower({Bind(term.Value)})"),
                "level" => where.Append($" AND r.level = lower({Bind(term.Value)})"),
                "status" => where.Append($" AND r.status = lower({Bind(term.Value)})"),
                "language" => where.Append($" AND r.language = lower({Bind(term.Value)})"),
                "kind" => where.Append($" AND lower(r.kind) = lower({Bind(term.Value)})"),
                "platform" => where.Append($" AND EXISTS (SELECT 1 FROM json_each(r.platforms) WHERE value = lower({Bind(term.Value)}))"),
                "domain" => where.Append($" AND EXISTS (SELECT 1 FROM json_each(r.domains) WHERE value = lower({Bind(term.Value)}))"),
                "author" => where.Append($" AND instr(lower(r.authors), lower({Bind(term.Value)})) > 0"),
                "technique" => where.Append($" AND EXISTS (SELECT 1 FROM rule_technique t WHERE t.rule = r.id AND t.technique = {Bind(AttackFacts.Default.Resolve(term.Value).Id ?? term.Value)})"),
                _ => where,
            };
        }

        if (query.Of("data").Any())
            where.Append($" AND {OwnData.Condition(Bind(OwnData.Of(query.Of("data")).Json))}");
        if (Observed(query, Bind) is { } observed)
            where.Append(observed);
        return (where.ToString(), [.. values]);

        string Bind(object? value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    // field, op and value speak of one and the same test.
    static string? Observed(SearchQuery query, Func<object?, string> bind)
    {
        var parts = new List<string>();
        parts.AddRange(query.Of("field").Select(f => bind(f)).Select(f => $"(f.name = {f} COLLATE NOCASE OR o.native = {f} COLLATE NOCASE)"));
        parts.AddRange(query.Of("op").Select(o => $"o.operator = lower({bind(o)})"));
        parts.AddRange(query.Of("value").Select(v => $"instr(lower(v.text), lower({bind(v)})) > 0"));
        return parts.Count == 0
            ? null
            : $" AND EXISTS (SELECT 1 FROM observation o JOIN field f ON f.id = o.field LEFT JOIN value v ON v.id = o.value WHERE o.rule = r.id AND o.reading < 2 AND {string.Join(" AND ", parts)})";
    }

    // Quoted, so that nothing in it is FTS5 syntax; the last word may be the beginning of one.
    static string Phrase(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"*";

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
