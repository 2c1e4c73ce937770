using Rulescope.Catalog.Guide;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>A rule in a list: its level and title, and under them the name other verbs take.</summary>
static class RuleLines
{
    const int LevelWidth = 13;

    public static void Write(IAnsiConsole console, RuleEntry rule)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Width(LevelWidth).Padding(2, 0, 0, 0));
        grid.AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        var kind = rule.Kind == "rule" ? "" : $" ({rule.Kind})";
        var unread = !rule.HasLogic ? " (no logic to read)" : rule.IsReadable ? "" : " (read in part)";
        var text = new Paragraph(SafeText.Value(rule.Title) + kind)
            .Append(unread, Page.Caution)
            .Append($"\n{SafeText.Line(rule.Vendor)}/{SafeText.Line(rule.Id)}", Page.Quiet);
        grid.AddRow(new Paragraph(SafeText.Line(rule.Level), Page.OfLevel(rule.Level)), text);
        console.Write(grid);
    }
}
