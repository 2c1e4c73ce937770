using System.Collections.Immutable;
using Rulescope.Catalog.Events;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Events;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>Events on a terminal.</summary>
static class EventView
{
    const int RuleLimit = 8;

    public static void Write(IAnsiConsole console, ImmutableArray<EventCount> events)
    {
        console.Paragraph($"{Words.Count(events.Length, "event")}, {Words.Number(events.Count(e => e.Rules > 0))} with rules.", Page.Strong);
        var table = Page.Table("Event", "What happened", "#Rules", "Vendors");
        foreach (var one in events)
            table.AddRow(Page.Cell(one.Event.Id), Page.Cell(one.Event.Title), Page.Cell(Words.Number(one.Rules)), Page.Cell(string.Join(", ", one.Vendors.Select(v => $"{Vendors.Title(v.Name)} {v.Rules}"))));
        console.WriteTable(table);
    }

    public static void Write(IAnsiConsole console, EventPage page)
    {
        console.Paragraph(page.Event.Title, Page.Strong);
        console.Paragraph(page.Event.Description);
        console.WriteLine();
        console.Facts([("Id", page.Event.Id), .. Identity(page.Event), ("Log sources", string.Join(", ", page.Sources.Select(s => $"{s.Title} ({s.Id})"))), ("Rules", Words.Number(page.Rules))], indent: 2);
        foreach (var vendor in page.Vendors.Where(v => !v.Indicators.IsEmpty))
        {
            console.Heading($"{Vendors.Title(vendor.Vendor)} looks for", $"({Words.Count(vendor.Rules, "rule")})");
            var table = Page.Table("Field", "Kind", "Value", "#Rules");
            foreach (var row in vendor.Indicators)
                table.AddRow(Page.Cell(SafeText.Value(row.Field)), Page.Cell(row.Kind), Page.Cell(SafeText.Value(row.Value), Page.Accent), Page.Cell(Words.Number(row.Rules)));
            console.WriteTable(table);
        }

        foreach (var technique in page.Techniques)
            Rules(console, technique.Id == technique.Name ? technique.Id : $"{technique.Id} {technique.Name}", technique.Rules);
        Rules(console, "Without a technique", page.Untagged);
        if (page.Event.Sample is not { } sample)
            return;
        console.Heading("Sample", "(made up)");
        console.Paragraph(sample, Page.Quiet, indent: 2);
    }

    static IEnumerable<(string, string)> Identity(CatalogEvent one) => one switch
    {
        CatalogEvent.Windows windows => [("Channel", windows.Channel), ("Provider", windows.Provider), ("Event id", $"{windows.EventId}")],
        CatalogEvent.Operation operation => [("Service", operation.Service.Title), ("Operation", operation.Name), ("Part", operation.Part)],
        _ => [],
    };

    static void Rules(IAnsiConsole console, string heading, ImmutableArray<RuleEntry> rules)
    {
        if (rules.IsEmpty)
            return;
        console.Heading(heading, $"({Words.Count(rules.Length, "rule")})");
        foreach (var rule in rules.Take(RuleLimit))
            console.Facts([(Vendors.Title(rule.Vendor), $"{SafeText.Line(rule.Title)}  {rule.Vendor}/{SafeText.Line(rule.Id)}")], indent: 2);
        if (rules.Length > RuleLimit)
            console.Paragraph($"{Words.Number(rules.Length - RuleLimit)} more: --format json lists them all", Page.Quiet, indent: 2);
    }
}
