using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Sources;

namespace Rulescope.Catalog.Json;

/// <summary>The catalog as a whole, and its vendors, as JSON (the twins of the site's pages; docs/json.md).</summary>
public static class SourcesJson
{
    /// <summary>The first page.</summary>
    public static void Write(CatalogCounts counts, int techniques, int events, ImmutableArray<RecentRule> newest, Stream output) => JsonShapes.Write(output, json =>
    {
        json.BuiltAt(counts);
        json.WriteNumber("rules", counts.Rules);
        json.WriteNumber("readable", counts.Readable);
        json.WriteNumber("techniques", techniques);
        json.WriteNumber("events", events);
        json.Facets("vendors", counts.Vendors);
        json.Recent(newest);
    });

    public static void Write(VendorPage page, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteString("vendor", page.Vendor);
        json.WriteString("title", Vendors.Title(page.Vendor));
        json.WriteNumber("rules", page.Rules);
        json.Facets("read", page.Read);
        json.Facets("kinds", page.Kinds);
        json.Facets("languages", page.Languages);
        json.Facets("levels", page.Levels);
        json.Facets("platforms", page.Platforms);
        json.Techniques(page.Techniques);
        json.WriteNumber("untagged", page.Untagged);
        json.Recent(page.Newest);
        json.Objects("sources", page.Sources, json.Source);
        json.Objects("findings", page.Findings, f =>
        {
            json.WriteString("id", f.Code);
            json.WriteString("severity", f.Severity);
            json.WriteNumber("count", f.Count);
            json.Objects("examples", f.Examples, e =>
            {
                json.WriteString("path", e.Path);
                json.WriteNumber("line", e.Line);
                json.WriteString("message", e.Message);
                json.WriteString("rule", e.Rule);
            });
        });
    });

    /// <summary>The list of vendors: <c>{"vendors":[{"vendor","title","rules"}]}</c>.</summary>
    public static void Write(ImmutableArray<Facet> vendors, Stream output) => JsonShapes.Write(output, json => json.Objects("vendors", vendors, v =>
    {
        json.WriteString("vendor", v.Name);
        json.WriteString("title", Vendors.Title(v.Name));
        json.WriteNumber("rules", v.Rules);
    }));
}
