using Rulescope.Algebra.Reading;

namespace Rulescope.Tests.Support;

/// <summary>A reading as lines: the conditions, the exclusion clauses, then every observation.</summary>
public static class ReadingLines
{
    public static string Of(RuleReading reading) => string.Join('\n', Lines(reading));

    static IEnumerable<string> Lines(RuleReading reading)
    {
        foreach (var stage in reading.Stages)
        {
            yield return $"{stage.Name}: {ReadText.Of(stage.Condition)}";
            foreach (var clause in stage.Exclusions)
                yield return $"  excludes {(clause.Label.Length > 0 ? clause.Label + ": " : "")}{ReadText.Of(clause.Condition)}";
        }

        foreach (var seen in reading.Observations)
        {
            var value = seen.Value is null ? "" : $" \"{seen.Value}\"" + (seen.MergeKey == seen.Value ? "" : $" (as \"{seen.MergeKey}\")");
            yield return $"{seen.Side.ToString().ToLowerInvariant()} {seen.Field} {seen.Operator.Word()}{value}{(seen.IsNegated ? " negated" : "")}{(seen.IsThreshold ? " threshold" : "")}";
        }

        foreach (var unread in reading.Unread)
            yield return $"not read: {unread.SourceText}";
    }
}
