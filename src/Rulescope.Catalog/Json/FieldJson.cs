using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Catalog.Fields;

namespace Rulescope.Catalog.Json;

/// <summary>Fields as JSON (SPEC 9, <c>field --unmapped</c>; <c>field</c> in docs/json.md).</summary>
public static class FieldJson
{
    public static void Write(UnmappedFields fields, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteNumber("occurrences", fields.Occurrences);
        json.WriteNumber("resolved", fields.Resolved);
        json.WriteNumber("shared", fields.Shared);
        json.Objects("vendors", fields.Vendors, v =>
        {
            json.WriteString("vendor", v.Vendor);
            json.WriteNumber("occurrences", v.Occurrences);
            json.WriteNumber("resolved", v.Resolved);
        });
        json.Objects("fields", fields.Fields, f =>
        {
            json.WriteString("vendor", f.Vendor);
            json.WriteString("name", f.Name);
            json.WriteNumber("occurrences", f.Occurrences);
        });
    });

    /// <summary>The list of all fields: <c>{"fields":[{"field","owner","title","rules","vendors"}]}</c>.</summary>
    public static void Write(ImmutableArray<FieldCount> fields, Stream output) => JsonShapes.Write(output, json => json.Objects("fields", fields, f =>
    {
        json.WriteString("field", f.Name);
        json.WriteString("owner", f.Owner.Length == 0 ? null : f.Owner);
        json.WriteString("title", f.Title.Length == 0 ? null : f.Title);
        json.WriteNumber("rules", f.Rules);
        json.Facets("vendors", f.Vendors);
    }));

    public static void Write(ImmutableArray<FieldPage> pages, Stream output) =>
        JsonShapes.Write(output, json => json.Objects("fields", pages, page => Page(json, page)));

    static void Page(Utf8JsonWriter json, FieldPage page)
    {
        json.WriteString("field", page.Name);
        json.WriteString("owner", page.Owner.Length == 0 ? null : page.Owner);
        json.WriteString("title", page.Concept?.Title);
        json.WriteString("meaning", page.Concept?.Meaning);
        json.WriteString("source", page.Concept?.Source);
        json.WriteNumber("rules", page.Rules);
        json.Object("how", () =>
        {
            foreach (var how in page.How)
                json.WriteNumber(how.Operator, how.Rules);
        });
        json.Objects("natives", page.Natives, n =>
        {
            json.WriteString("vendor", n.Vendor);
            json.WriteString("name", n.Name);
            json.WriteString("mapping", n.Mapping.Length == 0 ? null : n.Mapping);
            json.WriteString("relation", n.Binding?.Relation.ToString().ToLowerInvariant());
            json.WriteString("source", n.Binding?.Source);
            json.WriteNumber("rules", n.Rules);
        });
        json.Objects("values", page.Values, v =>
        {
            json.WriteString("kind", v.Kind);
            json.WriteString("value", v.Value);
            json.WriteNumber("rules", v.Rules);
            json.WriteNumber("vendors", v.Vendors);
        });
        json.Objects("related", page.Related, r =>
        {
            json.WriteString("vendor", r.Vendor);
            json.WriteString("name", r.Name);
            json.WriteString("relation", r.Relation);
            json.WriteString("mapping", r.Mapping);
        });
        json.Facets("vendors", page.Vendors);
        json.Facets("logSources", page.LogSources);
        json.Techniques(page.Techniques);
    }
}
