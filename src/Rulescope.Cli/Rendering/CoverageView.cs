using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Guide;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>The coverage matrix on a terminal, a table per tactic.</summary>
static class CoverageView
{
    public static void Write(IAnsiConsole console, CoverageMatrix matrix, bool all)
    {
        console.Paragraph(
            $"{Words.Count(matrix.Rules, "live rule")} of {string.Join(", ", matrix.Vendors.Select(Vendors.Title))} over ATT&CK {matrix.AttackVersion}: "
            + $"{Words.Number(matrix.Techniques.Count(c => c.Rules > 0))} of {Words.Number(matrix.Techniques.Length)} techniques and sub-techniques have a rule.",
            Page.Strong);
        if (matrix.Untagged > 0)
            console.Paragraph($"{Words.Count(matrix.Untagged, "rule names", "rules name")} no technique of the matrix.", Page.Quiet);
        foreach (var column in matrix.Tactics)
            Write(console, column, all);
        console.WriteLine();
        console.Paragraph("A rule counts once in each technique it names. 'rulescope search technique:ID' lists the rules of one.", Page.Quiet);
    }

    static void Write(IAnsiConsole console, CoverageColumn column, bool all)
    {
        console.Heading(
            $"{column.Tactic.Name} {column.Tactic.Id}",
            $"({Words.Number(column.Covered)} of {Words.Number(column.Cells.Length)} techniques, {Words.Count(column.Rules, "rule")})");
        var cells = column.Cells.Where(c => all || c.WithSubtechniques > 0).ToArray();
        if (cells.Length == 0)
            return;
        var table = Page.Table("Id", "Technique", "#Rules", "#With sub-techniques");
        foreach (var cell in cells)
        {
            var style = cell.Rules > 0 ? null : Page.Quiet;
            var isOwn = cell.WithSubtechniques == cell.Rules;
            table.AddRow(
                Page.Cell(cell.Technique.Id, style),
                Page.Cell((cell.Technique.ParentId is null ? "" : "  ") + cell.Technique.Name, style),
                Page.Cell(Words.Number(cell.Rules), style),
                Page.Cell(isOwn ? "" : Words.Number(cell.WithSubtechniques), style));
        }

        console.WriteTable(table);
    }
}
