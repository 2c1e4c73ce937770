using System.Text.Json;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Lucene;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Agreement;

/// <summary>What we read and keep is what Lucene's classic query parser reads and its index finds, set up as Elasticsearch sets it up: recorded, and asked for again where it is installed.</summary>
public class LuceneAgreementTests
{
    const int MostEvents = 60;

    const string Absent = "Lucene is not installed: java 17 and the jars core, queryparser, memory, analyzers-common, queries and sandbox of version 8 in the folder that RULESCOPE_LUCENE_JARS names, or in /usr/share/java";

    static readonly string[] Jars = ["core", "queryparser", "memory", "analyzers-common", "queries", "sandbox"];

    static readonly OwnQuery[] OwnQueries = [.. OutsideReaders.Facts("lucene/own.jsonl").Select(l => JsonSerializer.Deserialize<OwnQuery>(l, JsonSerializerOptions.Web)!)];

    sealed record OwnQuery(string Query, bool Accepted);

    [Fact]
    public void Queries_of_our_own_are_read_or_refused_as_recorded()
    {
        Assert.True(OwnQueries.Length >= 150);
        var wanted = OutsideReaders.Facts("lucene/differences.txt").Select(l => JsonSerializer.Deserialize<string>(l.Split('\t')[0])!);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), OwnQueries.Where(q => LuceneParser.Parse(q.Query).IsComplete != q.Accepted).Select(q => q.Query).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Recorded_answers_are_Lucenes()
    {
        var answers = await AskAsync([.. OwnQueries.Select(q => new Oracle.Question(q.Query, []))]);
        Assert.Empty(OwnQueries.Where((q, i) => q.Accepted != answers[i].Accepted).Select(q => q.Query));
    }

    [Fact]
    public async Task Queries_of_our_own_keep_the_events_that_Lucene_finds() =>
        OutsideReaders.Check("lucene/agreement.txt", await CompareAsync(OwnQueries.Where(q => q.Accepted && LuceneParser.Parse(q.Query).IsComplete).Select(q => (JsonSerializer.Serialize(q.Query), q.Query))));

    [Fact]
    public async Task Public_queries_keep_the_events_that_Lucene_finds()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        OutsideReaders.Check("lucene/agreement-public.txt", await CompareAsync(OutsideReaders.Named(PublicArchive.Elastic("lucene"))));
    }

    static async Task<string> CompareAsync(IEnumerable<(string Name, string Text)> queries)
    {
        var report = new AgreementReport();
        var runs = new List<AgreementRun>();
        var approximated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in queries)
        {
            var lowered = LuceneParser.Parse(text).Then(q => LuceneLowering.Lower(q, new LogSource("elastic", [])));
            var run = AgreementRun.Prepare(name, text, lowered.Value, ((Plan.Filter)lowered.Value.Plan).Condition, MostEvents);
            if (lowered.Diagnostics.Any(d => d.Code.Severity == Severity.Warning))
                approximated.Add(name);
            if (run.NotRun is { } reason)
                report.NotRun(run.Name, reason);
            else
                runs.Add(run);
        }

        var answers = await AskAsync([.. runs.Select(r => r.Question)]);
        for (var i = 0; i < runs.Count; i++)
            report.Compared(runs[i], answers[i]);
        report.Explain("approximated here, with a finding", report.Differing.Where(d => approximated.Contains(d.Run.Name)).ToList(), isAgreed: false);
        report.Explain("'>=' without a bound is a word here, to Elasticsearch it asks for what is more than '='", report.Differing.Where(d => d.Run.Text == "a:>=").ToList(), isAgreed: false);
        report.Explain("the empty expression of no field meets an empty text here, which has no word in an index", report.Differing.Where(d => d.Run.Text == "//").ToList(), isAgreed: false);
        return report.Text;
    }

    static Task<IReadOnlyList<Oracle.Answer>> AskAsync(IReadOnlyList<Oracle.Question> questions)
    {
        var folder = Environment.GetEnvironmentVariable("RULESCOPE_LUCENE_JARS") is { Length: > 0 } named ? named : "/usr/share/java";
        string[] jars = [.. Jars.Select(j => Directory.Exists(folder) ? Directory.GetFiles(folder, $"lucene-{j}-8.*.jar").FirstOrDefault() : null).OfType<string>()];
        Assert.SkipUnless(jars.Length == Jars.Length, Absent);
        return Oracle.AskAsync("java", ["-cp", string.Join(Path.PathSeparator, jars), OutsideReaders.Driver("lucene", "Verdicts.java")], questions, Absent);
    }
}
