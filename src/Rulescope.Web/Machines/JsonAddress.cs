using System.Collections.Immutable;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Search;
using Rulescope.Packages;
using Rulescope.Text.Schemas;

namespace Rulescope.Web.Machines;

/// <summary>An address of the site that answers JSON.</summary>
/// <param name="Path">With <c>{name}</c> for what varies.</param>
/// <param name="Summary">What it answers.</param>
/// <param name="Schema">The shape of the answer.</param>
sealed record JsonAddress(string Path, string Summary, JsonSchema Schema)
{
    /// <summary>What may follow the question mark, with its meaning.</summary>
    public ImmutableArray<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>Every one of them. A route that answers JSON has its line here, and a test says which is missing.</summary>
    public static ImmutableArray<JsonAddress> All { get; } =
    [
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
        },
        new("/rules/{vendor}/{id}.json", "All that is known of one rule", RuleSchemas.Rule),
        new("/events.json", "The catalog of events", CatalogSchemas.Events),
        new("/events/{id}.json", "One kind of event", CatalogSchemas.Event),
        new("/search.json", "Rules by words and by what they test", RuleSchemas.Search)
        {
            Query = [("q", $"words, and terms with one of the keys {string.Join(", ", SearchQuery.Keys)}"), ("page", "25 rules a page, from 1")],
        },
        new("/packages.json", "The detection packages", PackageSchemas.List),
        new("/packages/{id}.json", "One detection package with its evidence", PackageSchemas.Package),
        new("/newest.json", "The live rules that were made or changed last", RuleSchemas.Recent)
        {
            Query = [("vendor", "only rules of a vendor"), ("technique", "only rules tagged with a technique")],
        },
        new("/openapi.json", "This document", Types.Anything),
    ];
}
