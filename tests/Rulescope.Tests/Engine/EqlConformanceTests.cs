using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Eql;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>Public EQL suites, as far as their queries ask of single events and use functions that run.</summary>
public class EqlConformanceTests
{
    const string Endgame = "conformance/eql-endgame.tar.gz";

    static readonly RecordRecognizer Recognizer = new(LogSourceCatalog.Shipped);

    static readonly Lazy<ImmutableArray<Event>> Events = new(() =>
    [
        .. PublicArchive.Files(Endgame, "test_data.jsonl")
            .SelectMany(f => JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(f.Text)), "suite"))
            .Select(r => r.Event).OfType<Event>(),
    ]);

    // Endgame's suite holds in several modes; the one that ignores letter case is the language's own. What fails of the others: concat of
    // null, and fields against fields, which Elasticsearch refuses and Endgame compares without regard to case.
    [Theory]
    [InlineData(Endgame, "queries.open.jsonl", EqlDialect.Endgame, 92, 0)]
    [InlineData("conformance/elastic-eql.tar.gz", "cases.open.jsonl", EqlDialect.Elastic, 31, 3)]
    [InlineData("conformance/elastic-eql.tar.gz", "derived.open.jsonl", EqlDialect.Elastic, 47, 4)]
    public void Queries_keep_the_events_that_the_suite_lists(string archive, string file, EqlDialect dialect, int run, int failing)
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var ran = 0;
        var failures = new List<string>();
        foreach (var @case in PublicArchive.JsonLines(archive, file).Where(c => IsMeant(c, dialect)))
        {
            var query = @case.GetProperty("query").GetString() ?? "";
            if (Ids(query, dialect) is not { } found)
                continue;
            ran++;
            var expected = @case.GetProperty("expected_event_ids").EnumerateArray().Select(i => i.GetInt64());
            if (!found.SequenceEqual(expected))
                failures.Add($"{query}\n  expected {string.Join(' ', expected)}\n  actual   {string.Join(' ', found)}");
        }

        Assert.True(ran >= run && failures.Count <= failing, $"{ran} ran, {failures.Count} failed\n{string.Join('\n', failures)}");
    }

    static bool IsMeant(JsonElement @case, EqlDialect dialect)
    {
        if (dialect == EqlDialect.Endgame)
            return @case.GetProperty("case_modes").EnumerateArray().Any(m => m.GetString() == "insensitive");
        return @case.GetProperty("data").ToString().Contains("test_data", StringComparison.Ordinal);
    }

    // Null where the query asks for more than the events one by one.
    static List<long>? Ids(string query, EqlDialect dialect)
    {
        var lowered = EqlLowering.Lower(EqlParser.Parse(query, dialect).Value, dialect, new LogSource("elastic", []), "event_type").Value;
        var (plan, takes) = (lowered.Plan, new Stack<Plan.Take>());
        for (; plan is Plan.Take take; plan = take.Input)
            takes.Push(take);
        if (SingleEventRule.Prepare(lowered with { Plan = plan }, Recognizer).Value is not { } rule)
            return null;
        var ids = Events.Value.Where(rule.Matches).Select(e => long.Parse(e.Content["serial_event_id"].AsText ?? "0", CultureInfo.InvariantCulture)).ToList();
        foreach (var take in takes)
            ids = take.Kind == LimitKind.Last ? [.. ids.TakeLast((int)take.Count)] : [.. ids.Take((int)take.Count)];
        return ids;
    }
}
