using System.Collections.Immutable;

namespace Rulescope.Languages.Sigma;

/// <summary>The words of correlations.</summary>
static class SigmaCorrelations
{
    static readonly ImmutableArray<(string Name, SigmaCorrelationKind Kind)> Kinds =
    [
        ("event_count", SigmaCorrelationKind.EventCount),
        ("value_count", SigmaCorrelationKind.ValueCount),
        ("temporal", SigmaCorrelationKind.Temporal),
        ("temporal_ordered", SigmaCorrelationKind.TemporalOrdered),
        ("value_sum", SigmaCorrelationKind.ValueSum),
        ("value_avg", SigmaCorrelationKind.ValueAvg),
        ("value_percentile", SigmaCorrelationKind.ValuePercentile),
    ];

    static readonly ImmutableArray<(string Name, SigmaComparison Comparison)> Comparisons =
    [
        ("eq", SigmaComparison.Equal),
        ("neq", SigmaComparison.NotEqual),
        ("lt", SigmaComparison.Less),
        ("lte", SigmaComparison.LessOrEqual),
        ("gt", SigmaComparison.Greater),
        ("gte", SigmaComparison.GreaterOrEqual),
    ];

    /// <summary>The kind of a type, or <see cref="SigmaCorrelationKind.Unknown"/>.</summary>
    public static SigmaCorrelationKind Kind(string name) => Kinds.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.Ordinal)).Kind;

    public static string Name(SigmaCorrelationKind kind) => Kinds.FirstOrDefault(k => k.Kind == kind).Name ?? "unknown";

    /// <summary>The comparison of a key, or null.</summary>
    public static SigmaComparison? Comparison(string? name) =>
        Comparisons.Where(c => string.Equals(c.Name, name, StringComparison.Ordinal)).Select(c => (SigmaComparison?)c.Comparison).FirstOrDefault();

    public static string Name(SigmaComparison comparison) => Comparisons.First(c => c.Comparison == comparison).Name;
}
