using System.Collections.Immutable;
using Rulescope.Packages;
using Rulescope.Text.Findings;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>Detection packages on a terminal.</summary>
static class PackageViewer
{
    public static void WriteList(IAnsiConsole console, ImmutableArray<PackageEntry> packages)
    {
        var table = Page.Table("Package", "Title", "#Tests", "Evidence");
        foreach (var package in packages)
        {
            table.AddRow(
                Page.Cell(SafeText.Value(package.Package.Id), Page.Strong),
                Page.Cell(SafeText.Value(package.Title)),
                Page.Cell(Words.Number(package.Package.Tests.Count)),
                Holds(package.Evidence.Holds));
        }

        console.WriteTable(table);
    }

    public static void Write(IAnsiConsole console, PackageEntry entry)
    {
        var package = entry.Package;
        console.Paragraph(SafeText.Value(entry.Title), Page.Strong);
        console.Facts(
        [
            ("technique", entry.TechniqueId),
            ("platform", SafeText.Line(package.Platform)),
            ("severity", SafeText.Line(package.Severity)),
            ("confidence", SafeText.Line(package.Confidence)),
            ("version", SafeText.Line($"{package.Version} of {package.Date:yyyy-MM-dd}, {package.Author}, {package.License}")),
        ], indent: 2);
        console.Paragraph(SafeText.Value(package.Summary, int.MaxValue), indent: 2);
        console.Heading("Tables");
        console.Facts(entry.Checks.Tables.Select(t => (SafeText.Line(t.Name), SafeText.Line(string.Join(", ", t.Columns)))), indent: 2);
        console.Heading("Query");
        console.Paragraph(SafeText.Lines(entry.Reading.Query.Text.TrimEnd()), indent: 2);
        console.Heading("Tuning");
        console.Facts(package.Tuning.Select(t => (SafeText.Line(t.Actor), SafeText.Line(t.Exclude))), indent: 2);
        console.Heading("Tests");
        foreach (var test in package.Tests)
        {
            console.Paragraph(SafeText.Value(test.Title), Page.Strong, indent: 2);
            console.Paragraph(SafeText.Value(test.Behaviour), indent: 4);
            console.Facts(test.Signals.Select(s => (SafeText.Line(s.Table), SafeText.Line(s.Where))), indent: 4);
        }

        console.Heading("References", $"({Words.Number(package.References.Count)})");
        console.Facts(package.References.Select(r => (SafeText.Line(r.Id), SafeText.Line(r.Url))), indent: 2);
    }

    public static void WriteEvidence(IAnsiConsole console, ImmutableArray<PackageEntry> packages)
    {
        foreach (var package in packages)
        {
            console.Heading(SafeText.Value(package.Package.Id), package.Evidence.Holds ? "" : "(does not hold)");
            var table = Page.Table("Test", "#Signals", "#Match", "#Near miss", "#No match", "Evidence");
            foreach (var test in package.Evidence.Tests)
            {
                table.AddRow(
                    Page.Cell(SafeText.Value(test.Test.Id)),
                    Page.Cell($"{test.Signals.Count(s => s.Found)}/{test.Signals.Count}"),
                    Share(test, Expectation.Match),
                    Share(test, Expectation.NearMiss),
                    Share(test, Expectation.NoMatch),
                    Holds(test.Holds));
            }

            console.WriteTable(table);
            FindingsView.Write(console, new FindingsReport([.. package.Reading.Files.Events.Select(e => e.Text.Path)], [.. package.Evidence.Findings.Select(f => f.Placed)]));
        }
    }

    static Spectre.Console.Rendering.IRenderable Share(TestEvidence test, Expectation kind)
    {
        var events = test.Events.Where(e => e.Event.Expect == kind).ToList();
        return Page.Cell($"{events.Count(e => e.Holds)}/{events.Count}");
    }

    static Spectre.Console.Rendering.IRenderable Holds(bool holds) => holds ? Page.Cell("holds", Page.Accent) : Page.Cell("fails", Page.Alarm);
}
