using System.Collections.Immutable;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>How a sample event fared with the query.</summary>
/// <param name="Found">The query gives a row for it.</param>
/// <param name="Failed">The condition that decided against it, as the query writes it; null where it was found or no leg reads its table.</param>
public sealed record EventEvidence(SampleEvent Event, bool Found, string? Failed)
{
    /// <summary>It went as the event says it must.</summary>
    public bool Holds => Found == Event.Expect is Expectation.Match;
}

/// <summary>Whether a signal shows in the events of its test that are to match.</summary>
/// <param name="Events">How many of them show it.</param>
/// <param name="Problem">Why the signal cannot be run; null where it can.</param>
public sealed record SignalEvidence(ExpectedSignal Signal, int Events, string? Problem)
{
    public bool Found => Events > 0;
}

/// <summary>What the sample events say of one test.</summary>
public sealed record TestEvidence(PackageTest Test, EquatableArray<SignalEvidence> Signals, EquatableArray<EventEvidence> Events)
{
    /// <summary>Every signal was found and every event went as it must.</summary>
    public bool Holds => Signals.All(s => s.Found) && Events.All(e => e.Holds);
}

/// <summary>The evidence for a package: its query and its signals over its sample events, by the reference evaluator.</summary>
public sealed record PackageEvidence(ImmutableArray<TestEvidence> Tests, ImmutableArray<PackageFinding> Findings)
{
    /// <summary>Every test holds and the whole query was run.</summary>
    public bool Holds => Findings.IsEmpty && Tests.All(t => t.Holds);
}

/// <summary>Runs a package over its sample events. Each leg of the query runs alone: all its stages look at one row at a time.</summary>
public static class PackageValidation
{
    /// <summary>The evidence for a package; never throws on content.</summary>
    public static PackageEvidence Run(PackageReading reading)
    {
        var findings = ImmutableArray.CreateBuilder<PackageFinding>();
        var legs = QueryLegs.Of(reading.Logic, out var problems);
        findings.AddRange(problems.Select(p => new PackageFinding(reading.Query, Diagnostic.At(p.Span, PackageCodes.NotRun, p.Message))));
        var tests = ImmutableArray.CreateBuilder<TestEvidence>();
        foreach (var test in reading.Package.Tests)
        {
            var events = reading.Events.Where(e => e.Test == test.Id).Select(e => Try(e, legs, reading.Query)).ToEquatableArray();
            var signals = test.Signals.Select(s => Try(s, events)).ToEquatableArray();
            tests.Add(new(test, signals, events));
            findings.AddRange(signals.Where(s => !s.Found).Select(s => new PackageFinding(
                reading.Files.Package, s.Problem is null ? Diagnostic.At(s.Signal.Span, PackageCodes.SignalNotFound, test.Id) : Diagnostic.At(s.Signal.Span, PackageCodes.BrokenCondition, s.Problem))));
            findings.AddRange(events.Where(e => !e.Holds).Select(e => new PackageFinding(e.Event.Source, Of(e))));
        }

        return new(tests.ToImmutable(), findings.ToImmutable());
    }

    static Diagnostic Of(EventEvidence evidence) => evidence.Event.Expect is Expectation.Match
        ? Diagnostic.At(evidence.Event.Span, PackageCodes.PositiveMissed, evidence.Failed is null ? "its table, which no leg reads" : $"'{evidence.Failed}'")
        : Diagnostic.At(evidence.Event.Span, PackageCodes.NegativeFound, evidence.Event.Expect is Expectation.NearMiss ? "a near miss" : "none to match");

    static EventEvidence Try(SampleEvent sample, ImmutableArray<QueryLeg> legs, SourceText query)
    {
        string? failed = null;
        foreach (var leg in legs.Where(l => l.Table == sample.Table))
        {
            if (leg.Rule.Evaluate(sample.Row, out var condition) is Truth.True)
                return new(sample, true, null);
            // Of several legs over a table the last one speaks, which is enough to see why.
            failed = condition is null ? failed : Written(condition, query);
        }

        return new(sample, false, failed);
    }

    static string Written(Predicate condition, SourceText query) =>
        string.Join(' ', query.Slice(condition.Span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static SignalEvidence Try(ExpectedSignal signal, EquatableArray<EventEvidence> events)
    {
        var (query, problem) = PackageChecks.Condition(signal.Table, signal.Where);
        if (query is null)
            return new(signal, 0, problem);
        var lowered = KustoLowering.Lower(query);
        var legs = QueryLegs.Of(lowered.Value, out var problems);
        if (!problems.IsEmpty)
            return new(signal, 0, problems[0].Message);
        var shown = events.Count(e => e.Event.Expect is Expectation.Match && e.Event.Table == signal.Table && legs.Any(l => l.Rule.Matches(e.Event.Row)));
        return new(signal, shown, null);
    }
}
