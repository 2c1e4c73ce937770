using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Json;

/// <summary>What the JSON shapes of SPEC 9 have in common. Members are written by hand, so that a renamed property cannot change the contract.</summary>
static class JsonShapes
{
    static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 };

    public static void Write(Stream output, Action<Utf8JsonWriter> content)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    public static void Object(this Utf8JsonWriter json, string name, Action content)
    {
        json.WriteStartObject(name);
        content();
        json.WriteEndObject();
    }

    public static void List<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> item)
    {
        json.WriteStartArray(name);
        foreach (var one in items)
            item(one);
        json.WriteEndArray();
    }

    /// <summary>A list whose items are objects.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members) => json.List(name, items, item =>
    {
        json.WriteStartObject();
        members(item);
        json.WriteEndObject();
    });

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> items) => json.List(name, items, json.WriteStringValue);

    public static void Date(this Utf8JsonWriter json, string name, DateOnly? date) =>
        json.WriteString(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static void BuiltAt(this Utf8JsonWriter json, CatalogCounts counts) =>
        json.WriteString("builtAt", counts.BuiltAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Numbers by name, such as rules by vendor.</summary>
    public static void Facets(this Utf8JsonWriter json, string name, IEnumerable<Facet> facets) => json.Object(name, () =>
    {
        foreach (var facet in facets)
            json.WriteNumber(facet.Name, facet.Rules);
    });

    public static void Techniques(this Utf8JsonWriter json, IEnumerable<TechniqueTally> techniques) => json.Objects("techniques", techniques, t =>
    {
        json.WriteString("id", t.Id);
        json.WriteString("name", t.Name);
        json.WriteNumber("rules", t.Rules);
    });

    public static void Recent(this Utf8JsonWriter json, IEnumerable<RecentRule> rules) => json.Objects("newest", rules, r =>
    {
        json.WriteString("vendor", r.Entry.Vendor);
        json.WriteString("id", r.Entry.Id);
        json.WriteString("title", r.Entry.Title);
        json.Date("date", r.Date);
        json.WriteBoolean("new", r.IsNew);
        json.Texts("techniques", r.Techniques);
    });

    /// <summary>The members of a rule set.</summary>
    public static void Source(this Utf8JsonWriter json, CatalogSource source)
    {
        json.WriteString("vendor", source.Vendor);
        json.WriteString("repository", source.Repository);
        json.WriteString("commit", source.Commit);
        json.WriteString("date", source.Date);
        json.WriteString("license", source.License);
        json.WriteString("publish", source.Publish.Word());
        json.WriteNumber("rules", source.Rules);
    }

    /// <summary>The members of a rule entry.</summary>
    public static void Entry(this Utf8JsonWriter json, RuleEntry rule, bool withVendor)
    {
        if (withVendor)
            json.WriteString("vendor", rule.Vendor);
        json.WriteString("id", rule.Id);
        json.WriteString("title", rule.Title);
        json.WriteString("language", rule.Language);
        json.WriteString("level", rule.Level);
        json.WriteString("status", rule.Status);
        json.WriteString("kind", rule.Kind);
        json.Texts("platforms", rule.Platforms);
        json.Texts("domains", rule.Domains);
        json.Texts("authors", rule.Authors);
        json.WriteString("license", rule.License);
        json.WriteString("repository", rule.Repository);
        json.WriteString("path", rule.Path);
        json.WriteString("commit", rule.Commit);
        json.Date("changed", rule.Changed);
        json.WriteBoolean("readable", rule.IsReadable);
    }
}
