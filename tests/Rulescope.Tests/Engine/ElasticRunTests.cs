using System.Text;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Kuery;
using Rulescope.Languages.Lucene;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Engine;

/// <summary>Elastic's query languages from their text to what they keep.</summary>
public class ElasticRunTests
{
    static readonly RecordRecognizer Recognizer = new(LogSourceCatalog.Shipped);

    static readonly LogSource Source = new("elastic", []);

    public static TheoryData<CaseFile.Case> Kuery => CaseFile.Load("engine/kuery-probes.cases");

    public static TheoryData<CaseFile.Case> Lucene => CaseFile.Load("engine/lucene-probes.cases");

    public static TheoryData<CaseFile.Case> Eql => CaseFile.Load("engine/eql-probes.cases");

    public static TheoryData<CaseFile.Case> Endgame => CaseFile.Load("engine/endgame-probes.cases");

    [Theory]
    [MemberData(nameof(Kuery))]
    public void Kuery_means_what_its_references_say(CaseFile.Case @case) =>
        Check(@case, text => KueryParser.Parse(text).Then(query => KueryLowering.Lower(query, Source)));

    [Theory]
    [MemberData(nameof(Lucene))]
    public void Lucene_means_what_its_references_say(CaseFile.Case @case) =>
        Check(@case, text => LuceneParser.Parse(text).Then(query => LuceneLowering.Lower(query, Source)));

    [Theory]
    [MemberData(nameof(Eql))]
    public void Eql_means_what_its_references_say(CaseFile.Case @case) =>
        Check(@case, text => EqlParser.Parse(text).Then(query => EqlLowering.Lower(query, EqlDialect.Elastic, Source)));

    [Theory]
    [MemberData(nameof(Endgame))]
    public void Eql_of_Endgame_means_what_its_references_say(CaseFile.Case @case) =>
        Check(@case, text => EqlParser.Parse(text, EqlDialect.Endgame).Then(query => EqlLowering.Lower(query, EqlDialect.Endgame, Source)));

    // A line of events, then queries, one a line: keep or drop each event.
    static void Check(CaseFile.Case @case, Func<string, Parsed<RuleQuery>> read)
    {
        var lines = @case.Input.Split('\n');
        var events = JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines[0])), "case").Select(r => r.Event).OfType<Rulescope.Engine.Events.Event>().ToList();
        var shown = lines[1..].Select(line =>
        {
            var ready = read(line).Then(query => SingleEventRule.Prepare(query, Recognizer));
            var truths = ready.Value is { } rule ? events.Select(e => rule.Evaluate(e) is Truth.True ? "keep" : "drop") : [];
            return string.Join(' ', [.. truths, .. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}")]);
        });
        CaseFile.Check(@case, string.Join('\n', shown));
    }
}
