using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Catalog.LogSources;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Json;

/// <summary>Log sources as JSON (the twins of the site's pages; docs/json.md).</summary>
public static class LogSourceJson
{
    public static void Write(LogSourcePage page, Stream output) => JsonShapes.Write(output, json =>
    {
        Identity(json, page.Source);
        json.Texts("sigma", page.Source.Triples.Items.Select(t => t.ToString()));
        json.Object("names", () =>
        {
            foreach (var names in page.Source.Names)
                json.Texts(names.Vocabulary, names.Names.Items);
        });
        json.WriteNumber("rules", page.Rules);
        json.Facets("vendors", page.Vendors);
        json.Techniques(page.Techniques);
        json.Objects("fields", page.Fields, f =>
        {
            json.WriteString("field", f.Name);
            json.WriteString("owner", f.Owner.Length == 0 ? null : f.Owner);
            json.WriteNumber("rules", f.Rules);
        });
        json.Objects("events", page.Events, e =>
        {
            json.WriteString("id", e.Event.Id);
            json.WriteString("title", e.Event.Title);
            json.WriteNumber("rules", e.Rules);
        });
        json.Texts("near", page.Near.Select(s => s.Id));
    });

    /// <summary>The list of all: <c>{"logSources":[{"id","title","platforms","domains","rules","vendors"}]}</c>.</summary>
    public static void Write(ImmutableArray<LogSourceCount> sources, Stream output) => JsonShapes.Write(output, json => json.Objects("logSources", sources, s =>
    {
        Identity(json, s.Source);
        json.WriteNumber("rules", s.Rules);
        json.Facets("vendors", s.Vendors);
    }));

    static void Identity(Utf8JsonWriter json, LogSourceEntry source)
    {
        json.WriteString("id", source.Id);
        json.WriteString("title", source.Title);
        json.Texts("platforms", source.Platforms.Items);
        json.Texts("domains", source.Domains.Items);
    }
}
