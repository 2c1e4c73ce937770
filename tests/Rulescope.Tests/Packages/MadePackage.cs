using System.Collections.Immutable;
using System.Text;
using Rulescope.Packages;
using Rulescope.Text;

namespace Rulescope.Tests.Packages;

/// <summary>A package made of the parts that a case is about: <c>## query</c>, <c>## signal TABLE</c>, <c>## exclude</c>, <c>## events TABLE</c>, <c>## technique ID</c>.</summary>
static class MadePackage
{
    const string Head = """
        schema: 1
        id: made
        platform: Microsoft Sentinel
        language: kusto
        query: query.kql
        severity: low
        confidence: low
        summary: Made for a test.
        version: 1.0.0
        date: 2026-11-21
        author: Rulescope
        license: Apache-2.0
        description: [{text: Made., sources: [own]}]
        references: [{id: own, title: Own, url: "https://example.org/"}]
        changes: [{version: 1.0.0, date: 2026-11-21, text: First.}]
        """;

    public static PackageReading Of(string input)
    {
        var technique = "T1021.007";
        var signals = new StringBuilder();
        var tuning = new StringBuilder();
        var others = ImmutableSortedDictionary.CreateBuilder<string, SourceText>(StringComparer.Ordinal);
        foreach (var part in input.Split("## ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var (title, body) = end < 0 ? (part, "") : (part[..end], part[(end + 1)..].TrimEnd());
            var (kind, name) = title.Split(' ') is [var k, var n] ? (k, n) : (title, "");
            switch (kind)
            {
                case "technique":
                    technique = name;
                    break;
                case "query":
                    others["query.kql"] = new("query.kql", body);
                    break;
                case "events":
                    others[$"events/{name}.jsonl"] = new($"events/{name}.jsonl", body);
                    break;
                case "signal":
                    signals.Append($"      - {{table: {name}, where: '{body.Replace("'", "''", StringComparison.Ordinal)}', meaning: it shows}}\n");
                    break;
                case "exclude":
                    tuning.Append($"  - {{actor: a, context: b, exclude: '{body.Replace("'", "''", StringComparison.Ordinal)}'}}\n");
                    break;
                default:
                    Assert.Fail($"a case cannot have '{title}'");
                    break;
            }
        }

        var yaml = $"{Head.ReplaceLineEndings("\n")}\ntechnique: {technique}\n{(tuning.Length > 0 ? $"tuning:\n{tuning}" : "")}tests:\n"
            + "  - id: t\n    title: A test\n    behaviour: It happens.\n    elevation: none\n    safety: none\n    commands: [{shell: bash, run: 'true'}]\n"
            + (signals.Length > 0 ? $"    signals:\n{signals}" : "    signals: []\n");
        return PackageReading.Of(new("made", new("package.yml", yaml), others.ToImmutable()));
    }

    public static string Lines(IEnumerable<PackageFinding> findings) =>
        string.Join('\n', findings.Select(f => f.Placed).Select(f => $"{f.Path}:{f.Line}:{f.Column} {f.Id} {f.Message}"));
}
