using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Yaml;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>When an analytics rule runs, how far back it reads, and how many rows make an alert. Ticks; null where the rule does not say.</summary>
sealed record AnalyticsTrigger(long? Every, long? Lookback, string Operator, long Threshold)
{
    static readonly ImmutableArray<string> Operators = ["gt", "lt", "eq", "ne"];

    public static AnalyticsTrigger Read(Metadata rule)
    {
        var named = rule.Text("triggerOperator").ToLowerInvariant();
        var isKnown = named.Length == 0 || Operators.Contains(named, StringComparer.Ordinal);
        if (!isKnown)
            rule.Report(rule.Find("triggerOperator")?.Span ?? default, MicrosoftCodes.BadTrigger, "triggerOperator", string.Join(", ", Operators), named);
        var threshold = 0L;
        if (rule.Find("triggerThreshold") is { } node && !(node is YamlNode.Scalar number && long.TryParse(number.Value, CultureInfo.InvariantCulture, out threshold)))
            rule.Report(node.Span, MicrosoftCodes.BadTrigger, "triggerThreshold", "a whole number", rule.Text("triggerThreshold"));
        return new(Time(rule, "queryFrequency"), Time(rule, "queryPeriod"), named.Length == 0 || !isKnown ? "gt" : named, threshold);
    }

    /// <summary>The query with its schedule; "more than no row" is what every query means and adds nothing else.</summary>
    public RuleQuery Apply(RuleQuery query)
    {
        if (Operator != "gt" || Threshold != 0)
        {
            var counted = new Plan.Aggregate(query.Plan, AggregateKind.Collapse, [], [new Named("results", new Expression.Aggregate("count", []) { CountsNulls = true })]);
            query = query with { Plan = new Plan.Filter(counted, Condition()) };
        }

        return (Every ?? Lookback) is null ? query : query with { Plan = new Plan.Schedule(query.Plan) { Every = Every, Lookback = Lookback } };
    }

    Predicate Condition()
    {
        Match match = Operator switch
        {
            "gt" => new Match.Order(OrderRelation.Greater),
            "lt" => new Match.Order(OrderRelation.Less),
            _ => new Match.Exact(),
        };
        var test = new Predicate.Test(new Expression.Ref(new Reference.Column("results")), match, [new Expression.Constant(new Literal.Integer(Threshold))], new Semantics());
        return Operator == "ne" ? new Predicate.Not(test) : test;
    }

    static long? Time(Metadata rule, string key)
    {
        var text = rule.Text(key);
        if (text.Length == 0)
            return null;
        long? unit = char.ToLowerInvariant(text[^1]) switch
        {
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            _ => null,
        };
        if (unit is { } ticks && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count * ticks;
        rule.Report(rule.Find(key)?.Span ?? default, MicrosoftCodes.BadTime, key, text);
        return null;
    }
}
