using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>When hits become an alert.</summary>
/// <param name="Threshold">So many hits of one group; null for the default of 1.</param>
/// <param name="Minutes">How long hits of a group go into one alert; null for the default.</param>
/// <param name="GroupBy">The fields that make up a group, where the YAML says them.</param>
sealed record PantherAlerting(YamlNode.Scalar? Threshold, YamlNode.Scalar? Minutes, ImmutableArray<SimpleKey> GroupBy);

/// <summary>What the keys of a rule make of its logic: the logic selects events, these are the stages around it.</summary>
/// <remarks>Source: Panther's pages on rules, inline filters and deduplication (2026-07).</remarks>
static class PantherPlans
{
    const long DefaultMinutes = 60;

    /// <summary>Inline filters meet every event before the rule does.</summary>
    public static RuleQuery Filter(RuleQuery query, Predicate condition) => new FilteredSources(condition).Rewrite(query);

    /// <summary>Counts hits, or the distinct values of a function, within the period that begins with the first hit of a group. Without a threshold every hit is one, and the period only says what goes into the same alert.</summary>
    public static RuleQuery Alert(RuleQuery query, PantherAlerting alerting, PantherFunctions functions)
    {
        var period = (alerting.Minutes?.Integer ?? DefaultMinutes) * TimeSpan.TicksPerMinute;
        if (alerting.Threshold is not { Integer: > 1 } threshold)
            return alerting.Minutes is null ? query : query with { Plan = new Plan.Schedule(query.Plan) { Deduplicate = period } };
        var least = new Predicate.Test(
            new Expression.Ref(new Reference.Column("count")),
            new Match.Order(OrderRelation.GreaterOrEqual),
            [new Expression.Constant(new Literal.Integer(threshold.Integer.Value)) { Span = threshold.Span }],
            new Semantics())
        { Span = threshold.Span };
        var groups = functions.Group is { } group ? [group] : alerting.GroupBy.Select(Expression (k) => SimpleLowering.Field(k));
        return query with
        {
            Plan = new Plan.Correlate([new Pattern("", query.Plan)])
            {
                Keys = [.. groups.Select(g => new CorrelationKey([g]) { Nullable = true })],
                Window = new(WindowKind.Tumbling, period) { Defaulted = alerting.Minutes is null },
                Outcomes = [new("count", functions.Unique is { } unique ? new Expression.Aggregate("dcount", [unique]) : new Expression.Aggregate("count", []))],
                Condition = least,
            },
        };
    }

    sealed class FilteredSources(Predicate condition) : PlanRewriter
    {
        public override Plan Rewrite(Plan plan) => plan is Plan.Source ? new Plan.Filter(plan, condition) { Span = condition.Span } : base.Rewrite(plan);
    }
}
