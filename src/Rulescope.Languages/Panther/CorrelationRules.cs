using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>Reads a correlation rule: matches of other rules, named by their ids, that share a value within a window.</summary>
/// <remarks>
/// <c>Group</c> is any order and <c>Sequence</c> the order of its list; <c>EventEvaluationOrder</c> says from which end events are looked
/// at and decides nothing about whether there is a match. Source: Panther's correlation rule reference, its style guide and the unit
/// tests of its public rules (2026-07).
/// </remarks>
public static class CorrelationRules
{
    /// <summary>How far back a run looks where the rule does not say.</summary>
    public const int DefaultLookbackMinutes = 15;

    /// <summary>The plan of the value of <c>Detection</c>; the rules it refers to are views without a plan. Never throws.</summary>
    /// <param name="source">The file's text, in which spans count.</param>
    public static Parsed<RuleQuery> Read(string source, YamlNode detection, LogSource logSource)
    {
        var reading = new CorrelationReading();
        var query = reading.Query(detection, logSource, new SourceText("", source).Slice(detection.Span));
        return new(query, reading.Findings.ToImmutable());
    }
}

/// <summary>One item of a correlation.</summary>
sealed record CorrelationItem(string Id, string Rule, long Minimum, long? Maximum, bool Absent, SourceSpan Span);

/// <summary>One reading of a correlation.</summary>
sealed partial class CorrelationReading
{
    static readonly ImmutableArray<string> Keys =
        ["EventEvaluationOrder", "Group", "LookbackWindowMinutes", "MatchCriteria", "MinMatchCount", "Schedule", "Sequence", "Transitions"];

    public ImmutableArray<Diagnostic>.Builder Findings { get; } = ImmutableArray.CreateBuilder<Diagnostic>();

    public RuleQuery Query(YamlNode detection, LogSource source, string text)
    {
        var mapping = (detection is YamlNode.Sequence { Items: [var first, ..] } ? first : detection) as YamlNode.Mapping;
        var items = mapping is null ? [] : Items(mapping);
        if (mapping is null || items.IsEmpty)
        {
            Report(detection.Span, SimpleCodes.NoPatterns);
            return new(new Plan.Unsupported(text) { Inputs = [new Plan.Source(source)], Span = detection.Span });
        }

        foreach (var entry in mapping.Entries.Items.Where(e => e.Name is null || !Keys.Contains(e.Name, StringComparer.Ordinal)))
            Report(entry.Key.Span, SimpleCodes.UnusedKey, entry.Name ?? "a key that is no text");
        if (items.All(i => i.Absent))
            Report(detection.Span, SimpleCodes.OnlyAbsent);
        var correlate = Correlate(mapping, items) with { Span = detection.Span };
        return new(Scheduled(mapping, correlate)) { Views = [.. items.Select(i => i.Rule).Distinct(StringComparer.Ordinal).Select(r => new View(r, null))] };
    }

    Plan.Correlate Correlate(YamlNode.Mapping mapping, ImmutableArray<CorrelationItem> items)
    {
        var least = Number(mapping, "MinMatchCount");
        var transitions = Transitions(mapping, items);
        var isSequence = mapping["Sequence"] is not null;
        var lookback = Number(mapping, "LookbackWindowMinutes");
        var minutes = lookback ?? CorrelationRules.DefaultLookbackMinutes;
        // Between two items the only transition bounds the whole.
        if (items.Length == 2 && transitions is [{ Within: { } within }] && within < minutes)
            minutes = within;
        return new([.. items.Select(i => new Pattern(i.Id, new Plan.Use(i.Rule) { Span = i.Span })
        {
            Minimum = least is null ? i.Minimum : 0,
            Maximum = i.Maximum,
            Absent = i.Absent,
        })])
        {
            Keys = isSequence ? SharedByTransitions(transitions, items) : SharedByCriteria(mapping, items),
            Order = isSequence ? PatternOrder.Listed : PatternOrder.Any,
            Window = new(WindowKind.Sliding, minutes * TimeSpan.TicksPerMinute) { Defaulted = lookback is null && minutes == CorrelationRules.DefaultLookbackMinutes },
            // Each rule makes a signal of its own of an event.
            Reuse = true,
            Outcomes = least is null ? [] : [.. items.Select(i => new Named(CountOf(i), new Expression.Aggregate("count", [Event(i)])))],
            Condition = least is { } some ? new Predicate.AtLeast((int)Math.Min(some, int.MaxValue), [.. items.Select(Occurs)]) : items.Length > 2 ? Apart(transitions) : null,
        };
    }

    // How often the rule runs; what a cron expression says is kept as it is.
    static Plan Scheduled(YamlNode.Mapping mapping, Plan plan)
    {
        if (mapping["Schedule"] is not YamlNode.Mapping schedule)
            return plan;
        if (schedule["CronExpression"] is YamlNode.Scalar { IsNull: false } cron)
            return new Plan.Opaque(plan, $"CronExpression {cron.Value}") { Span = cron.Span };
        return schedule["RateMinutes"] is YamlNode.Scalar { Integer: >= 0 and < int.MaxValue and var rate } ? new Plan.Schedule(plan) { Every = rate * TimeSpan.TicksPerMinute } : plan;
    }

    ImmutableArray<CorrelationItem> Items(YamlNode.Mapping mapping)
    {
        var key = mapping["Group"] is not null ? "Group" : "Sequence";
        var items = ImmutableArray.CreateBuilder<CorrelationItem>();
        foreach (var node in (mapping[key] as YamlNode.Sequence)?.Items.Items ?? [])
        {
            if (node is not YamlNode.Mapping item || item["RuleID"] is not YamlNode.Scalar { IsNull: false } rule)
            {
                Report(node.Span, SimpleCodes.NoRuleId, key);
                continue;
            }

            var id = item["ID"] is YamlNode.Scalar { IsNull: false } name ? name.Value : rule.Value;
            if (items.Any(i => string.Equals(i.Id, id, StringComparison.Ordinal)))
                Report(node.Span, SimpleCodes.SameTwice, id);
            else
                items.Add(new(id, rule.Value, Number(item, "MinMatchCount") ?? 1, Number(item, "MaxMatchCount"), (item["Absence"] as YamlNode.Scalar)?.Boolean is true, node.Span));
        }

        return items.ToImmutable();
    }

    static string CountOf(CorrelationItem item) => $"{item.Id}_count";

    static Expression.Ref Event(CorrelationItem item) => new(new Reference.Field(new([])) { EventVariable = item.Id });

    static Predicate Occurs(CorrelationItem item)
    {
        var enough = new Predicate.Test(
            new Expression.Ref(new Reference.Column(CountOf(item))), new Match.Order(OrderRelation.GreaterOrEqual), [Expression.Number(item.Minimum)], new Semantics())
        { Span = item.Span };
        return item.Absent ? new Predicate.Not(enough) { Span = item.Span } : enough;
    }

    // Counts and minutes beyond these are no sensible ones and would not fit a length of time.
    long? Number(YamlNode.Mapping mapping, string key)
    {
        if (mapping[key] is not { } node || node is YamlNode.Scalar { IsNull: true })
            return null;
        if (node is YamlNode.Scalar { Integer: >= 0 and < int.MaxValue and var number })
            return number;
        Report(node.Span, SimpleCodes.NoValue, key, "a whole number");
        return null;
    }

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => Findings.Add(Diagnostic.At(span, code, arguments));
}
