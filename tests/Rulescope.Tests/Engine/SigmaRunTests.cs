using System.Text;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Conformance;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Sigma;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Engine;

/// <summary>Sigma rules from their text to their matches.</summary>
public class SigmaRunTests
{
    static readonly RecordRecognizer Recognizer = new(LogSourceCatalog.Shipped);

    public static TheoryData<CaseFile.Case> Probes => CaseFile.Load("engine/sigma-probes.cases");

    public static TheoryData<string> StarterRules =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "content", "rules", "sigma"), "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    // The detection of a rule, a blank line, events: keep or drop each.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Sigma_means_what_its_references_say(CaseFile.Case @case)
    {
        var at = @case.Input.IndexOf("\n\n", StringComparison.Ordinal);
        var detection = string.Join('\n', @case.Input[..at].Split('\n').Select(l => $"  {l}"));
        var ready = Prepare($"title: probe\nlogsource:\n  category: webserver\ndetection:\n{detection}\n");
        var shown = ready.Value is { } rule ? Events(@case.Input[(at + 2)..]).Select(e => rule.Evaluate(e) is Truth.True ? "keep" : "drop") : [];
        CaseFile.Check(@case, string.Join('\n', [.. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    [Theory]
    [MemberData(nameof(StarterRules))]
    public void Starter_rules_match_their_events_and_no_others(string name)
    {
        var folder = Path.Combine(Repository.Root, "content", "rules", "sigma");
        var ready = Prepare(File.ReadAllText(Path.Combine(folder, $"{name}.yml")));
        Assert.Empty(ready.Diagnostics);
        Assert.NotNull(ready.Value);
        var samples = Events(File.ReadAllText(Path.Combine(folder, $"{name}.events.jsonl"))).ToList();
        var wrong = samples
            .Where(s => s.Content["event"] is not EventValue.Object record
                || ready.Value.Matches(new(record, name, s.Line)) != (s.Content["expect"].AsText == "match"))
            .Select(s => $"line {s.Line}: {s.Content["note"].AsText}");
        Assert.Empty(wrong);
        Assert.Contains(samples, s => s.Content["expect"].AsText == "match");
        Assert.True(samples.Count(s => s.Content["expect"].AsText == "no-match") >= 2);
    }

    [Fact]
    public void Starter_rules_have_ids_of_their_own_and_match_only_their_own_events()
    {
        var folder = Path.Combine(Repository.Root, "content", "rules", "sigma");
        var rules = StarterRules.Select(r => r.Data).ToDictionary(n => n, n => Prepare(File.ReadAllText(Path.Combine(folder, $"{n}.yml"))).Value, StringComparer.Ordinal);
        var documents = rules.Keys.SelectMany(n => SigmaParser.Parse(File.ReadAllText(Path.Combine(folder, $"{n}.yml"))).Value).ToList();
        Assert.True(rules.Count >= 14);
        Assert.Equal(rules.Count, documents.Select(d => d.Header.Id).Distinct(StringComparer.Ordinal).Count());
        var records = rules.Keys.SelectMany(n => Events(File.ReadAllText(Path.Combine(folder, $"{n}.events.jsonl"))).Select(s => (Rule: n, Record: s.Content["event"])));
        var crossed = records.Where(r => r.Record is EventValue.Object)
            .SelectMany(r => rules.Where(o => !string.Equals(o.Key, r.Rule, StringComparison.Ordinal) && o.Value is not null && o.Value.Matches(new((EventValue.Object)r.Record, r.Rule, 1))).Select(o => $"{o.Key} on {r.Rule}"));
        Assert.Empty(crossed);
    }

    [Fact]
    public void The_regression_suite_does_not_fall()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        using var archive = File.OpenRead(Path.Combine(Repository.Shared, "conformance", SigmaRegressionSuite.FileName));
        var results = SigmaRegressionSuite.Run(archive, Read, ConformanceFiles.Skips);
        Assert.Equal(2, results.Length);
        foreach (var result in results)
        {
            var failures = string.Join('\n', result.Failures.Items.Select(f => $"{f.Case}: expected {f.Expected}, actual {f.Actual}"));
            Assert.True(result.Passed >= ConformanceFiles.Figures[result.Suite], $"{result.Suite}: {result.Passed} of {result.Cases} pass\n{failures}");
            Assert.Equal(result.Cases, result.Passed + result.Failed + result.Skipped);
        }
    }

    [Fact]
    public void A_damaged_suite_is_no_reason_to_throw()
    {
        var results = SigmaRegressionSuite.Run(Tar(("sigma-regression/cases.open.jsonl", """{"rule_id":"r","rule":"data/r.yml","json":"data/r.json","expected_match_record_ids":[7]}""")), Read, ConformanceFiles.Skips);
        Assert.Equal(
            """{"suites":[{"suite":"sigma-regression","cases":1,"passed":0,"failed":1,"skipped":0,"reasons":[],"failures":[{"case":"r","expected":"7","actual":"not run: the rule is not in the archive"}]},{"suite":"sigma-regression-matrix","cases":1,"passed":0,"failed":1,"skipped":0,"reasons":[],"failures":[{"case":"r","expected":"","actual":"not run: the rule is not in the archive"}]}]}""",
            Scoreboard.Write(results));
    }

    [Fact]
    public void Skips_have_reasons() =>
        Assert.All(ConformanceFiles.Skips.NotYet.Items.Concat(ConformanceFiles.Skips.Never.Items), e => Assert.NotEmpty(e.Reason));

    static Parsed<RuleQuery> Read(string text) => SigmaParser.Parse(text).Then(documents =>
        documents.Count == 1 ? SigmaLowering.Lower(documents[0]) : Parsed.Clean(RuleQuery.Empty(new(SigmaLowering.Vendor, []))));

    static Parsed<SingleEventRule?> Prepare(string text) => Read(text).Then(query => SingleEventRule.Prepare(query, Recognizer));

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();

    static MemoryStream Tar(params (string Name, string Content)[] members)
    {
        var target = new MemoryStream();
        using (var packed = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        using (var tar = new System.Formats.Tar.TarWriter(packed))
        {
            foreach (var (name, content) in members)
                tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        target.Position = 0;
        return target;
    }
}
