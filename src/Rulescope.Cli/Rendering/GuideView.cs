using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Attack;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>The authoring guide on a terminal (SPEC T01 to T17); readable from 80 columns on.</summary>
static class GuideView
{
    const int BesideSamples = 58;
    const int ShortestSample = 20;
    const int LongestSample = 60;
    const int LongestClause = 1_000;
    const int ClausesPerRow = 2;

    public static void Write(IAnsiConsole console, GuideRows rows)
    {
        Head(console, rows);
        GuideInsightView.Start(console, rows.Guide.Insight);
        Events(console, rows);
        console.Heading("Authoring guide");
        console.Paragraph(rows.Intro);
        foreach (var aside in rows.Asides())
            console.Paragraph(aside);
        Fields(console, rows);
        GuideInsightView.Matrix(console, rows);
        Indicators(console, rows);
        Exclusions(console, rows);
        Rules(console, rows.Guide.Rules);
    }

    static void Head(IAnsiConsole console, GuideRows rows)
    {
        var guide = rows.Guide;
        console.Paragraph(rows.Title, Page.Strong);
        console.Facts(
        [
            ("Tactics", rows.Tactics),
            ("Platforms", rows.Platforms),
            ("ATT&CK", $"{guide.AttackVersion}, {guide.Technique.Url}"),
            ("Only", SafeText.Line(rows.Filter)),
        ]);
        if (AttackText.FirstParagraph(guide.Description) is not { Length: > 0 } description)
            return;
        console.WriteLine();
        console.Paragraph(SafeText.Line(description));
        if (guide.DescriptionFrom is { } from)
            console.Paragraph($"The description is that of {from}, the id it had before.", Page.Quiet);
    }

    static void Events(IAnsiConsole console, GuideRows rows)
    {
        console.Heading("Events covered");
        console.Paragraph(rows.EventsIntro);
        console.Facts(rows.Guide.Events.Select(e => (SafeText.Line(e.Id), $"{SafeText.Line(e.Title)} ({Words.Count(e.Rules, "rule")})")), indent: 2);
    }

    static void Fields(IAnsiConsole console, GuideRows rows)
    {
        if (rows.Fields.IsEmpty)
            return;
        console.Heading("Fields filtered most", Distinct(rows.Guide.Fields.Distinct));
        // Cut to the width of their column, samples stand one a line instead of being broken anywhere.
        var longest = Math.Clamp(console.Profile.Width - BesideSamples, ShortestSample, LongestSample);
        var table = Page.Table("Field", "#Rules", "How", "Sample values");
        foreach (var row in rows.Fields)
        {
            table.AddRow(
                Field(row.Field, row.Role),
                Page.Cell(Words.Number(row.Rules)),
                Page.Cell(string.Join(", ", row.How.Select(h => $"{h.Operator} {Words.Number(h.Rules)}"))),
                Page.Cell(string.Join('\n', row.Samples.Select(s => SafeText.Sample(s, longest)))));
        }

        console.WriteTable(table);
        More(console, rows.Fields.Length, rows.Guide.Fields.Distinct);
    }

    static void Indicators(IAnsiConsole console, GuideRows rows)
    {
        if (rows.Indicators.IsEmpty)
            return;
        console.Heading("Top indicator values", Distinct(rows.Guide.Indicators.Distinct));
        var table = Page.Table("Field", "Kind", "Value", "#Rules", "#Reach");
        foreach (var row in rows.Indicators)
        {
            table.AddRow(
                Field(row.Field, row.Role),
                Page.Cell(row.Kind),
                Page.Cell(SafeText.Value(row.Value), Page.Accent),
                Page.Cell(Words.Number(row.Rules)),
                Page.Cell(row.Reach > 1 ? Words.Number(row.Reach) : ""));
        }

        console.WriteTable(table);
        More(console, rows.Indicators.Length, rows.Guide.Indicators.Distinct);
    }

    // One member of a clause that is copied alone would blind the rule, so a clause of several is shown whole under the table.
    static void Exclusions(IAnsiConsole console, GuideRows rows)
    {
        if (rows.Exclusions.IsEmpty)
            return;
        console.Heading("Exclusions", Distinct(rows.Guide.Exclusions.Distinct));
        var clauses = new List<ClauseText>();
        var table = Page.Table("Field", "Kind", "Value", "#Rules", "Clause");
        foreach (var row in rows.Exclusions)
        {
            table.AddRow(
                Page.Cell(SafeText.Value(row.Field)),
                Page.Cell(row.Kind),
                Page.Cell(row.Value is { } value ? SafeText.Value(value) : "", Page.Accent),
                Page.Cell(Words.Number(row.Rules)),
                Page.Cell(Numbers(row, clauses), Page.Quiet));
        }

        console.WriteTable(table);
        More(console, rows.Exclusions.Length, rows.Guide.Exclusions.Distinct);
        if (clauses.Count == 0)
            return;
        console.WriteLine();
        console.Paragraph("Clauses. A value stands with the rest of its clause; copied alone it would exclude more than the rule does.", indent: 2);
        console.Facts(clauses.Select((c, i) => ($"[{i + 1}]", $"{SafeText.Line(c.RuleId)} {SafeText.Line(c.Label)}\n{SafeText.Value(c.Text, LongestClause)}")), indent: 2);
    }

    static string Numbers(ExclusionRow row, List<ClauseText> clauses)
    {
        var joined = row.Clauses.Where(c => c.Text.Contains(" AND ", StringComparison.Ordinal)).ToImmutableArray();
        var numbers = new List<string>();
        foreach (var clause in joined.Take(ClausesPerRow))
        {
            var known = clauses.IndexOf(clause);
            if (known < 0)
            {
                known = clauses.Count;
                clauses.Add(clause);
            }

            numbers.Add($"[{(known + 1).ToString(CultureInfo.InvariantCulture)}]");
        }

        if (joined.Length > ClausesPerRow)
            numbers.Add($"and {Words.Number(joined.Length - ClausesPerRow)} more");
        return string.Join(' ', numbers);
    }

    static void Rules(IAnsiConsole console, GuideRules rules)
    {
        console.Heading("Rules under this technique", $"({Words.Number(rules.Total)})");
        foreach (var vendor in rules.Vendors)
        {
            console.Paragraph($"{Vendors.Title(vendor.Vendor)} {Words.Count(vendor.Count, "rule")}", Page.Strong, indent: 2);
            foreach (var rule in vendor.Rules)
                RuleLines.Write(console, rule);
        }
    }

    static Paragraph Field(string field, string role)
    {
        var name = new Paragraph(SafeText.Value(field), role == "behaviour" ? null : Page.Quiet);
        return role == "behaviour" ? name : name.Append($" ({role})", Page.Quiet);
    }

    static string Distinct(int distinct) => $"({Words.Number(distinct)} distinct)";

    static void More(IAnsiConsole console, int shown, int distinct)
    {
        if (shown < distinct)
            console.Paragraph($"{Words.Number(distinct - shown)} more: --all shows them", Page.Quiet, indent: 2);
    }
}
