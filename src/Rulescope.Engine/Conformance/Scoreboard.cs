using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>One case that did not come out as expected.</summary>
public sealed record CaseFailure(string Case, string Expected, string Actual);

/// <summary>How one suite came out; cases = passed + failed + skipped.</summary>
public sealed record SuiteResult(string Suite, int Cases, int Passed, int Failed, int Skipped, EquatableArray<CaseFailure> Failures)
{
    /// <summary>Why cases were skipped, and how many for each reason.</summary>
    public EquatableArray<SkippedCases> Reasons { get; init; }

    /// <summary>The result of a suite whose failures are known; whatever did not fail and was not skipped has passed.</summary>
    public static SuiteResult Of(string suite, int cases, int skipped, ImmutableArray<CaseFailure> failures) =>
        new(suite, cases, cases - skipped - failures.Length, failures.Length, skipped, failures);

    /// <summary>The result of a suite from what came of each case: those that were not run are skipped where a class of the list allows it, and fail otherwise.</summary>
    public static SuiteResult Of(string suite, SkipList skips, IEnumerable<(string Case, CaseOutcome Outcome)> outcomes)
    {
        var (cases, reasons, failures) = (0, new List<(string Heading, string Reason)>(), ImmutableArray.CreateBuilder<CaseFailure>());
        foreach (var (@case, outcome) in outcomes)
        {
            cases++;
            if (skips.ReasonOf(suite, @case, outcome.NotRun) is { } reason)
                reasons.Add(reason);
            else if (outcome.NotRun is not null || !string.Equals(outcome.Expected, outcome.Actual, StringComparison.Ordinal))
                failures.Add(new(@case, outcome.Expected, outcome.Actual));
        }

        return Of(suite, cases, reasons.Count, failures.ToImmutable()) with
        {
            Reasons = [.. reasons.CountBy(r => r).OrderByDescending(r => r.Value).Select(r => new SkippedCases(r.Key.Heading, r.Key.Reason, r.Value))],
        };
    }
}

/// <summary>How many cases of a suite were skipped for one reason.</summary>
/// <param name="Heading"><c>not yet</c> or <c>never</c>.</param>
public sealed record SkippedCases(string Heading, string Reason, int Cases);

/// <summary>What came of one case; it passes when it was run and both texts are the same.</summary>
/// <param name="NotRun">The class of what kept it from running: the id of a diagnostic or a word of the suite; null when it ran.</param>
public sealed record CaseOutcome(string? NotRun, string Expected, string Actual)
{
    /// <summary>A case that ran.</summary>
    public static CaseOutcome Ran(string expected, string actual) => new(null, expected, actual);

    /// <summary>A case that did not run, by the first error of its findings.</summary>
    public static CaseOutcome Refused(string expected, ImmutableArray<Diagnostic> findings)
    {
        var finding = findings.FirstOrDefault(f => f.Code.Severity == Severity.Error);
        return new(finding?.Code.Id ?? "unread", expected, $"not run: {finding}");
    }
}

/// <summary>The results of all suites, as <c>rulescope conformance --format json</c> prints them.</summary>
public static class Scoreboard
{
    static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary><c>{"suites":[{"suite","cases","passed","failed","skipped","reasons":[{"heading","reason","cases"}],"failures":[{"case","expected","actual"}]}]}</c> on one line.</summary>
    public static string Write(IEnumerable<SuiteResult> results) =>
        JsonSerializer.Serialize(new { Suites = results.Select(r => new { r.Suite, r.Cases, r.Passed, r.Failed, r.Skipped, Reasons = r.Reasons.Items, Failures = r.Failures.Items }) }, Shape);
}

/// <summary>Cases that are not run, each with its reason. Without an entry here nothing is skipped.</summary>
/// <param name="NotYet">Left out until the program can do them.</param>
/// <param name="Never">Left out for good, since they contradict what is followed here.</param>
public sealed record SkipList(EquatableArray<SkipList.Entry> NotYet, EquatableArray<SkipList.Entry> Never)
{
    /// <summary>One case of one suite, or a class of cases: those that one kind of finding keeps from running.</summary>
    /// <param name="Suite">The suite's name, or <c>*</c> for any.</param>
    /// <param name="Case">The case; null where <see cref="Class"/> says which.</param>
    public sealed record Entry(string Suite, string? Case, string Reason)
    {
        /// <summary>The id of a diagnostic or a word of the suite, as in <see cref="CaseOutcome.NotRun"/>; null for a single case.</summary>
        public string? Class { get; init; }
    }

    /// <summary>True when the case itself is on either list.</summary>
    public bool Holds(string suite, string @case) => ReasonOf(suite, @case, null) is not null;

    /// <summary>Under which heading and why a case is skipped, or null when it is not.</summary>
    public (string Heading, string Reason)? ReasonOf(string suite, string @case, string? notRun)
    {
        if (NotYet.Items.FirstOrDefault(Meant) is { } later)
            return ("not yet", later.Reason);
        return Never.Items.FirstOrDefault(Meant) is { } never ? ("never", never.Reason) : null;

        bool Meant(Entry entry) => (entry.Suite == "*" || string.Equals(entry.Suite, suite, StringComparison.Ordinal))
            && (entry.Class is null ? string.Equals(entry.Case, @case, StringComparison.Ordinal) : string.Equals(entry.Class, notRun, StringComparison.Ordinal));
    }
}
