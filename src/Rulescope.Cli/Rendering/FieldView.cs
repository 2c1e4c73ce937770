using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Guide;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>Fields on a terminal.</summary>
static class FieldView
{
    const int MostUnmapped = 40;

    public static void Write(IAnsiConsole console, ImmutableArray<FieldPage> pages)
    {
        foreach (var page in pages)
            Write(console, page);
    }

    public static void Write(IAnsiConsole console, UnmappedFields fields)
    {
        console.Paragraph(
            $"{Words.Count(fields.Occurrences, "test")} of fields in live rules: {Share(fields.Resolved, fields.Occurrences)} have a meaning in the taxonomy, "
            + $"{Share(fields.Shared, fields.Occurrences)} one that two or more vendors share.",
            Page.Strong);
        console.Facts(fields.Vendors.Select(v => (Vendors.Title(v.Vendor), $"{Words.Number(v.Resolved)} of {Words.Number(v.Occurrences)}, {Share(v.Resolved, v.Occurrences)}")), indent: 2);
        if (fields.Fields.IsEmpty)
            return;
        console.Heading("Names without a meaning", $"({Words.Number(fields.Fields.Length)} distinct)");
        var table = Page.Table("Vendor", "Name", "#Tests");
        foreach (var field in fields.Fields.Take(MostUnmapped))
            table.AddRow(Page.Cell(Vendors.Title(field.Vendor)), Page.Cell(SafeText.Value(field.Name)), Page.Cell(Words.Number(field.Occurrences)));
        console.WriteTable(table);
        if (fields.Fields.Length > MostUnmapped)
            console.Paragraph($"{Words.Number(fields.Fields.Length - MostUnmapped)} more: --format json lists them all", Page.Quiet, indent: 2);
    }

    static void Write(IAnsiConsole console, FieldPage page)
    {
        console.Heading(SafeText.Value(page.Name), page.Owner.Length > 0 ? $"{Vendors.Title(page.Owner)}'s own name" : page.Concept?.Title ?? "");
        if (page.Concept is { } concept)
            console.Facts([("Meaning", concept.Meaning), ("Source", concept.Source)], indent: 2);
        console.Facts(
            [("Rules", Words.Number(page.Rules)), ("How", string.Join(", ", page.How.Select(h => $"{h.Operator} {Words.Number(h.Rules)}")))], indent: 2);
        var names = Page.Table("Vendor", "Native name", "#Rules", "Entry of the taxonomy");
        foreach (var native in page.Natives)
            names.AddRow(Page.Cell(Vendors.Title(native.Vendor)), Page.Cell(SafeText.Value(native.Name)), Page.Cell(Words.Number(native.Rules)), Page.Cell(SafeText.Line(native.Mapping), Page.Quiet));
        console.WriteTable(names);
        if (!page.Values.IsEmpty)
        {
            console.WriteLine();
            var values = Page.Table("Kind", "Value", "#Rules", "#Vendors");
            foreach (var value in page.Values)
                values.AddRow(Page.Cell(value.Kind), Page.Cell(SafeText.Value(value.Value), Page.Accent), Page.Cell(Words.Number(value.Rules)), Page.Cell(Words.Number(value.Vendors)));
            console.WriteTable(values);
        }

        if (page.Related.IsEmpty)
            return;
        console.WriteLine();
        console.Paragraph("Kept apart, since they do not say the same:", indent: 2);
        console.Facts(page.Related.Select(r => ($"{Vendors.Title(r.Vendor)} {r.Name}", r.Relation)), indent: 4);
    }

    static string Share(int part, int whole) => whole == 0 ? "none" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
