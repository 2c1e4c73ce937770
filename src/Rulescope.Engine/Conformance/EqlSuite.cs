using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>EQL queries over recorded events: a case passes when exactly the listed events are found, in their order.</summary>
public static class EqlSuite
{
    public const string EndgameName = "eql-endgame";
    public const string ElasticName = "elastic-eql";
    public const string DerivedName = "elastic-eql-derived";

    /// <summary>The archive of Endgame's queries and events in the folder of suites; Elastic's queries read these events as well.</summary>
    public const string EndgameFile = "eql-endgame.tar.gz";

    /// <summary>The archive of Elastic's queries.</summary>
    public const string ElasticFile = "elastic-eql.tar.gz";

    // The mode in which Endgame's language is read here.
    const string CaseMode = "insensitive";

    /// <summary>Endgame's queries over events in the order of their file.</summary>
    public static SuiteResult Endgame(SuiteFiles files, Func<string, Parsed<RuleQuery>> read, SkipList skips)
    {
        var events = new Recordings(files);
        return SuiteResult.Of(EndgameName, skips, files.Lines("eql-endgame/queries.open.jsonl").Select(c =>
            (c.TextOf("case_id"), Judge(c, read(c.TextOf("query")), events.InOrder(["eql-endgame/" + c.TextOf("data")], null)))));
    }

    /// <summary>Elastic's queries, and those of Endgame in Elastic's spelling; events run in the order of their times.</summary>
    /// <param name="read">Reads a query; its second argument names the field that holds an event's category.</param>
    public static ImmutableArray<SuiteResult> Elastic(SuiteFiles files, Func<string, string, Parsed<RuleQuery>> read, SkipList skips)
    {
        var events = new Recordings(files);
        return [Run(ElasticName, "elastic-eql/cases.open.jsonl"), Run(DerivedName, "elastic-eql/derived.open.jsonl")];

        SuiteResult Run(string name, string member) => SuiteResult.Of(name, skips, files.Lines(member).Select(c =>
            (c.TextOf("case_id"), Judge(c, read(c.TextOf("query"), c.TextOf("event_category_field")), events.InOrder(c.Texts("data").Select(PathOf), c.TextOf("timestamp_field"))))));
    }

    static string PathOf(string data) => data.StartsWith("../", StringComparison.Ordinal) ? data[3..] : "elastic-eql/" + data;

    static CaseOutcome Judge(JsonElement @case, Parsed<RuleQuery> query, ImmutableArray<Event> events)
    {
        var expected = Ids(@case.Items("expected_event_ids"));
        if (@case.Texts("case_modes") is { IsEmpty: false } modes && !modes.Contains(CaseMode, StringComparer.Ordinal))
            return new("case-sensitive", expected, "not run");
        if (@case.Texts("needs") is [var need, ..])
            return new(need, expected, "not run");
        var ready = PlanEvaluator.Prepare(query.Value);
        // What is more than single events is no finding against the language.
        if (!query.IsComplete && !ready.Diagnostics.Any(d => d.Code == EngineCodes.StageNotRun))
            return CaseOutcome.Refused(expected, query.Diagnostics);
        if (ready.Value is not { } plan)
            return CaseOutcome.Refused(expected, ready.Diagnostics);
        var found = string.Join(' ', plan.Run(_ => Table.Of(events)).Rows.Select(r => r.Record.Event.Content[@case.TextOf("id_field")].AsText ?? "?"));
        return CaseOutcome.Ran(@case.Items("expected_any_of").Select(i => Ids(i.EnumerateArray())).Contains(found, StringComparer.Ordinal) ? found : expected, found);
    }

    static string Ids(IEnumerable<JsonElement> ids) => string.Join(' ', ids.Select(i => i.ToString()));

    /// <summary>The events of the recordings, each read once.</summary>
    sealed class Recordings(SuiteFiles files)
    {
        readonly ConcurrentDictionary<string, ImmutableArray<Event>> _read = new(StringComparer.Ordinal);

        public ImmutableArray<Event> InOrder(IEnumerable<string> paths, string? timeField)
        {
            var events = paths.SelectMany(p => _read.GetOrAdd(p, Read));
            return timeField is null ? [.. events] : [.. events.OrderBy(e => Time(e.Content[timeField]))];
        }

        ImmutableArray<Event> Read(string path) =>
            [.. JsonEventReader.Read(new MemoryStream(files.Bytes(path)), path).Select(r => r.Event).OfType<Event>()];

        // Counted in whatever unit the recording has, or written as a date.
        static decimal Time(EventValue value) => value.AsText is not { } text ? 0
            : decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcTicks : 0;
    }
}
