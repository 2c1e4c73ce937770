using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>Writes Sigma documents as YAML; reading the text gives the same documents.</summary>
public static class SigmaWriter
{
    /// <summary>All documents, parted by <c>---</c>.</summary>
    public static string Write(EquatableArray<SigmaDocument> documents) => string.Join("---\n", documents.Select(Write));

    /// <summary>One document.</summary>
    public static string Write(SigmaDocument document)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        Header(entries, document.Header);
        switch (document)
        {
            case SigmaDocument.Rule rule:
                LogSource(entries, rule.LogSource);
                Add(entries, "detection", Map(Detection(rule.Detection)));
                break;
            case SigmaDocument.Filter filter:
                LogSource(entries, filter.LogSource);
                YamlNode rules = filter.Targets.Rules.IsEmpty ? new YamlNode.Scalar("any") : Names(filter.Targets.Rules);
                Add(entries, "filter", Map(Detection(filter.Detection).Prepend(new(YamlWriter.Key("rules"), rules))));
                break;
            case SigmaDocument.Correlation correlation:
                Add(entries, "correlation", Correlation(correlation.Body));
                break;
            case SigmaDocument.Unread:
                break;
        }

        return YamlWriter.Write(Map(entries));
    }

    /// <summary>A condition on one line, with no more parentheses than its tree needs.</summary>
    public static string Write(SigmaCondition condition) => condition switch
    {
        SigmaCondition.Identifier identifier => identifier.Name,
        SigmaCondition.Not { Operand: SigmaCondition.And or SigmaCondition.Or } not => $"not ({Write(not.Operand)})",
        SigmaCondition.Not not => $"not {Write(not.Operand)}",
        SigmaCondition.And and => string.Join(" and ", and.Terms.Select(t => t is SigmaCondition.And or SigmaCondition.Or ? $"({Write(t)})" : Write(t))),
        SigmaCondition.Or or => string.Join(" or ", or.Terms.Select(t => t is SigmaCondition.Or ? $"({Write(t)})" : Write(t))),
        SigmaCondition.Of of => $"{of.Count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all"} of {of.Pattern ?? "them"}",
        SigmaCondition.Pipe pipe => $"{Write(pipe.Input)} | {Aggregation(pipe.Aggregation)}",
        SigmaCondition.Unread unread => unread.Text,
        _ => throw new UnreachableException(condition.GetType().Name),
    };

    /// <summary>A field item as <c>field|modifiers: values</c> on one line, for messages.</summary>
    public static string Write(SigmaSelection.Item item)
    {
        var values = string.Join(", ", item.Values.Select(SigmaValues.Display));
        return $"{Key(item.Field)}: {(item.Values.Count == 1 ? values : $"[{values}]")}";
    }

    static void Header(ImmutableArray<YamlEntry>.Builder entries, SigmaHeader header)
    {
        AddText(entries, "title", header.Title);
        AddText(entries, "id", header.Id);
        AddText(entries, "name", header.Name);
        AddText(entries, "taxonomy", header.Taxonomy);
        AddText(entries, "status", header.Status);
        AddText(entries, "level", header.Level);
    }

    static void LogSource(ImmutableArray<YamlEntry>.Builder entries, SigmaLogSource source) =>
        Add(entries, "logsource", Map(source.Terms.Select(t => new YamlEntry(YamlWriter.Key(t.Key), YamlWriter.Quoted(t.Value)))));

    static IEnumerable<YamlEntry> Detection(SigmaDetection detection)
    {
        foreach (var search in detection.Searches)
            yield return new(YamlWriter.Key(search.Name), Selection(search.Body));
        if (detection.Timeframe is { } timeframe)
            yield return new(YamlWriter.Key("timeframe"), new YamlNode.Scalar(timeframe.ToString()));
        var conditions = detection.Conditions.Select(YamlNode (c) => YamlWriter.Quoted(Write(c))).ToImmutableArray();
        if (!conditions.IsEmpty)
            yield return new(YamlWriter.Key("condition"), conditions.Length == 1 ? conditions[0] : new YamlNode.Sequence(conditions));
    }

    static YamlNode Selection(SigmaSelection selection) => selection switch
    {
        SigmaSelection.AllOf all => Map(all.Items.OfType<SigmaSelection.Item>().Select(i => new YamlEntry(YamlWriter.Key(Key(i.Field)), Values(i)))),
        SigmaSelection.AnyOf any => new YamlNode.Sequence([.. any.Items.Select(Selection)]),
        // Keywords are a list even when there is one: alone in a list of maps it would join its neighbours.
        SigmaSelection.Item keywords => new YamlNode.Sequence([.. keywords.Values.Select(Value)]),
        _ => throw new UnreachableException(selection.GetType().Name),
    };

    static string Key(SigmaField field) => field.Modifiers.IsEmpty ? field.Name ?? "" : $"{field.Name}|{field.Chain}";

    static YamlNode Values(SigmaSelection.Item item) =>
        item.Values.Count == 1 ? Value(item.Values[0]) : new YamlNode.Sequence([.. item.Values.Select(Value)]);

    static YamlNode Value(SigmaValue value) => value is SigmaValue.Text text ? YamlWriter.Quoted(text.Value) : new YamlNode.Scalar(SigmaValues.Display(value));

    static string Aggregation(SigmaAggregation aggregation) => aggregation switch
    {
        SigmaAggregation.Near near => $"near {Write(near.Others)}",
        SigmaAggregation.Metric metric => $"{metric.Function}({metric.Field}){By(metric)} {Sign(metric.Bound.Comparison)} {metric.Bound.Value}",
        _ => throw new UnreachableException(aggregation.GetType().Name),
    };

    static string By(SigmaAggregation.Metric metric) =>
        metric.GroupBy.IsEmpty ? "" : $" by {string.Join(", ", metric.GroupBy.Select(g => g.Text))}";

    static string Sign(SigmaComparison comparison) => comparison switch
    {
        SigmaComparison.Equal => "=",
        SigmaComparison.NotEqual => "!=",
        SigmaComparison.Less => "<",
        SigmaComparison.LessOrEqual => "<=",
        SigmaComparison.Greater => ">",
        SigmaComparison.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(comparison.ToString()),
    };

    static YamlNode.Mapping Correlation(SigmaCorrelation correlation)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        Add(entries, "type", new YamlNode.Scalar(SigmaCorrelations.Name(correlation.Kind)));
        Add(entries, "rules", Names(correlation.Rules));
        if (!correlation.GroupBy.IsEmpty)
            Add(entries, "group-by", Names(correlation.GroupBy));
        if (correlation.Timespan is { } timespan)
            Add(entries, "timespan", new YamlNode.Scalar(timespan.ToString()));
        if (!correlation.Aliases.IsEmpty)
            Add(entries, "aliases", Map(correlation.Aliases.Select(Alias)));
        if (correlation.Generate)
            Add(entries, "generate", new YamlNode.Scalar("true"));
        if (correlation.Condition is { } condition)
            Add(entries, "condition", YamlWriter.Quoted(Write(condition)));
        else if (!correlation.Bounds.IsEmpty)
            Add(entries, "condition", Bounds(correlation));
        return Map(entries);
    }

    static YamlNode.Mapping Bounds(SigmaCorrelation correlation)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        if (!correlation.Fields.IsEmpty)
            Add(entries, "field", correlation.Fields.Count == 1 ? YamlWriter.Quoted(correlation.Fields[0].Text) : Names(correlation.Fields));
        if (correlation.Percentile is { } percentile)
            Add(entries, "percentile", new YamlNode.Scalar(percentile));
        foreach (var bound in correlation.Bounds)
            Add(entries, SigmaCorrelations.Name(bound.Comparison), new YamlNode.Scalar(bound.Value));
        return Map(entries);
    }

    static YamlEntry Alias(SigmaAlias alias) =>
        new(YamlWriter.Key(alias.Name), Map(alias.Fields.Select(f => new YamlEntry(YamlWriter.Key(f.Rule), YamlWriter.Quoted(f.Field)))));

    static YamlNode.Sequence Names(EquatableArray<SigmaName> names) => new([.. names.Select(YamlNode (n) => YamlWriter.Quoted(n.Text))]);

    static YamlNode.Mapping Map(IEnumerable<YamlEntry> entries) => new([.. entries]);

    static void Add(ImmutableArray<YamlEntry>.Builder entries, string key, YamlNode value) => entries.Add(new(YamlWriter.Key(key), value));

    static void AddText(ImmutableArray<YamlEntry>.Builder entries, string key, string? value)
    {
        if (value is not null)
            Add(entries, key, YamlWriter.Quoted(value));
    }
}
