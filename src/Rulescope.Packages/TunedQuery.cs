using System.Globalization;
using System.Text;

namespace Rulescope.Packages;

/// <summary>A package's query with some of its exclusions put in.</summary>
public static class TunedQuery
{
    /// <summary>The query, and behind it a stage for each chosen clause.</summary>
    /// <param name="reading">The package.</param>
    /// <param name="clauses">Numbers of tuning clauses from 1; others are passed over.</param>
    public static string Write(PackageReading reading, IEnumerable<int> clauses)
    {
        var text = new StringBuilder(reading.Query.Text.TrimEnd());
        var tuning = reading.Package.Tuning;
        foreach (var number in clauses.Distinct().Order().Where(n => n >= 1 && n <= tuning.Count))
        {
            var clause = tuning[number - 1];
            text.Append(CultureInfo.InvariantCulture, $"\n// Left out: {clause.Actor.ReplaceLineEndings(" ")}\n| where not({clause.Exclude})");
        }

        return text.Append('\n').ToString();
    }
}
