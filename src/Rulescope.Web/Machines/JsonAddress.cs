using System.Collections.Immutable;
using Rulescope.Catalog.Checking;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Search;
using Rulescope.Corpus.Drafts;
using Rulescope.Packages;
using Rulescope.Text.Schemas;
using Rulescope.Web.Site;

namespace Rulescope.Web.Machines;

/// <summary>An address of the site that answers JSON.</summary>
/// <param name="Path">With <c>{name}</c> for what varies.</param>
/// <param name="Summary">What it answers.</param>
/// <param name="Schema">The shape of the answer.</param>
sealed record JsonAddress(string Path, string Summary, JsonSchema Schema)
{
    static readonly (string Name, string Meaning) Language = ("lang", $"how it is read, told from the text by default: {string.Join(", ", CheckedLanguage.All.Select(l => l.Name).Distinct(StringComparer.Ordinal))}");

    static readonly (string Name, string Meaning) Technique = ("technique", "the technique whose tables are taken; those the rule names by default");

    static readonly ImmutableArray<(string Name, string Meaning)> Filters =
    [
        ("vendor", "only rules of these vendors, parted by commas"), ("platform", "only rules for a platform"), ("domain", "only rules of a domain"), ("level", "only rules of a level"),
        ("data", "only rules that can run on these tables, indices or log types, parted by commas"),
    ];

    /// <summary>What may follow the question mark, with its meaning.</summary>
    public ImmutableArray<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>It is asked with a POST whose body is a rule's text.</summary>
    public bool TakesRule { get; init; }

    /// <summary>What it answers where there is no document, with the reason.</summary>
    public ImmutableArray<(int Status, string Reason)> Refusals { get; init; } = [];

    public string Method => TakesRule ? "post" : "get";

    /// <summary>Every one of them. A route that answers JSON has its line here, and a test says which is missing.</summary>
    public static ImmutableArray<JsonAddress> All { get; } =
    [
        new(Links.HomeJson, "The catalog in numbers, and its newest rules", SiteSchemas.Home),
        new("/techniques.json", "Every technique that has a live rule", RuleSchemas.Index),
        new("/techniques/{id}.json", "The authoring guide of a technique: what all its rules check", GuideSchemas.Guide)
        {
            Query =
            [
                ("role", "behaviour, selector, threshold or all; all by default"),
                ("platform", "only rules for a platform"),
                ("domain", "only rules of a domain"),
                ("vendor", "only rules of a vendor"),
                ("level", "only rules of a level"),
                ("data", "only rules that can run on these tables, indices or log types, parted by commas"),
                ("include", "kinds beside live rules, parted by commas"),
                ("sub", "1 to count the rules of sub-techniques too"),
                ("plain", "1 for the plain reading of exclusions"),
                ("all", "1 for every row of the tables"),
            ],
            Refusals = [Nothing],
        },
        new("/techniques/{id}/draft.json", "A rule to begin with, from what several rules of a technique ask for together", GuideSchemas.Draft)
        {
            Query = [("lang", $"{string.Join(", ", DraftLanguage.All.Select(l => l.Name))}; the first by default")],
            Refusals = [Nothing],
        },
        new($"{Links.Matrix}.json", "Rules per technique over the matrix", CatalogSchemas.Coverage) { Query = Filters },
        new($"{Links.Matrix}.layer.json", "The same as a layer of the ATT&CK Navigator", SiteSchemas.Layer) { Query = Filters },
        new("/rules/{vendor}/{id}.json", "All that is known of one rule", RuleSchemas.Rule) { Refusals = [Nothing] },
        new("/search.json", "Rules by words and by what they test", RuleSchemas.Search)
        {
            Query = [("q", $"words, and terms with one of the keys {string.Join(", ", SearchQuery.Keys)}"), ("page", "25 rules a page, from 1")],
        },
        new("/newest.json", "The live rules that were made or changed last", RuleSchemas.Recent)
        {
            Query = [("vendor", "only rules of a vendor"), ("technique", "only rules tagged with a technique")],
            Refusals = [(StatusCodes.Status404NotFound, "There is no such vendor or technique.")],
        },
        new($"{Links.Fields}.json", "The fields that rules test; with a name, what /fields/{name}.json answers", new JsonSchema.Either(CatalogSchemas.FieldList, CatalogSchemas.Fields))
        {
            Query = [("q", "only fields with this in their name or title"), ("show", "shared for names of the taxonomy, own for those of one vendor"), ("name", "for a name that cannot stand in a path, such as one with a slash")],
            Refusals = [(StatusCodes.Status404NotFound, "No rule tests a field of that name.")],
        },
        new($"{Links.Fields}/{{name}}.json", "Every field of a name, with the names that were merged into it", CatalogSchemas.Fields) { Refusals = [Nothing] },
        new($"{Links.LogSources}.json", "The log sources of the taxonomy", SiteSchemas.LogSources),
        new($"{Links.LogSources}/{{id}}.json", "One log source: its names, and the rules that can run on it", SiteSchemas.LogSource) { Refusals = [Nothing] },
        new("/events.json", "The catalog of events", CatalogSchemas.Events),
        new("/events/{id}.json", "One kind of event", CatalogSchemas.Event) { Refusals = [Nothing] },
        new($"{Links.Vendors}.json", "The vendors", SiteSchemas.Vendors),
        new($"{Links.Vendors}/{{vendor}}.json", "What the catalog holds of one vendor", SiteSchemas.Vendor) { Refusals = [Nothing] },
        new("/packages.json", "The detection packages", PackageSchemas.List),
        new("/packages/{id}.json", "One detection package with its evidence", PackageSchemas.Package) { Refusals = [Nothing] },
        new($"{Links.About}.json", "What the catalog was built from, whose rules it holds, and on which terms", CatalogSchemas.About),
        new(Links.CompareJson, "A rule of the catalog beside all others", RuleSchemas.Compare)
        {
            Query = [("rule", "the rule as vendor/id; an empty answer without one"), Technique],
            Refusals = [(StatusCodes.Status400BadRequest, "The technique has no page."), (StatusCodes.Status404NotFound, "There is no such rule.")],
        },
        new(Links.CompareJson, "A rule of one's own beside those of the catalog; nothing of it is kept", RuleSchemas.Compare)
        {
            TakesRule = true,
            Query = [Language, Technique],
            Refusals = [(StatusCodes.Status400BadRequest, "The technique has no page."), TooLong, Busy],
        },
        new(Links.CheckJson, "What is wrong with a rule of one's own; nothing of it is kept", RuleSchemas.Findings) { TakesRule = true, Query = [Language], Refusals = [TooLong, Busy] },
        new(Links.OpenApi, "This document", Types.Anything),
    ];

    static (int Status, string Reason) Nothing => (StatusCodes.Status404NotFound, "There is nothing under that name.");

    static (int Status, string Reason) TooLong => (StatusCodes.Status413PayloadTooLarge, "The rule is too long.");

    static (int Status, string Reason) Busy => (StatusCodes.Status503ServiceUnavailable, "Reading it takes too long, or too many are being read.");
}
