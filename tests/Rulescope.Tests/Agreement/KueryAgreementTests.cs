using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Kuery;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Agreement;

/// <summary>What we read and keep is what Elastic's own kuery library (detection-rules, lib/kql) reads and keeps: its answers are recorded, and asked for again where it is installed.</summary>
public class KueryAgreementTests
{
    const int MostEvents = 120;

    const string Absent = "Elastic's kuery library is not installed: name the folders of its packages kql and eql, joined by ':', in RULESCOPE_KQL_LIBRARY (and python3 with lark in RULESCOPE_PYTHON)";

    static readonly OwnQuery[] OwnQueries = [.. OutsideReaders.Facts("kuery/broken.jsonl").Select(l => JsonSerializer.Deserialize<OwnQuery>(l, JsonSerializerOptions.Web)!)];

    // Where the library's evaluator is known to leave Kibana: the same event, said as that evaluator would have it.
    static readonly (string Reason, Func<JsonNode?, JsonNode?> Value, Func<string, string> Name)[] Quirks =
    [
        ("a text 'true' or 'false' is no boolean to the library, as it is to an index", v => v?.GetValueKind() is JsonValueKind.String && bool.TryParse(v.GetValue<string>(), out var flag) ? flag : v, n => n),
        ("a field name with '*' is one name to the library", v => v, n => n == "q" ? "*" : n),
        ("the library does not know \\u in quotes, Kibana does", v => v?.GetValueKind() is JsonValueKind.String && v.GetValue<string>() == "\0" ? "\\u0000" : v, n => n),
    ];

    sealed record OwnQuery(string Query, bool Accepted);

    [Fact]
    public void Queries_of_our_own_are_read_or_refused_as_recorded()
    {
        Assert.True(OwnQueries.Length >= 300);
        var wanted = OutsideReaders.Facts("kuery/differences.txt").Select(l => JsonSerializer.Deserialize<string>(l.Split('\t')[0])!);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), OwnQueries.Where(q => KueryParser.Parse(q.Query).IsComplete != q.Accepted).Select(q => q.Query).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Recorded_answers_are_the_librarys()
    {
        var answers = await AskAsync([.. OwnQueries.Select(q => new Oracle.Question(q.Query, []))]);
        Assert.Empty(OwnQueries.Where((q, i) => q.Accepted != answers[i].Accepted).Select(q => q.Query));
    }

    [Fact]
    public async Task Public_queries_keep_the_events_that_the_library_keeps()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var report = new AgreementReport();
        var runs = new List<AgreementRun>();
        foreach (var (name, text) in OutsideReaders.Named(PublicArchive.Elastic("kuery")))
        {
            var lowered = KueryParser.Parse(text).Then(q => KueryLowering.Lower(q, new LogSource("elastic", [])));
            var run = AgreementRun.Prepare(name, text, lowered.Value, ((Plan.Filter)lowered.Value.Plan).Condition, MostEvents);
            if (run.NotRun is { } reason)
                report.NotRun(run.Name, reason);
            else
                runs.Add(run);
        }

        await CompareAsync(report, runs);
        OutsideReaders.Check("kuery/agreement.txt", report.Text);
    }

    static async Task CompareAsync(AgreementReport report, List<AgreementRun> runs)
    {
        var answers = await AskAsync([.. runs.Select(r => r.Question)]);
        for (var i = 0; i < runs.Count; i++)
            report.Compared(runs[i], answers[i]);
        foreach (var (reason, value, name) in Quirks)
            await report.ExplainAsync(reason, d => OutsideReaders.Said(d.Event, value, name), AskAsync);
        report.Explain("the library has no analysed text, which 'message' is", report.Differing.Where(d => d.Ours && d.Event.ContainsKey("message")).ToList(), isAgreed: false);
        report.Explain("a multi-field such as process.name.caseless is no part of a document, and the library fails where a value has fields", report.Differing.Where(d => d.Theirs is null).ToList(), isAgreed: false);
    }

    static Task<IReadOnlyList<Oracle.Answer>> AskAsync(IReadOnlyList<Oracle.Question> questions)
    {
        var folders = Environment.GetEnvironmentVariable("RULESCOPE_KQL_LIBRARY") ?? "";
        Assert.SkipWhen(folders.Length == 0, Absent);
        return Oracle.AskAsync(OutsideReaders.Python, [OutsideReaders.Driver("kuery", "verdicts.py"), .. folders.Split(':')], questions, Absent);
    }
}
