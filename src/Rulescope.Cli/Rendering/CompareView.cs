using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Compare;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;
using Rulescope.Text.Findings;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>Compared rules on a terminal.</summary>
static class CompareView
{
    const int MostRows = 15;
    const int MostClauses = 10;
    const int MostNear = 10;
    const int MostDifferences = 5;
    const int MostRulesNamed = 3;
    const int LongestValue = 120;
    const int LongestClause = 500;

    public static void Write(IAnsiConsole console, IReadOnlyList<RuleComparison> comparisons, FindingsReport report)
    {
        for (var i = 0; i < comparisons.Count; i++)
        {
            if (i > 0)
                console.WriteLine();
            Write(console, comparisons[i]);
        }

        if (report.Findings.Items.All(f => f.Severity == Severity.Info))
            return;
        console.Heading("Reading");
        FindingsView.Write(console, report);
    }

    static void Write(IAnsiConsole console, RuleComparison comparison)
    {
        var rule = comparison.Rule;
        console.Paragraph(SafeText.Value(rule.Title), Page.Strong);
        console.Facts(
        [
            ("Rule", SafeText.Line($"{rule.Vendor}/{rule.Id}")),
            ("File", SafeText.Line(rule.Path)),
            ("Platforms", SafeText.Line(string.Join(", ", rule.Platforms))),
            ("Not read", comparison.Unread.IsEmpty ? "" : $"{Words.Count(comparison.Unread.Length, "place")}, such as line {Words.Number(comparison.Unread[0].Line)}; what stands there has no row below"),
            ("No page", SafeText.Line(string.Join(", ", comparison.Unplaced))),
        ]);
        if (!rule.HasLogic)
            console.Paragraph("The rule has no logic to read, so there is nothing to compare.");
        else if (comparison.Techniques.IsEmpty)
            console.Paragraph("The rule names no technique that has a page: --technique ID says on whose tables it belongs.", Page.Caution);
        Near(console, comparison.Near);
        foreach (var technique in comparison.Techniques)
            Technique(console, technique);
    }

    static void Near(IAnsiConsole console, ImmutableArray<NearRule> near)
    {
        var others = near.Count(n => !n.IsSame);
        console.Heading("Near-duplicates", $"({Words.Count(others, "other rule")} of the whole catalog)");
        foreach (var one in near.Take(MostNear))
        {
            var overlap = Math.Round(one.Overlap, 2).ToString("0.00", CultureInfo.InvariantCulture);
            var text = new Paragraph($"{overlap} ", Page.Accent).Append(SafeText.Value(one.Rule.Title))
                .Append(one.IsSame ? " (this rule, as the catalog has it)" : "").Append($"\n{SafeText.Line($"{one.Rule.Vendor}/{one.Rule.Id}")}", Page.Quiet);
            console.Write(new Padder(text, new(2, 0, 0, 0)));
            console.Facts([("both", Words.Count(one.Shared, "row")), ("only here", Differences(one.OnlyHere)), ("only there", Differences(one.OnlyThere))], indent: 4);
        }

        More(console, near.Length, MostNear);
    }

    static string Differences(ImmutableArray<ComparedRow> rows)
    {
        var shown = string.Join('\n', rows.Take(MostDifferences).Select(Text));
        return rows.Length > MostDifferences ? $"{shown}\nand {Words.Number(rows.Length - MostDifferences)} more" : shown;
    }

    static string Text(ComparedRow row) =>
        $"{(row.Side == "exclusion" ? "NOT " : "")}{SafeText.Value(row.Field)} {row.Kind}{(row.Value is { } value ? " " + SafeText.Value(value, LongestValue) : "")}";

    static void Technique(IAnsiConsole console, TechniqueComparison technique)
    {
        console.Heading($"{AttackFacts.Default.FullNameOf(technique.Technique.Id)} {technique.Technique.Id}", $"({Words.Count(technique.Rules, "other rule")})");
        Rows(console, "Matching rows: other rules of the technique have them too", technique.Matching);
        Rows(console, "Rare rows: no other rule of the technique has them", technique.Rare);
        Rows(console, "Noisy rows: very many rules look for them, so they tell little", technique.Noisy);
        Rows(console, "Missing rows: other rules look for them", technique.Missing);
        Exclusions(console, technique.MissingExclusions);
    }

    static void Rows(IAnsiConsole console, string title, ImmutableArray<ComparedRow> rows)
    {
        if (rows.IsEmpty)
            return;
        console.WriteLine();
        console.Paragraph($"{title} ({Words.Number(rows.Length)})", Page.Strong, indent: 2);
        var table = Page.Table("Field", "Kind", "Value", "#Rules", "#Reach");
        foreach (var row in rows.Take(MostRows))
        {
            var name = new Paragraph(SafeText.Value(row.Field), row.Role == "behaviour" ? null : Page.Quiet);
            if (row.Side == "exclusion")
                name.Append(" (excluded)", Page.Quiet);
            else if (row.Role != "behaviour")
                name.Append($" ({row.Role})", Page.Quiet);
            table.AddRow(
                name, Page.Cell(row.Kind), Page.Cell(row.Value is { } value ? SafeText.Value(value, LongestValue) : "", Page.Accent),
                Page.Cell(Words.Number(row.RuleIds.Length)), Page.Cell(Words.Number(row.Reach)));
        }

        console.WriteTable(table);
        More(console, rows.Length, MostRows);
    }

    static void Exclusions(IAnsiConsole console, ImmutableArray<MissingExclusion> missing)
    {
        if (missing.IsEmpty)
            return;
        console.WriteLine();
        console.Paragraph($"Missing exclusions: other rules leave these events out ({Words.Number(missing.Length)})", Page.Strong, indent: 2);
        foreach (var one in missing.Take(MostClauses))
        {
            var clause = one.Clauses[0];
            var rules = one.Clauses.Select(c => c.RuleId).Distinct(StringComparer.Ordinal).ToArray();
            var named = string.Join(", ", rules.Take(MostRulesNamed)) + (rules.Length > MostRulesNamed ? $" and {Words.Number(rules.Length - MostRulesNamed)} more" : "");
            var text = new Paragraph(SafeText.Value(clause.Text, LongestClause), Page.Accent)
                .Append($"\n{Words.Count(one.Rules, "rule")}: {SafeText.Line(named)}{(one.IsSamePlatform ? "" : " (for another platform)")}", Page.Quiet);
            if (one.Risk.CanBeMet)
                text.Append($"\nAn attacker can meet this on purpose: {SafeText.Line(string.Join(", ", one.Risk.Fields))} is theirs to choose.", Page.Caution);
            console.Write(new Padder(text, new(4, 0, 0, 0)));
        }

        More(console, missing.Length, MostClauses);
    }

    static void More(IAnsiConsole console, int count, int shown)
    {
        if (count > shown)
            console.Paragraph($"{Words.Number(count - shown)} more: --format json lists them all", Page.Quiet, indent: 2);
    }
}
