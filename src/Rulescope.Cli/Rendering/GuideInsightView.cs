using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>The insight of a guide on a terminal (SPEC T25); its numbers are explained in docs/guide.md.</summary>
static class GuideInsightView
{
    const int LongestClause = 400;
    const int LongestTest = 120;

    public static void Start(IAnsiConsole console, GuideInsight insight)
    {
        if (insight.Combinations.IsEmpty && insight.Exclusions.IsEmpty)
            return;
        console.Heading("Start here");
        if (!insight.Combinations.IsEmpty)
        {
            console.Paragraph("Strongest combinations: tests of different fields that stand together in rules.");
            console.Facts(insight.Combinations.Select(c => (Tally(c.RuleIds, c.Vendors), string.Join("\n", c.Tests.Select(Test)))), indent: 2);
        }

        if (insight.Exclusions.IsEmpty)
            return;
        console.Paragraph("Exclusions worth copying, as whole clauses.");
        console.Facts(insight.Exclusions.Select(e => (Tally(e.RuleIds, e.Vendors), SafeText.Value(e.Text, LongestClause) + Warning(e.Risk))), indent: 2);
    }

    /// <summary>Rules per field and vendor, for the fields that are shown.</summary>
    public static void Matrix(IAnsiConsole console, GuideRows rows)
    {
        var matrix = rows.Guide.Insight.Matrix;
        var byField = matrix.Rows.ToDictionary(r => (r.Field, r.Owner));
        var shown = rows.Fields.Where(f => byField.ContainsKey((f.Field, f.Owner))).Select(f => byField[(f.Field, f.Owner)]).ToArray();
        if (shown.Length == 0 || matrix.Vendors.Length < 2)
            return;
        console.Heading("Who looks where", "(rules per field and vendor)");
        var table = Page.Table(["Field", .. matrix.Vendors.Select(v => $"#{Vendors.Title(v.Name)}")]);
        foreach (var row in shown)
            table.AddRow([Page.Cell(SafeText.Value(row.Field)), .. row.Cells.Select(c => Page.Cell(c.RuleIds.IsEmpty ? "" : Words.Number(c.RuleIds.Length)))]);
        console.WriteTable(table);
    }

    static string Tally(ImmutableArray<string> rules, ImmutableArray<string> vendors) => $"{Words.Count(rules.Length, "rule")}, {string.Join(" ", vendors.Select(Vendors.Title))}";

    static string Test(CombinedTest test) => $"{SafeText.Value(test.Field)} {test.Kind} {SafeText.Value(test.Value, LongestTest)} (reach {Words.Number(test.Reach)})";

    static string Warning(ExclusionRisk risk) => risk.CanBeMet ? $"\nWarning: an attacker can meet this on purpose, {string.Join(", ", risk.Fields.Select(f => SafeText.Line(f)))} is theirs to choose." : "";
}
