using System.Globalization;
using System.Text;
using System.Text.Json;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>Panther's rules from their files to what they match.</summary>
public class PantherRunTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "content", "rules", "panther");

    static readonly Lazy<Task<CorpusReading>> Starters = new(() => new CorpusReader().ReadAllAsync([new RuleSource("panther", Folder)], null, CancellationToken.None));

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Starter_rules_match_their_events_and_no_others(string name)
    {
        var document = Assert.Single((await Starters.Value).Documents, d => Path.GetFileName(d.Path) == $"{name}.yml");
        var logic = document.Query?.Plan is Plan.Schedule schedule ? schedule.Input : document.Query?.Plan;
        var ready = SingleEventRule.Prepare(new RuleQuery(Assert.IsType<Plan.Filter>(logic)), new RecordRecognizer(LogSourceCatalog.Shipped));
        Assert.Empty(ready.Diagnostics);
        foreach (var line in File.ReadAllLines(Path.Combine(Folder, $"{name}.events.jsonl")).Select(l => JsonDocument.Parse(l).RootElement))
        {
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(line.GetProperty("event").GetRawText()));
            var record = Assert.Single(JsonEventReader.Read(bytes, name)).Event;
            var expected = line.GetProperty("expect").GetString() == "match" ? Truth.True : Truth.False;
            Assert.True(expected == ready.Value!.Evaluate(record!), $"{name}: {line.GetProperty("note").GetString()}");
        }
    }

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
