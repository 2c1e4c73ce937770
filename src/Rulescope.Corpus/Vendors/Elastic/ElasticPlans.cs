using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>A threshold: so many events per combination of the fields' values, and so many distinct values of other fields.</summary>
sealed record ElasticThreshold(ImmutableArray<TomlValue.String> Fields, TomlValue.Integer Value, ImmutableArray<ElasticCardinality> Cardinalities);

/// <summary>At least so many distinct values of a field.</summary>
sealed record ElasticCardinality(TomlValue.String Field, TomlValue.Integer Value);

/// <summary>An event's field equals an indicator's field; all entries of one mapping hold for the same indicator.</summary>
sealed record ElasticMapping(ImmutableArray<(TomlValue.String Field, TomlValue.String Indicator)> Entries)
{
    /// <summary>The text of a mapping that says something else than equality; null for a plain one.</summary>
    public string? Unread { get; init; }

    public SourceSpan Span { get; init; }
}

/// <summary>What a rule's type and keys make of its query: the query selects events, these are the stages behind it.</summary>
/// <remarks>Source: Elastic's pages on threshold, new terms and indicator match rules (9.x).</remarks>
static class ElasticPlans
{
    /// <summary>How far back a run reads where the rule does not say.</summary>
    public static readonly long DefaultLookback = 6 * TimeSpan.TicksPerMinute;

    const string Indicators = "indicators";

    /// <summary>The rule's filters stand beside its query: they meet every event before the query does.</summary>
    public static RuleQuery Filter(RuleQuery query, Predicate condition) => new FilteredSources(condition).Rewrite(query);

    /// <summary>Counts per combination within one run. A list counts once per element; events without one of the fields do not count.</summary>
    public static RuleQuery Threshold(RuleQuery query, ElasticThreshold threshold, long? lookback)
    {
        var outcomes = new List<Named> { new("count", new Expression.Aggregate("count", [])) };
        var bounds = new List<Predicate> { ElasticFields.AtLeast("count", threshold.Value) };
        foreach (var cardinality in threshold.Cardinalities)
        {
            var name = $"dcount({cardinality.Field.Text})";
            outcomes.Add(new(name, new Expression.Aggregate("dcount", [ElasticFields.Ref(cardinality.Field)])));
            bounds.Add(ElasticFields.AtLeast(name, cardinality.Value));
        }

        return query with
        {
            Plan = new Plan.Correlate([new Pattern("", query.Plan)])
            {
                Keys = [.. threshold.Fields.Select(f => new CorrelationKey([ElasticFields.Ref(f)]) { PerElement = true })],
                Window = new(WindowKind.Hop, lookback ?? DefaultLookback) { Defaulted = lookback is null },
                Outcomes = [.. outcomes],
                Condition = bounds is [var only] ? only : new Predicate.And([.. bounds]),
            },
        };
    }

    /// <summary>Only combinations of values that the history does not have.</summary>
    public static RuleQuery NewTerms(RuleQuery query, ImmutableArray<TomlValue.String> fields, long window) =>
        query with { Plan = new Plan.History(query.Plan, [.. fields.Select(f => ElasticFields.Ref(f))], window) };

    /// <summary>Events that one of the mappings ties to an indicator; an event that fits several times is one match.</summary>
    public static RuleQuery ThreatMatch(RuleQuery events, RuleQuery indicators, ImmutableArray<ElasticMapping> mappings)
    {
        EquatableArray<View> views = [.. events.Views, .. indicators.Views, new View(Indicators, indicators.Plan)];
        var isOne = mappings.Length == 1;
        var joins = mappings.Select(m => Match(m, isOne ? events.Plan : new Plan.Inflow())).ToImmutableArray();
        return new(isOne ? joins[0] : new Plan.Distinct(new Plan.Fork(events.Plan, joins), [ElasticFields.Ref("_id")])) { Views = views };
    }

    /// <summary>A stage that says something of alerts or of data outside the file: its text is kept.</summary>
    public static RuleQuery Keep(RuleQuery query, string text, SourceSpan span) => query with { Plan = new Plan.Opaque(query.Plan, text) { Span = span } };

    /// <summary>When the rule runs and how far back it reads, where it says so. Ticks.</summary>
    public static RuleQuery Schedule(RuleQuery query, long? every, long? lookback, long? deduplicate) =>
        (every ?? lookback ?? deduplicate) is null ? query
        : query with { Plan = new Plan.Schedule(query.Plan) { Every = every, Lookback = lookback, Deduplicate = deduplicate } };

    static Plan Match(ElasticMapping mapping, Plan events) => mapping.Unread is { } text
        ? new Plan.Unsupported(text) { Inputs = [events], Span = mapping.Span }
        : new Plan.Join(events, new Plan.Use(Indicators), JoinKind.LeftSemi, [.. mapping.Entries.Select(e => new Plan.JoinKey(ElasticFields.Ref(e.Field), ElasticFields.Ref(e.Indicator)))])
        {
            Span = mapping.Span,
        };

    sealed class FilteredSources(Predicate condition) : PlanRewriter
    {
        public override Plan Rewrite(Plan plan) => plan is Plan.Source ? new Plan.Filter(plan, condition) { Span = condition.Span } : base.Rewrite(plan);
    }
}
