using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>Panther's public rules over their own unit tests: a case passes when the rule's truth on the test's event, or the correlation's on the test's matches, is the expected one.</summary>
/// <remarks>Tests that replace functions are not run. What also differs when CPython runs the rule in a plain host is skipped as such.</remarks>
public static class PantherSuite
{
    public const string Name = "panther";
    public const string CorrelationsName = "panther-correlations";

    /// <summary>The archive's name in the folder of suites.</summary>
    public const string FileName = "panther-tests.tar.gz";

    const string Root = "panther-tests/";

    /// <summary>Runs both parts.</summary>
    /// <param name="rules">The logic of a rule by the path of its YAML, with what counts as true instead of what is the value true; null where it has none.</param>
    public static ImmutableArray<SuiteResult> Run(SuiteFiles files, Func<string, Parsed<RuleQuery>?> rules, SkipList skips)
    {
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        return
        [
            SuiteResult.Of(Name, skips, files.Lines(Root + "panther-tests.open.jsonl").Select(c => (c.TextOf("case_id"), Judge(c, rules, recognizer)))),
            SuiteResult.Of(CorrelationsName, skips, files.Lines(Root + "panther-correlation_rules-tests.open.jsonl").Select(c => (c.TextOf("case_id"), Judge(c, rules, recognizer)))),
        ];
    }

    static CaseOutcome Judge(JsonElement @case, Func<string, Parsed<RuleQuery>?> rules, RecordRecognizer recognizer)
    {
        var expected = Written(@case.Flag("expected"));
        if (@case.Items("mocks").Any())
            return new("mocks", expected, "not run");
        if (rules(@case.TextOf("rule_path")) is not { } rule)
            return new("no-logic", expected, "not run");
        if (!rule.IsComplete)
            return CaseOutcome.Refused(expected, rule.Diagnostics);
        var logic = Logic(rule.Value.Plan);
        if (@case.TryGetProperty("extra", out var extra) && extra.Items("RuleOutputs").Any())
            return Correlated(logic, extra.Items("RuleOutputs"), expected);
        var ready = SingleEventRule.Prepare(rule.Value with { Plan = logic }, recognizer);
        if (ready.Value is not { } prepared)
            return CaseOutcome.Refused(expected, ready.Diagnostics);
        var actual = EventOf(@case) is { } record ? Written(prepared.Evaluate(record)) : "no event";
        // Some rules need more than Python: what Panther's own runtime adds, or packages of others.
        return actual != expected && @case.TextOf("reproduced_with_plain_python") is not ("pass" or "no-python")
            ? new("not-reproduced", expected, actual)
            : CaseOutcome.Ran(expected, actual);
    }

    // What stands around the logic says when it runs and how many hits are an alert.
    static Plan Logic(Plan plan) => plan switch
    {
        Plan.Schedule schedule => Logic(schedule.Input),
        Plan.Opaque opaque => Logic(opaque.Input),
        Plan.Correlate { Patterns: [{ Variable: "", Plan: var hits }] } => Logic(hits),
        _ => plan,
    };

    static Event? EventOf(JsonElement @case)
    {
        if (!@case.TryGetProperty("log", out var log) || log.ValueKind != JsonValueKind.Object)
            return null;
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(log.GetRawText()));
        return JsonEventReader.Read(bytes, "log").Select(r => r.Event).FirstOrDefault();
    }

    static CaseOutcome Correlated(Plan logic, IEnumerable<JsonElement> outputs, string expected)
    {
        if (logic is not Plan.Correlate correlate || !PatternHits.CanTell(correlate))
            return new("correlation", expected, "not run");
        var hits = outputs.SelectMany(o => Hits(correlate, o)).ToImmutableArray();
        return CaseOutcome.Ran(expected, Written(PatternHits.Hold(correlate, hits)));
    }

    // {"ID": pattern, "Matches": {path: {value: [times]}}}
    static IEnumerable<PatternHit> Hits(Plan.Correlate correlate, JsonElement output)
    {
        var pattern = correlate.Patterns.Items.FirstOrDefault(p => string.Equals(p.Variable, output.TextOf("ID"), StringComparison.Ordinal));
        if (pattern is null || !output.TryGetProperty("Matches", out var matches) || matches.ValueKind != JsonValueKind.Object)
            yield break;
        var path = correlate.Keys.IsEmpty ? null : PathOf(correlate.Keys[0].PerPattern[correlate.Patterns.Items.IndexOf(pattern)]);
        foreach (var match in matches.EnumerateObject().Where(m => path is null || string.Equals(m.Name, path, StringComparison.Ordinal)))
        {
            foreach (var value in match.Value.EnumerateObject())
            {
                foreach (var time in value.Value.EnumerateArray())
                    yield return new(pattern.Variable, path is null ? "" : value.Name, Ticks(time));
            }
        }
    }

    static string PathOf(Expression key) => key is Expression.Ref { Target: Reference.Field field } ? field.Path.Display : "";

    // Minutes, or a date.
    static long Ticks(JsonElement time) => time.ValueKind == JsonValueKind.Number
        ? (long)(time.GetDouble() * TimeSpan.TicksPerMinute)
        : DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.UtcTicks : 0;

    static string Written(bool value) => value ? "true" : "false";

    static string Written(Truth truth) => truth switch
    {
        Truth.True => "true",
        Truth.False => "false",
        Truth.Error => "an error",
        _ => "unknown",
    };
}
