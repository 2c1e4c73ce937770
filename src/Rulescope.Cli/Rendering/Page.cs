using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rulescope.Cli.Rendering;

/// <summary>The few shapes all pages are made of. Texts go in as texts, never as markup.</summary>
static class Page
{
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Accent { get; } = new(Color.Teal);

    public static Style Alarm { get; } = new(Color.Red);

    public static Style Caution { get; } = new(Color.Olive);

    public static void Heading(this IAnsiConsole console, string text, string more = "")
    {
        console.WriteLine();
        var heading = new Paragraph(text, Strong);
        if (more.Length > 0)
            heading.Append(" " + more, Quiet);
        console.Write(heading);
        console.WriteLine();
    }

    /// <summary>A paragraph, wrapped between words and set in by some columns.</summary>
    public static void Paragraph(this IAnsiConsole console, string text, Style? style = null, int indent = 0)
    {
        console.Write(new Padder(new Paragraph(text, style), new(indent, 0, 0, 0)));
    }

    /// <summary>Lines under each other as names and what they stand for.</summary>
    public static void Facts(this IAnsiConsole console, IEnumerable<(string Name, string Value)> facts, int indent = 0)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Padding(indent, 0, 2, 0));
        grid.AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        var isEmpty = true;
        foreach (var (name, value) in facts.Where(f => f.Value.Length > 0))
        {
            grid.AddRow(new Paragraph(name, Quiet), new Paragraph(value));
            isEmpty = false;
        }

        if (!isEmpty)
            console.Write(grid);
    }

    /// <summary>An empty table; a name that begins with <c>#</c> is that of a column of numbers.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        // Spectre's borders put empty lines above and below; dashes in a first row do not.
        var table = new Table { Border = TableBorder.None };
        var dashes = new List<IRenderable>();
        foreach (var column in columns)
        {
            var name = column.TrimStart('#');
            var added = new TableColumn(Cell(name, Strong)).Padding(0, 0, 2, 0);
            if (column.StartsWith('#'))
                added.RightAligned().NoWrap();
            table.AddColumn(added);
            dashes.Add(Cell(new string('-', name.Length), Quiet));
        }

        return table.AddRow(dashes);
    }

    public static void WriteTable(this IAnsiConsole console, Table table) => console.Write(new Padder(table, new(2, 0, 0, 0)));

    public static IRenderable Cell(string text, Style? style = null) => new Paragraph(text, style);

    public static Style OfLevel(string level) => level switch
    {
        "critical" or "high" => Alarm,
        "medium" => Caution,
        _ => Quiet,
    };
}
