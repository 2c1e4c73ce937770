using System.Text;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Engine;

/// <summary>Cases of events and queries: a line of events, then queries, one a line, each of which keeps or drops each event.</summary>
static class Probes
{
    static readonly RecordRecognizer Recognizer = new(LogSourceCatalog.Shipped);

    public static void Check(CaseFile.Case @case, Func<string, Parsed<RuleQuery>> read)
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
