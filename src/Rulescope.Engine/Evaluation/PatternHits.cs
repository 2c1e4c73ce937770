using System.Collections.Immutable;
using Rulescope.Algebra.Plans;

namespace Rulescope.Engine.Evaluation;

/// <summary>A match of one of a correlation's patterns.</summary>
/// <param name="Pattern">The pattern's variable.</param>
/// <param name="Key">The value it shares with others; empty where the correlation asks for none.</param>
/// <param name="Ticks">When; only differences count.</param>
public sealed record PatternHit(string Pattern, string Key, long Ticks);

/// <summary>Tells from the matches of its patterns whether a correlation holds, straight from its definition.</summary>
public static class PatternHits
{
    /// <summary>True for a correlation that is decided by counts, order, one shared value and a window.</summary>
    public static bool CanTell(Plan.Correlate correlate) =>
        correlate is { Condition: null, Until: null, Keys.Count: <= 1, Window.Kind: WindowKind.Sliding, Order: not PatternOrder.Chronological }
        && correlate.Patterns.Items.All(p => p.Repeat == 1);

    /// <summary>True when some window holds enough matches of every pattern that share a value, and none of an absent pattern.</summary>
    public static bool Hold(Plan.Correlate correlate, ImmutableArray<PatternHit> hits)
    {
        var length = correlate.Window?.Length ?? 0;
        return hits.GroupBy(h => h.Key, StringComparer.Ordinal).Any(group =>
        {
            var times = group.ToLookup(h => h.Pattern, h => h.Ticks, StringComparer.Ordinal);
            var wanted = correlate.Patterns.Items.Where(p => !p.Absent).ToImmutableArray();
            // Absence alone is no match.
            return !wanted.IsEmpty && group.Select(h => h.Ticks).Distinct().Any(start => Holds(correlate, wanted, times, start, length));
        });
    }

    static bool Holds(Plan.Correlate correlate, ImmutableArray<Pattern> wanted, ILookup<string, long> times, long start, long length)
    {
        var (from, last) = (start, start);
        foreach (var pattern in wanted)
        {
            var inside = times[pattern.Variable].Where(t => t >= from && t - start <= length).Order().ToImmutableArray();
            if (inside.Length < pattern.Minimum)
                return false;
            var reached = pattern.Minimum == 0 ? from : inside[(int)pattern.Minimum - 1];
            last = Math.Max(last, reached);
            if (correlate.Order == PatternOrder.Listed)
                from = reached;
        }

        // What must not be there, or not so often, counts wherever one window holds it together with the others.
        return correlate.Patterns.Items.All(p => (p.Absent ? 0 : p.Maximum) is not { } most || times[p.Variable].Count(t => Math.Max(last, t) - Math.Min(start, t) <= length) <= most);
    }
}
