using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Tests.Support;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Tests;

public class FindingsTests
{
    const string File = "text/findings.cases";

    static readonly DiagnosticCatalog Catalog = DiagnosticCatalog.Of([typeof(SampleCodes).Assembly]);

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load(File);

    // Input: the form; then a line "read PATH" for each file and "SEVERITY LINE COLUMN ID MESSAGE" for each finding in it.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Findings_are_written(CaseFile.Case @case)
    {
        var lines = @case.Input.Split('\n');
        CaseFile.Check(@case, Write(ReportOf(lines[1..]), Enum.Parse<FindingsFormat>(lines[0])));
    }

    [Fact]
    public void Diagnostics_are_placed_and_sorted_within_their_file()
    {
        var source = new SourceText("a.yml", "one\ntwo\n");
        ImmutableArray<Diagnostic> found =
        [
            Diagnostic.At(new(5, 2), SampleCodes.Unclosed, "wo"),
            Diagnostic.At(new(0, 3), SampleCodes.Kept),
        ];

        var report = FindingsReport.Of([(source, found), (new("b.yml", ""), [])]);

        Assert.Equal(["a.yml", "b.yml"], report.Files);
        Assert.Equal(
            [
                new("a.yml", 1, 1, "TST0101", Severity.Info, "kept as it is"),
                new("a.yml", 2, 2, "TST0102", Severity.Error, "'wo' is never closed, expected '}'"),
            ],
            report.Findings);
    }

    [Fact]
    public void Any_path_and_message_give_well_formed_documents()
    {
        Prop.ForAll<string, string>((path, message) =>
        {
            path ??= "";
            var report = new FindingsReport([path], [new(path, 1, 1, "TST0101", Severity.Warning, message ?? "")]);
            foreach (var format in Enum.GetValues<FindingsFormat>())
                AssertWellFormed(format, Write(report, format));
        }).Check(Properties.Config);
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("\0\u001B[2J\r\n\uFFFF")]
    [InlineData("a]]>b<&\"'%:,")]
    [InlineData("//a")]
    public void Hostile_text_gives_well_formed_documents(string hostile)
    {
        var report = new FindingsReport([hostile], [new(hostile, 1, 1, "TST0101", Severity.Error, hostile)]);
        Assert.All(Enum.GetValues<FindingsFormat>(), format => AssertWellFormed(format, Write(report, format)));
    }

    static void AssertWellFormed(FindingsFormat format, string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        switch (format)
        {
            case FindingsFormat.Json:
                JsonDocument.Parse(text).Dispose();
                break;
            case FindingsFormat.Sarif:
                using (var sarif = JsonDocument.Parse(text))
                {
                    var uri = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0]
                        .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();
                    Assert.True(Uri.IsWellFormedUriString(uri, UriKind.RelativeOrAbsolute), uri);
                }

                break;
            case FindingsFormat.JUnit:
                Assert.Equal("testsuites", XDocument.Parse(text).Root?.Name.LocalName);
                break;
            default:
                Assert.Equal(1, text.Count(c => c == '\n'));
                Assert.DoesNotContain(text.TrimEnd('\n'), char.IsControl);
                break;
        }
    }

    static string Write(FindingsReport report, FindingsFormat format)
    {
        using var output = new StringWriter();
        FindingsWriter.Write(report, format, Catalog, output);
        return output.ToString();
    }

    static FindingsReport ReportOf(IEnumerable<string> lines)
    {
        var files = new List<string>();
        var findings = new List<Finding>();
        foreach (var line in lines)
        {
            if (line.Split(' ', 2) is ["read", var path])
            {
                files.Add(path);
                continue;
            }

            var parts = line.Split(' ', 5);
            findings.Add(new(files[^1], Number(parts[1]), Number(parts[2]), parts[3], Enum.Parse<Severity>(parts[0]), parts[4]));
        }

        return new(files.ToEquatableArray(), findings.ToEquatableArray());
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static class SampleCodes
    {
        public static readonly DiagnosticCode Kept = new("TST0101", Severity.Info, "kept as it is");
        public static readonly DiagnosticCode Unclosed = new("TST0102", Severity.Error, "'{0}' is never closed, expected '}}'");
    }
}
