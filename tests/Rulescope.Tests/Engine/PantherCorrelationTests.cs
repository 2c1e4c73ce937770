using System.Globalization;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;

namespace Rulescope.Tests.Engine;

/// <summary>Panther's correlation rules over matches of the rules they name.</summary>
public class PantherCorrelationTests
{
    // Hits are PATTERN:KEY@MINUTE.
    [Theory]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b}]", "A:u@0 B:u@60", true)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b}]", "B:u@0 A:u@60", true)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b}]", "A:u@0 B:u@61", false)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b}]", "A:u@0 B:v@1", false)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b}]", "A:u@0 A:u@100 B:u@110", true)]
    [InlineData("[{ID: A, RuleID: a, MinMatchCount: 2}, {ID: B, RuleID: b}]", "A:u@0 A:u@30 B:u@60", true)]
    [InlineData("[{ID: A, RuleID: a, MinMatchCount: 2}, {ID: B, RuleID: b}]", "A:u@0 A:u@61 B:u@62", false)]
    [InlineData("[{ID: A, RuleID: a, MaxMatchCount: 1}, {ID: B, RuleID: b}]", "A:u@0 A:u@1 B:u@2", false)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b, Absence: true}]", "A:u@5", true)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b, Absence: true}]", "B:u@0 A:u@5", false)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b, Absence: true}]", "A:u@0 B:u@70", true)]
    [InlineData("[{ID: A, RuleID: a}, {ID: B, RuleID: b, Absence: true}]", "A:u@0 B:v@1", true)]
    [InlineData("[{ID: B, RuleID: b, Absence: true}]", "A:u@0", false)]
    public void Groups_hold_when_matches_share_a_value_within_the_window(string items, string hits, bool holds) =>
        Assert.Equal(holds, Hold($"{{Group: {items}, LookbackWindowMinutes: 60, MatchCriteria: {{k: [{{GroupID: A, Match: u}}, {{GroupID: B, Match: u}}]}}}}", hits));

    [Theory]
    [InlineData("A:u@0 B:u@10", true)]
    [InlineData("B:u@0 A:u@10", false)]
    [InlineData("B:u@0 A:u@10 B:u@20", true)]
    [InlineData("A:u@0 B:u@31", false)]
    [InlineData("A:u@0 B:v@10", false)]
    public void Sequences_hold_in_their_order(string hits, bool holds) => Assert.Equal(holds, Hold(
        "{Sequence: [{ID: A, RuleID: a}, {ID: B, RuleID: b}], Transitions: [{From: A, To: B, WithinTimeFrameMinutes: 30, Match: [{On: user}]}], LookbackWindowMinutes: 60}", hits));

    static bool Hold(string detection, string hits)
    {
        var read = CorrelationRules.Read(detection, YamlReader.Read(detection).Value[0].Root, new LogSource("panther", []));
        var correlate = Assert.IsType<Plan.Correlate>(read.Value.Plan);
        Assert.True(PatternHits.CanTell(correlate));
        return PatternHits.Hold(correlate, [.. hits.Split(' ').Select(Hit)]);
    }

    static PatternHit Hit(string text)
    {
        var (pattern, rest) = (text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var parts = rest.Split('@');
        return new(pattern, parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture) * TimeSpan.TicksPerMinute);
    }
}
