using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>One rule on a terminal (SPEC R01 to R04).</summary>
static class RuleView
{
    const int LongestCondition = 4_000;

    public static void Write(IAnsiConsole console, RulePage page)
    {
        Head(console, page);
        Conditions(console, page);
        Indicators(console, page.Indicators);
        Exclusions(console, page.Exclusions);
        Unread(console, page);
        console.Heading("Text", $"({SafeText.Line(page.Entry.Path)}:{Words.Number(page.Line)})");
        if (page.Withheld is { } reason)
            console.Paragraph(reason);
        else
            console.Write(new Padder(new Paragraph(SafeText.Lines(page.Text.TrimEnd('\n', '\r'))), new(2, 0, 0, 0)));
    }

    static void Head(IAnsiConsole console, RulePage page)
    {
        var rule = page.Entry;
        console.Paragraph(SafeText.Value(rule.Title), Page.Strong);
        console.Facts(
            new (string Name, string Value)[]
            {
                ("Rule", $"{rule.Vendor}/{rule.Id}"),
                ("Kind", string.Join(", ", ((string[])[rule.Kind == "rule" ? "" : rule.Kind, rule.Language, rule.Level, rule.Status]).Where(w => w.Length > 0))),
                ("Authors", string.Join(", ", rule.Authors)),
                ("Licence", rule.License ?? ""),
                ("Dates", string.Join(", ", ((string[])[Dated("created", page.Created), Dated("modified", page.Modified)]).Where(d => d.Length > 0))),
                ("Source", string.Join(' ', ((string?[])[rule.Repository, rule.Path, rule.Commit is { } commit ? $"at {commit}" : null]).OfType<string>())),
                ("Link", page.Url ?? ""),
                ("Log source", page.LogSource),
                ("Platforms", string.Join(", ", rule.Platforms)),
                ("Techniques", string.Join(", ", page.Techniques.Select(t => t.Name is { } name ? $"{t.Id} {name}" : t.Id))),
                ("Events", string.Join(", ", page.Events.Select(e => e.Id))),
            }.Select(f => (f.Name, SafeText.Line(f.Value))));
        if (page.Description.Length > 0)
        {
            console.WriteLine();
            console.Paragraph(SafeText.Lines(page.Description.Trim()));
        }

        List(console, "False positives", page.FalsePositives);
        List(console, "References", page.References);
    }

    static void List(IAnsiConsole console, string name, ImmutableArray<string> items)
    {
        if (items.IsEmpty)
            return;
        console.Heading(name);
        console.Facts(items.Select(i => ("-", SafeText.Line(i))), indent: 2);
    }

    static void Conditions(IAnsiConsole console, RulePage page)
    {
        if (page.Stages.IsEmpty)
            return;
        console.Heading("Conditions", "(normalised by Rulescope)");
        console.Facts(page.Stages.Select(s => (SafeText.Value(s.Name), SafeText.Value(s.Text, LongestCondition))), indent: 2);
    }

    static void Indicators(IAnsiConsole console, ImmutableArray<RuleIndicator> indicators)
    {
        if (indicators.IsEmpty)
            return;
        console.Heading("Indicators", $"({Words.Number(indicators.Length)})");
        var table = Page.Table("Field", "Kind", "Value", "#Reach", "By vendor");
        foreach (var row in indicators)
        {
            table.AddRow(
                Page.Cell(SafeText.Value(row.Field), row.Role == "behaviour" ? null : Page.Quiet),
                Page.Cell(row.IsNegated ? $"not {row.Kind}" : row.Kind),
                Page.Cell(row.Value is { } value ? SafeText.Value(value) : "", Page.Accent),
                Page.Cell(row.Reach > 1 ? Words.Number(row.Reach) : ""),
                Page.Cell(string.Join(", ", row.ByVendor.Select(v => $"{Vendors.Title(v.Vendor)} {Words.Number(v.Rules)}")), Page.Quiet));
        }

        console.WriteTable(table);
    }

    static void Exclusions(IAnsiConsole console, ImmutableArray<RuleClause> clauses)
    {
        if (clauses.IsEmpty)
            return;
        console.Heading("Exclusions", $"({Words.Number(clauses.Length)})");
        console.Facts(clauses.Select((c, i) => (c.Label.Length > 0 ? SafeText.Value(c.Label) : $"{i + 1}", SafeText.Value(c.Text, LongestCondition))), indent: 2);
    }

    static void Unread(IAnsiConsole console, RulePage page)
    {
        if (page.Unread.IsEmpty)
            return;
        console.Heading("Not read", $"({Words.Number(page.Unread.Length)})");
        console.Facts(page.Unread.Select(u => ($"line {u.Line}", SafeText.Value(u.Text))), indent: 2);
    }

    static string Dated(string word, DateOnly? date) => date is null ? "" : $"{word} {Words.Date(date)}";
}
