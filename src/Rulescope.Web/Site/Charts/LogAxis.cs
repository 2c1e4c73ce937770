using System.Collections.Immutable;

namespace Rulescope.Web.Site.Charts;

/// <summary>A logarithmic axis from 1 to the first 1, 2 or 5 times a power of ten that holds every value.</summary>
/// <param name="From">Where 1 lies, in units of the drawing.</param>
/// <param name="To">Where the end lies; less than <paramref name="From"/> for an axis that runs upwards.</param>
public sealed record LogAxis(double From, double To, int End)
{
    const int LeastEnd = 5;

    static readonly int[] Steps = [1, 2, 5];

    public static LogAxis For(IEnumerable<int> values, double from, double to)
    {
        var most = values.DefaultIfEmpty(1).Max();
        return new(from, to, Marks(int.MaxValue).First(m => m >= Math.Max(most, LeastEnd)));
    }

    /// <summary>The values that bear a label.</summary>
    public ImmutableArray<int> Labels => [.. Marks(End)];

    /// <summary>Where a value of 1 or more lies; one beyond the end lies at the end.</summary>
    public double At(int value) => From + ((To - From) * Math.Log(Math.Clamp(value, 1, End)) / Math.Log(End));

    static IEnumerable<int> Marks(int end)
    {
        for (long power = 1; power <= end; power *= 10)
        {
            foreach (var step in Steps)
            {
                if (power * step <= end)
                    yield return (int)(power * step);
            }
        }
    }
}
