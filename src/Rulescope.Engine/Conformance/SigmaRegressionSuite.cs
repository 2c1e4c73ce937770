using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>The suite <c>sigma-regression</c>: public rules over the events their authors recorded for them.</summary>
/// <remarks>
/// A case passes when the rule matches exactly the listed records of its own file. In the matrix a case is a rule over the events of
/// all other files: it passes when it matches exactly the listed cross matches. Rule text is read by the caller's function, since
/// the engine knows no rule language.
/// </remarks>
public static class SigmaRegressionSuite
{
    public const string Name = "sigma-regression";
    public const string MatrixName = "sigma-regression-matrix";

    /// <summary>The archive's name in the folder of suites.</summary>
    public const string FileName = "sigma-regression.tar.gz";

    const string Root = "sigma-regression/";

    /// <summary>Runs both parts over the archive.</summary>
    public static ImmutableArray<SuiteResult> Run(Stream archive, Func<string, Parsed<RuleQuery>> read, SkipList skips)
    {
        var members = ConformanceFiles.Members(archive, n => n.EndsWith(".jsonl", StringComparison.Ordinal) || n.EndsWith(".yml", StringComparison.Ordinal) || n.EndsWith(".json", StringComparison.Ordinal));
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        var cases = Lines<CaseLine>(members, "cases.open.jsonl").Where(c => c is { RuleId: not null, Rule: not null, Json: not null }).ToImmutableArray();
        var rules = cases.ToDictionary(c => c.RuleId ?? "", c => Prepare(members, c, read, recognizer), StringComparer.Ordinal);
        var events = cases.ToDictionary(c => c.RuleId ?? "", c => Events(members, c), StringComparer.Ordinal);
        var expectedCross = Lines<CrossLine>(members, "cross-matches.jsonl")
            .SelectMany(c => (c.MatchIndexes ?? []).Select(i => (Rule: c.RuleId ?? "", Match: $"{c.EventFileRuleId}#{i}")))
            .ToLookup(c => c.Rule, c => c.Match, StringComparer.Ordinal);

        var own = cases.Select(c => Judge(Name, c.RuleId ?? "", rules[c.RuleId ?? ""], skips, Ids(c.ExpectedMatchRecordIds ?? []), rule => Matched(rule, events[c.RuleId ?? ""])));
        var cross = cases.Select(c => Judge(MatrixName, c.RuleId ?? "", rules[c.RuleId ?? ""], skips, Sorted(expectedCross[c.RuleId ?? ""]), rule => MatchedElsewhere(rule, c.RuleId ?? "", events)));
        return [Count(Name, cases.Length, own), Count(MatrixName, cases.Length, cross)];
    }

    static SuiteResult Count(string suite, int cases, IEnumerable<Verdict> verdicts)
    {
        var all = verdicts.ToImmutableArray();
        return SuiteResult.Of(suite, cases, all.Count(v => v.Skipped), [.. all.Select(v => v.Failure).OfType<CaseFailure>()]);
    }

    static Verdict Judge(string suite, string id, Prepared prepared, SkipList skips, string expected, Func<SingleEventRule, string> run)
    {
        if (skips.Holds(suite, id))
            return new(true, null);
        var actual = prepared.Rule is { } rule ? run(rule) : $"not run: {prepared.Reason}";
        return new(false, string.Equals(actual, expected, StringComparison.Ordinal) ? null : new(id, expected, actual));
    }

    static Prepared Prepare(Dictionary<string, byte[]> members, CaseLine line, Func<string, Parsed<RuleQuery>> read, RecordRecognizer recognizer)
    {
        if (!members.TryGetValue(Root + line.Rule, out var text))
            return new(null, "the rule is not in the archive");
        var query = read(Encoding.UTF8.GetString(text));
        if (!query.IsComplete)
            return new(null, query.Diagnostics.First(d => d.Code.Severity == Severity.Error).ToString());
        var ready = SingleEventRule.Prepare(query.Value, recognizer);
        return new(ready.Value, ready.Diagnostics.FirstOrDefault()?.ToString() ?? "");
    }

    static ImmutableArray<Event> Events(Dictionary<string, byte[]> members, CaseLine line) =>
        members.TryGetValue(Root + line.Json, out var bytes) ? [.. JsonEventReader.Read(new MemoryStream(bytes), line.Json ?? "").Select(r => r.Event).OfType<Event>()] : [];

    static string Matched(SingleEventRule rule, ImmutableArray<Event> events) =>
        Ids(events.Where(rule.Matches).Select(e => long.TryParse(RecordPaths.At(e.Content, ["Event", "System", "EventRecordID"]).AsText, out var id) ? id : -1));

    static string MatchedElsewhere(SingleEventRule rule, string own, Dictionary<string, ImmutableArray<Event>> events) =>
        Sorted(events.Where(e => !string.Equals(e.Key, own, StringComparison.Ordinal)).SelectMany(e => e.Value.Index().Where(i => rule.Matches(i.Item)).Select(i => $"{e.Key}#{i.Index}")));

    static string Ids(IEnumerable<long> ids) => string.Join(' ', ids.Order());

    static string Sorted(IEnumerable<string> matches) => string.Join(' ', matches.Order(StringComparer.Ordinal));

    static IEnumerable<T> Lines<T>(Dictionary<string, byte[]> members, string name)
    {
        if (!members.TryGetValue(Root + name, out var bytes))
            yield break;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (JsonSerializer.Deserialize<T>(line) is { } read)
                yield return read;
        }
    }

    sealed record Prepared(SingleEventRule? Rule, string Reason);

    sealed record Verdict(bool Skipped, CaseFailure? Failure);

    sealed record CaseLine(
        [property: JsonPropertyName("rule_id")] string? RuleId,
        [property: JsonPropertyName("rule")] string? Rule,
        [property: JsonPropertyName("json")] string? Json,
        [property: JsonPropertyName("expected_match_record_ids")] long[]? ExpectedMatchRecordIds);

    sealed record CrossLine(
        [property: JsonPropertyName("rule_id")] string? RuleId,
        [property: JsonPropertyName("event_file_rule_id")] string? EventFileRuleId,
        [property: JsonPropertyName("match_indexes")] int[]? MatchIndexes);
}
