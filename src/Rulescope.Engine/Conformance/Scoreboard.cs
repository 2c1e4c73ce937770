using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>One case that did not come out as expected.</summary>
public sealed record CaseFailure(string Case, string Expected, string Actual);

/// <summary>How one suite came out; cases = passed + failed + skipped.</summary>
public sealed record SuiteResult(string Suite, int Cases, int Passed, int Failed, int Skipped, EquatableArray<CaseFailure> Failures)
{
    /// <summary>The result of a suite whose failures are known; whatever did not fail and was not skipped has passed.</summary>
    public static SuiteResult Of(string suite, int cases, int skipped, ImmutableArray<CaseFailure> failures) =>
        new(suite, cases, cases - skipped - failures.Length, failures.Length, skipped, failures);
}

/// <summary>The results of all suites, as <c>rulescope conformance --format json</c> prints them.</summary>
public static class Scoreboard
{
    static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary><c>{"suites":[{"suite","cases","passed","failed","skipped","failures":[{"case","expected","actual"}]}]}</c> on one line.</summary>
    public static string Write(IEnumerable<SuiteResult> results) =>
        JsonSerializer.Serialize(new { Suites = results.Select(r => new { r.Suite, r.Cases, r.Passed, r.Failed, r.Skipped, Failures = r.Failures.Items }) }, Shape);
}

/// <summary>Cases that are not run, each with its reason. Without an entry here nothing is skipped.</summary>
/// <param name="NotYet">Left out until the program can do them.</param>
/// <param name="Never">Left out for good, since they contradict what is followed here.</param>
public sealed record SkipList(EquatableArray<SkipList.Entry> NotYet, EquatableArray<SkipList.Entry> Never)
{
    /// <summary>One case of one suite.</summary>
    public sealed record Entry(string Suite, string Case, string Reason);

    /// <summary>True when the case is on either list.</summary>
    public bool Holds(string suite, string @case) =>
        NotYet.Items.Concat(Never.Items).Any(e => string.Equals(e.Suite, suite, StringComparison.Ordinal) && string.Equals(e.Case, @case, StringComparison.Ordinal));
}
