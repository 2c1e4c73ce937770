using FsCheck;
using FsCheck.Fluent;
using Rulescope.Packages;
using Rulescope.Taxonomy.Tables;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Packages;

public class PackageTests
{
    public static TheoryData<CaseFile.Case> Schema => CaseFile.Load("packages/schema.cases");

    public static TheoryData<CaseFile.Case> Checks => CaseFile.Load("packages/checks.cases");

    public static TheoryData<CaseFile.Case> Evidence => CaseFile.Load("packages/evidence.cases");

    [Theory]
    [MemberData(nameof(Schema))]
    public void Descriptions_are_read(CaseFile.Case @case)
    {
        var parsed = PackageReader.Read(@case.Input);
        var source = new SourceText("package.yml", @case.Input);
        CaseFile.Check(@case, parsed.Diagnostics.IsEmpty
            ? $"{parsed.Value.Id} {parsed.Value.Technique}: {parsed.Value.Tests.Count} tests, {parsed.Value.References.Count} references"
            : MadePackage.Lines(parsed.Diagnostics.Select(d => new PackageFinding(source, d))));
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void Claims_are_checked(CaseFile.Case @case)
    {
        var reading = MadePackage.Of(@case.Input);
        var checks = PackageChecks.Of(reading);
        var tables = checks.Tables.Select(t => $"{t.Name}: {string.Join(' ', t.Columns)}");
        // Only cases about events say what their test lacks.
        var findings = reading.Findings.Concat(checks.Findings)
            .Where(f => f.Diagnostic.Code != PackageCodes.TestWithoutEvents || @case.Input.Contains("## events", StringComparison.Ordinal));
        CaseFile.Check(@case, string.Join('\n', [.. tables, MadePackage.Lines(findings)]));
    }

    [Theory]
    [MemberData(nameof(Evidence))]
    public void Events_are_evidence(CaseFile.Case @case)
    {
        var evidence = PackageValidation.Run(MadePackage.Of(@case.Input));
        var lines = evidence.Tests.SelectMany(t => t.Signals.Select(s => $"signal {(s.Found ? "found" : "not found")} in {s.Events}{(s.Problem is null ? "" : $": {s.Problem}")}")
            .Concat(t.Events.Select(e => $"{e.Event.ExpectText}: {(e.Found ? "found" : "not found")}{(e.Failed is null ? "" : $", fails at {e.Failed}")}")));
        CaseFile.Check(@case, string.Join('\n', [.. lines, MadePackage.Lines(evidence.Findings)]));
    }

    [Fact]
    public void No_text_throws() => Prop.ForAll<string, string>((yaml, query) =>
    {
        var files = new PackageFiles("any", new("package.yml", $"query: q.kql\n{yaml}"), MadePackage.Of($"## query\n{query}\n## events SigninLogs\n{yaml}").Files.Others);
        var reading = PackageReading.Of(files);
        return !PackageChecks.Of(reading).Findings.IsDefault && !PackageValidation.Run(reading).Tests.IsDefault;
    }).Check(Properties.Config);

    [Fact]
    public void Deep_and_circular_lets_end()
    {
        var lets = string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"let a{i + 1} = a{i};"));
        string Doubling(string first, string step) => $"let a0 = {first};\n{string.Join('\n', Enumerable.Range(0, 60).Select(i => $"let a{i + 1} = {step.Replace("#", $"a{i}", StringComparison.Ordinal)};"))}\n";
        string[] doubling =
        [
            $"{Doubling("SigninLogs | summarize count()", "union #, #")}a60 | where b == 1",
            $"{Doubling("SigninLogs", "union (# | where AppId == \"a\"), (# | where AppId == \"b\")")}a60 | where UserAgent has \"b\"",
            $"{Doubling("\"x\"", "strcat(#, #)")}SigninLogs | where UserAgent == a60",
            "let a = strcat(a, a);\nSigninLogs | where UserAgent == a",
        ];
        foreach (var query in (string[])[.. doubling, $"{lets}\na2000 | where b == 1", "let a = a;\na | where a == a", "let a = a + 1;\nSigninLogs | where a > 1", $"union {new string('(', 100_000)}"])
        {
            var reading = MadePackage.Of($"## query\n{query}");
            Assert.False(PackageChecks.Of(reading).Findings.IsDefault);
            Assert.Single(PackageValidation.Run(reading).Tests);
        }
    }

    [Fact]
    public void Tables_that_ship_have_a_time_and_a_source()
    {
        Assert.NotEmpty(TableCatalog.Shipped.Tables);
        Assert.All(TableCatalog.Shipped.Tables, t => Assert.Equal("datetime", t.Columns["TimeGenerated"]));
        Assert.All(TableCatalog.Shipped.Tables, t => Assert.StartsWith("https://learn.microsoft.com/", t.Source, StringComparison.Ordinal));
    }
}
