using System.Collections.Immutable;
using Rulescope.Catalog.Events;
using Rulescope.Catalog.Fields;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Store;
using Rulescope.Mcp.Answers;
using Rulescope.Text;
using Rulescope.Text.Schemas;

namespace Rulescope.Mcp.Tools;

/// <summary>Tools about the vocabulary: fields, and why names are one; events.</summary>
sealed class FieldTools(CatalogFile catalog)
{
    readonly EventReader _events = new(catalog);

    public IEnumerable<CatalogTool> All =>
    [
        new("field", "Explain a field",
            "Explains normalisation: what a field means, which vendors' own names were merged into it and by which entry of the taxonomy, what the rules test it for, "
            + "and which names that mean something near it are kept apart. Ask for two names to see why they are one row, or why not.",
            CatalogSchemas.Fields, Field)
        {
            Parameters =
            [
                new ToolParameter.Line("name", "A shared name (Image, aws::eventName) or a vendor's own (process.executable).") { IsRequired = true },
                new ToolParameter.Line("other", "A second name, to learn whether both are one row."),
            ],
            Paged = ["fields"],
            Limit = (5, 50),
        },
        new("event", "Events",
            "One kind of event: what it means, a sample record, the rules by technique, what each vendor looks for in it. Without an id it lists all events, or those whose id or title has the words of 'query'.",
            new JsonSchema.Either(CatalogSchemas.Event, CatalogSchemas.Events), Event)
        {
            Parameters =
            [
                new ToolParameter.Line("id", "A group and a name, such as sysmon/1, security/4688 or aws/ConsoleLogin."),
                new ToolParameter.Line("query", "Words of the id or the title, where no id is given."),
            ],
            Paged = ["events", "techniques[].rules", "untagged"],
            Limit = (15, 100),
        },
    ];

    ToolAnswer Field(ToolArguments arguments)
    {
        var reader = new FieldReader(catalog);
        var name = arguments.Text("name") ?? "";
        var pages = reader.Read(name);
        if (pages.IsEmpty)
            return new ToolAnswer.Refused(NoField(name));
        var summary = $"'{ShownText.Line(name)}' is {CatalogTools.Count(pages.Length, "field")}: {string.Join(", ", pages.Take(5).Select(Shown))}.";
        if (arguments.Text("other") is not { } other)
            return ToolAnswer.Of(output => FieldJson.Write(pages, output), summary);
        var others = reader.Read(other);
        if (others.IsEmpty)
            return new ToolAnswer.Refused(NoField(other));
        var shared = pages.Where(p => others.Any(o => (o.Name, o.Owner) == (p.Name, p.Owner))).ToArray();
        var verdict = shared.Length > 0
            ? $"Both names are one row under {string.Join(", ", shared.Select(Shown))}; 'natives' names the entries that merged them."
            : "No row has both names; 'related' names those that are kept apart, with the relation.";
        ImmutableArray<FieldPage> both = [.. pages, .. others.Where(o => !pages.Any(p => (o.Name, o.Owner) == (p.Name, p.Owner)))];
        return ToolAnswer.Of(output => FieldJson.Write(both, output), verdict);
    }

    static string Shown(FieldPage page) => page.Owner.Length == 0 ? $"{ShownText.Line(page.Name)} ({page.Rules})" : $"{ShownText.Line(page.Name)} of {page.Owner} alone ({page.Rules})";

    string NoField(string name)
    {
        var near = Nearest.Of(name, catalog.Taxonomy.Fields.Concepts.Select(c => c.Name));
        return $"no rule of this catalog tests a field '{ShownText.Line(name)}'{(near is null ? "; 'search' finds rules by their words" : $"; did you mean '{near}'?")}";
    }

    ToolAnswer Event(ToolArguments arguments)
    {
        if (arguments.Text("id") is { } id)
        {
            return _events.Read(id, out var message) is { } page
                ? ToolAnswer.Of(output => EventJson.Write(page, output), $"{page.Event.Id}, {page.Event.Title}: {CatalogTools.Count(page.Rules, "live rule")} can match it.")
                : new ToolAnswer.Refused(message);
        }

        var words = (arguments.Text("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ImmutableArray<EventCount> found = [.. _events.All().Where(e => words.All(w => $"{e.Event.Id} {e.Event.Title}".Contains(w, StringComparison.OrdinalIgnoreCase)))];
        return ToolAnswer.Of(output => EventJson.Write(found, output), $"{CatalogTools.Count(found.Length, "event")}.");
    }
}
