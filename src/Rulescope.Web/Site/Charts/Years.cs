using System.Collections.Immutable;
using Rulescope.Catalog.Guide;

namespace Rulescope.Web.Site.Charts;

/// <summary>How many rules a year brought, and the height of its bar.</summary>
/// <param name="Height">0 to 1, the part of the fullest year.</param>
public sealed record YearBar(int Year, int Rules, double Height);

/// <summary>Rules by the year in which they were made, or last changed where that alone is known.</summary>
/// <param name="Undated">Rules without any date.</param>
public sealed record Years(ImmutableArray<YearBar> Bars, int Undated)
{
    // Rules may name any year; a row of bars must stay one.
    const int MostYears = 12;

    public static Years Of(IEnumerable<RuleEntry> rules)
    {
        var years = rules.Select(r => (r.Created ?? r.Changed)?.Year).ToArray();
        var counts = years.OfType<int>().CountBy(y => y).ToDictionary();
        if (counts.Count == 0)
            return new([], years.Length);
        var last = counts.Keys.Max();
        var first = Math.Max(counts.Keys.Min(), last - MostYears + 1);
        var shown = Enumerable.Range(first, last - first + 1).Select(y => (Year: y, Rules: Count(counts, y, first))).ToArray();
        var most = shown.Max(y => y.Rules);
        return new([.. shown.Select(y => new YearBar(y.Year, y.Rules, (double)y.Rules / most))], years.Count(y => y is null));
    }

    /// <summary>True when the first bar also holds what is older.</summary>
    public bool HoldsOlder => Bars.Length == MostYears;

    static int Count(Dictionary<int, int> counts, int year, int first) =>
        year == first ? counts.Where(c => c.Key <= first).Sum(c => c.Value) : counts.GetValueOrDefault(year);
}
