using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>The logic of one rule: its query by its language, and the stages that its type and its other keys add.</summary>
sealed class ElasticLogic(string text, ElasticTable rule, LogSource source, QueryReading queries)
{
    static readonly ImmutableArray<string> Types =
        ["eql", "esql", "machine_learning", "new_terms", "query", "saved_query", "threat_match", "threshold"];

    readonly ElasticFilters _filters = new(text, rule.Report);
    readonly ImmutableArray<CodePart>.Builder _code = ImmutableArray.CreateBuilder<CodePart>();

    /// <summary>The queries that were read.</summary>
    public ImmutableArray<CodePart> Code => _code.ToImmutable();

    /// <summary>The language, and the logic where that language is lowered; findings go to the rule's table.</summary>
    public (RuleLanguage Language, RuleQuery? Query) Read()
    {
        var type = rule.Text("type");
        if (!Types.Contains(type, StringComparer.Ordinal))
            rule.Report(rule.Find("type")?.Span ?? rule.Span, ElasticCodes.UnknownType, type, string.Join(", ", Types));
        if (type == "machine_learning")
        {
            rule.Report(rule.Find("type")?.Span ?? rule.Span, ElasticCodes.MachineLearning, string.Join(", ", rule.Texts("machine_learning_job_id")));
            return (RuleLanguage.None, null);
        }

        var language = type switch
        {
            "eql" => RuleLanguage.Eql,
            "esql" => RuleLanguage.Esql,
            _ => LanguageOf("language"),
        };
        var query = Query(type, "query", language, source, "filters");
        // Every key is looked at, also where the query itself is not read: what is wrong with it should be known.
        query = type switch
        {
            "threshold" => Threshold(query),
            "new_terms" => NewTerms(query),
            "threat_match" => ThreatMatch(query),
            _ => query,
        };
        return (language, Schedule(Exceptions(query)));
    }

    RuleLanguage LanguageOf(string key)
    {
        switch (rule.Text(key))
        {
            case "" or "kuery":
                return RuleLanguage.Kuery;
            case "lucene":
                return RuleLanguage.Lucene;
            case "eql":
                return RuleLanguage.Eql;
            case "esql":
                return RuleLanguage.Esql;
            case var other:
                rule.Report(rule.Find(key)?.Span ?? rule.Span, ElasticCodes.UnknownLanguage, other, "eql, esql, kuery, lucene");
                return RuleLanguage.None;
        }
    }

    RuleQuery? Query(string type, string key, RuleLanguage language, LogSource events, string filters)
    {
        var filter = _filters.Read(rule.Tables(filters));
        if (rule.String(key) is not { } written)
        {
            rule.Report(rule.Span, ElasticCodes.NoQuery, type, key);
            return null;
        }

        _code.Add(new(written.Span, language));
        var context = new QueryContext(events);
        if (rule.Text("event_category_override") is { Length: > 0 } category)
            context = context with { EventCategoryField = category };
        var read = queries(language, TomlReader.Content(text, written), context);
        foreach (var finding in read.Diagnostics)
            rule.Report(finding);
        return read.Value is { } query && filter is not null ? ElasticPlans.Filter(query, filter) : read.Value;
    }

    RuleQuery? Threshold(RuleQuery? query)
    {
        var threshold = rule.Table("threshold");
        if (threshold.Find("value") is not TomlValue.Integer value)
        {
            rule.Report(rule.Find("threshold")?.Span ?? rule.Span, ElasticCodes.NoQuery, "threshold", "threshold.value");
            return query;
        }

        var cardinalities = ImmutableArray.CreateBuilder<ElasticCardinality>();
        foreach (var cardinality in threshold.Tables("cardinality"))
        {
            if (cardinality.String("field") is { } field && cardinality.Find("value") is TomlValue.Integer least)
                cardinalities.Add(new(field, least));
            else
                rule.Report(cardinality.Span, CorpusCodes.WrongShape, "cardinality", "a table of 'field' and 'value'");
        }

        // One empty name is the old way to say "no field".
        var fields = threshold.Strings("field").Where(f => f.Text.Trim().Length > 0);
        return query is null ? null : ElasticPlans.Threshold(query, new([.. fields], value, cardinalities.ToImmutable()), rule.Ago("from"));
    }

    RuleQuery? NewTerms(RuleQuery? query)
    {
        var terms = rule.Table("new_terms");
        var fields = terms.Strings("value");
        var window = terms.Tables("history_window_start").Select(t => t.Ago("value")).FirstOrDefault(t => t is not null);
        if (fields.IsEmpty || window is null)
        {
            rule.Report(rule.Find("new_terms")?.Span ?? rule.Span, ElasticCodes.NoQuery, "new_terms", fields.IsEmpty ? "new_terms.value" : "new_terms.history_window_start");
            return query;
        }

        return query is null ? null : ElasticPlans.NewTerms(query, fields, window.Value);
    }

    RuleQuery? ThreatMatch(RuleQuery? query)
    {
        var indicatorSource = new LogSource("elastic", rule.Texts("threat_index") is { IsEmpty: false } index ? [new LogSource.Term("index", index)] : []);
        var indicators = Query("threat_match", "threat_query", LanguageOf("threat_language"), indicatorSource, "threat_filters");
        var mappings = rule.Tables("threat_mapping").Select(Mapping).ToImmutableArray();
        if (mappings.IsEmpty)
            rule.Report(rule.Find("threat_mapping")?.Span ?? rule.Span, ElasticCodes.NoQuery, "threat_match", "threat_mapping");
        return query is null || indicators is null || mappings.IsEmpty ? null : ElasticPlans.ThreatMatch(query, indicators, mappings);
    }

    ElasticMapping Mapping(ElasticTable mapping)
    {
        var entries = ImmutableArray.CreateBuilder<(TomlValue.String, TomlValue.String)>();
        var all = mapping.Tables("entries");
        foreach (var entry in all)
        {
            // A negated entry ("does not match") says the opposite.
            var isPlain = entry.Text("type") is "mapping" or "" && entry.Find("negate") is not TomlValue.Boolean { Value: true };
            if (isPlain && entry.String("field") is { } field && entry.String("value") is { } value)
                entries.Add((field, value));
            else
                rule.Report(entry.Span, ElasticCodes.UnknownMapping, isPlain ? "mapping" : entry.Text("type"));
        }

        var isRead = entries.Count == all.Length && entries.Count > 0;
        return new(entries.ToImmutable()) { Unread = isRead ? null : new SourceText("", text).Slice(mapping.Span), Span = mapping.Span };
    }

    RuleQuery? Exceptions(RuleQuery? query)
    {
        foreach (var list in rule.Tables("exceptions_list"))
        {
            var id = list.Text("list_id");
            rule.Report(list.Span, ElasticCodes.ListNotShipped, id);
            query = query is null ? null : ElasticPlans.Keep(query, $"exceptions_list {id}", list.Span);
        }

        return query;
    }

    RuleQuery? Schedule(RuleQuery? query)
    {
        var (every, lookback) = (rule.Duration("interval"), rule.Ago("from"));
        var suppression = rule.Table("alert_suppression");
        var duration = suppression.Table("duration");
        long? deduplicate = duration.Integer("value") is { } count and >= 0 and < 1_000_000 && duration.Text("unit") is [var unit] && ElasticTime.Unit(unit) is { } ticks
            ? count * ticks
            : null;
        if (query is null)
            return null;
        if (suppression.Texts("group_by") is { IsEmpty: false } groups)
            query = ElasticPlans.Keep(query, $"alert_suppression group_by {string.Join(", ", groups)}", suppression.Span);
        return ElasticPlans.Schedule(query, every, lookback, deduplicate);
    }
}
