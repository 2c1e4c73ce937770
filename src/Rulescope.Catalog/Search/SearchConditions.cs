using System.Text;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Search;

/// <summary>A search as SQL over the row <c>r</c> of a rule.</summary>
/// <param name="Join">What goes behind the rule's own tables.</param>
/// <param name="Values">What the parameters <c>$1</c>, <c>$2</c> ... of <paramref name="Where"/> stand for.</param>
sealed record SearchConditions(string Join, string Where, object?[] Values)
{
    public static SearchConditions Of(SearchQuery query)
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
                "read" => where.Append($" AND CASE WHEN r.has_logic = 0 THEN 'none' WHEN r.is_readable = 1 THEN 'full' ELSE 'part' END = lower({Bind(term.Value)})"),
                "event" => where.Append($" AND EXISTS (SELECT 1 FROM rule_event e WHERE e.rule = r.id AND e.event = {Bind(EventCatalog.Shipped.Find(term.Value)?.Id ?? term.Value)})"),
                "logsource" => where.Append($" AND EXISTS (SELECT 1 FROM rule_source n WHERE n.rule = r.id AND n.source = lower({Bind(term.Value)}))"),
                "technique" => where.Append($" AND EXISTS (SELECT 1 FROM rule_technique t WHERE t.rule = r.id AND t.technique = {Bind(AttackFacts.Default.Resolve(term.Value).Id ?? term.Value)})"),
                _ => where,
            };
        }

        if (query.Of("data").Any())
            where.Append($" AND {OwnData.Condition(Bind(OwnData.Of(query.Of("data")).Json))}");
        if (Observed(query, Bind) is { } observed)
            where.Append(observed);
        return new(query.Words.IsEmpty ? "" : " JOIN rule_text x ON x.rowid = r.id", where.ToString(), [.. values]);

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
}
