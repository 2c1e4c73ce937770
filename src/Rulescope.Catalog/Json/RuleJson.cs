using System.Text.Json;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Search;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Json;

/// <summary>One rule, and lists of rules, as JSON (SPEC 9, <c>rule</c> and <c>search</c>).</summary>
public static class RuleJson
{
    public static void Write(RulePage page, Stream output) => JsonShapes.Write(output, json =>
    {
        json.Entry(page.Entry, withVendor: true);
        json.WriteString("description", page.Description);
        json.Date("created", page.Created);
        json.Date("modified", page.Modified);
        json.WriteString("url", page.Url);
        json.WriteString("publish", page.Entry.Publish.Word());
        json.WriteString("logSource", page.LogSource);
        json.WriteString("text", page.Text);
        json.WriteNumber("line", page.Line);
        json.Objects("drawnOn", page.DrawnOn, t =>
        {
            json.WriteString("path", t.Path);
            json.WriteNumber("line", t.Line);
            json.WriteBoolean("cut", t.IsCut);
            json.WriteString("text", t.Text);
        });
        json.Objects("stages", page.Stages, s =>
        {
            json.WriteString("name", s.Name);
            json.WriteString("tree", s.Text);
        });
        json.Objects("indicators", page.Indicators, i => Indicator(json, page, i));
        json.Objects("exclusions", page.Exclusions, c =>
        {
            json.WriteString("label", c.Label);
            json.WriteString("text", c.Text);
            json.Objects("members", c.Members, i => Indicator(json, page, i));
        });
        json.Objects("techniques", page.Techniques, t =>
        {
            json.WriteString("id", t.Id);
            json.WriteString("name", t.Name);
            json.WriteString("written", t.Written);
        });
        json.Texts("events", page.Events.Select(e => e.Id));
        json.List("needs", page.Needs, n =>
        {
            json.WriteStartArray();
            foreach (var source in n.Sources)
                json.WriteStringValue(source);
            json.WriteEndArray();
        });
        json.Objects("similar", page.Similar, s =>
        {
            json.Entry(s.Rule, withVendor: true);
            json.WriteNumber("overlap", Math.Round(s.Overlap, 3));
            json.WriteNumber("shared", s.Shared);
            json.WriteNumber("indicators", s.Own);
        });
        json.Texts("references", page.References);
        json.Texts("falsePositives", page.FalsePositives);
        json.Texts("tags", page.Tags);
        json.Texts("related", page.Related);
        json.Objects("unsupported", page.Unread, u =>
        {
            json.WriteString("text", u.Text);
            json.WriteNumber("line", u.Line);
        });
    });

    public static void Write(SearchResult result, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteNumber("total", result.Total);
        json.Objects("rules", result.Rules, r => json.Entry(r, withVendor: true));
        json.Objects("techniques", result.Techniques, t =>
        {
            json.WriteString("id", t.Technique.Id);
            json.WriteString("name", t.FullName);
            json.WriteNumber("rules", t.Rules);
        });
        json.Object("facets", () =>
        {
            foreach (var (name, facets) in result.Facets)
                json.Object(name, () => Facets(json, facets));
        });
    });

    static void Facets(Utf8JsonWriter json, IEnumerable<Facet> facets)
    {
        foreach (var facet in facets)
            json.WriteNumber(facet.Name, facet.Rules);
    }

    static void Span(Utf8JsonWriter json, int start, int length)
    {
        json.WriteNumber("start", start);
        json.WriteNumber("length", length);
    }

    static void Indicator(Utf8JsonWriter json, RulePage page, RuleIndicator indicator)
    {
        json.WriteString("field", indicator.Field);
        json.WriteString("kind", indicator.Kind);
        json.WriteString("value", indicator.Value);
        json.WriteString("written", page.WrittenOf(indicator));
        json.WriteString("how", indicator.How);
        json.Object("span", () => Span(json, indicator.SpanStart, indicator.SpanLength));
        if (indicator.Drawn is { } drawn)
        {
            json.Object("drawn", () =>
            {
                json.WriteNumber("text", page.DrawnOn.Select(t => t.Id).ToList().IndexOf(drawn.Text));
                Span(json, drawn.Start, drawn.Length);
            });
        }

        json.WriteString("role", indicator.Role);
        json.WriteBoolean("negated", indicator.IsNegated);
        json.WriteNumber("reach", indicator.Reach);
        json.Object("reachByVendor", () =>
        {
            foreach (var vendor in indicator.ByVendor)
                json.WriteNumber(vendor.Vendor, vendor.Rules);
        });
    }
}
