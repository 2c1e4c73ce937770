using System.Text.Json.Nodes;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Eql;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Agreement;

/// <summary>The events that the conditions of Elastic's EQL keep are those that Endgame's EQL library keeps; the conditions in a sequence are asked one by one.</summary>
public class EqlAgreementTests
{
    const int MostEvents = 60;

    const string Absent = "Endgame's EQL library is not installed: name the folder of its package eql in RULESCOPE_EQL_LIBRARY (and python3 with lark in RULESCOPE_PYTHON)";

    [Fact]
    public async Task Public_conditions_keep_the_events_that_the_library_keeps()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var report = new AgreementReport();
        var runs = new List<AgreementRun>();
        foreach (var (name, text) in OutsideReaders.Named(PublicArchive.Elastic("eql")))
        {
            foreach (var part in Conditions(EqlParser.Parse(text).Value))
            {
                var condition = text.Substring(part.Span.Start, part.Span.Length);
                var lowered = EqlParser.Parse(condition).Then(q => EqlLowering.Lower(q, EqlDialect.Elastic, new LogSource("elastic", [])));
                // The library knows no lists of values.
                var run = lowered.Value.Plan is Plan.Filter filter ? AgreementRun.Prepare(name, condition, lowered.Value, EventMaker.Around(filter.Condition, MostEvents, lists: false))
                    : AgreementRun.Prepare(name, condition, lowered.Value, [new JsonObject()]);
                if (run.NotRun is { } reason)
                    report.NotRun(run.Name, reason);
                else
                    runs.Add(run with { Condition = (lowered.Value.Plan as Plan.Filter)?.Condition ?? new Predicate.Constant(Truth.True) });
            }
        }

        await CompareAsync(report, runs);
        OutsideReaders.Check("eql/agreement.txt", report.Text);
    }

    static IEnumerable<EqlSyntax> Conditions(EqlSyntax query) => query switch
    {
        EqlSyntax.Query whole => Conditions(whole.Body),
        EqlSyntax.Event => [query],
        EqlSyntax.Sequence sequence => sequence.Stages.Concat(sequence.Until is { } until ? [until] : []).Select(s => s.Filter),
        EqlSyntax.Sample sample => sample.Stages.Select(s => s.Filter),
        _ => [],
    };

    static async Task CompareAsync(AgreementReport report, List<AgreementRun> runs)
    {
        var answers = await AskAsync([.. runs.Select(r => r.Question)]);
        for (var i = 0; i < runs.Count; i++)
            report.Compared(runs[i], answers[i]);
        await report.ExplainAsync("a test of a field without a value is unknown to the library, to Elasticsearch it is false; said with a value that meets no test", Filled, AskAsync);
        await report.ExplainAsync("a number or boolean in quotes is a text to the library, the field's own type to an index", Typed, AskAsync);
        await report.ExplainAsync("both of these", d => Typed(d with { Event = Filled(d) }), AskAsync);
        report.Explain("not to be said to the library: a field that is tested both for absence and for a value, a function of an absent field, both rules of letter case at once", report.Differing.ToList(), isAgreed: false);
    }

    static JsonObject Filled(AgreementReport.Difference difference) => EventMaker.Filled(difference.Event, difference.Run.Condition!);

    static JsonObject Typed(AgreementReport.Difference difference) => EventMaker.Typed(difference.Event, difference.Run.Condition!);

    static Task<IReadOnlyList<Oracle.Answer>> AskAsync(IReadOnlyList<Oracle.Question> questions)
    {
        var folders = Environment.GetEnvironmentVariable("RULESCOPE_EQL_LIBRARY") ?? "";
        Assert.SkipWhen(folders.Length == 0, Absent);
        return Oracle.AskAsync(OutsideReaders.Python, [OutsideReaders.Driver("eql", "verdicts.py"), .. folders.Split(':')], questions, Absent);
    }
}
