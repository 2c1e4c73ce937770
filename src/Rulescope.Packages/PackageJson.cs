using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>Packages as JSON; the shape is described in <c>docs/packages.md</c>.</summary>
public static class PackageJson
{
    static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"packages":[{"id","title","technique","platform","language","version","severity","tests","holds"}]}</c></summary>
    public static void WriteList(IEnumerable<PackageEntry> packages, Stream output) => Write(output, json => Objects(json, "packages", packages, p =>
    {
        json.WriteString("id", p.Package.Id);
        json.WriteString("title", p.Title);
        json.WriteString("technique", p.TechniqueId);
        json.WriteString("platform", p.Package.Platform);
        json.WriteString("language", p.Package.Language);
        json.WriteString("version", p.Package.Version);
        json.WriteString("severity", p.Package.Severity);
        json.WriteNumber("tests", p.Package.Tests.Count);
        json.WriteBoolean("holds", p.Evidence.Holds);
    }));

    /// <summary>Everything that the page of a package shows.</summary>
    public static void Write(PackageEntry entry, Stream output) => Write(output, json =>
    {
        var package = entry.Package;
        json.WriteString("id", package.Id);
        json.WriteString("title", entry.Title);
        Technique(json, entry.TechniqueId);
        Texts(json, [("platform", package.Platform), ("language", package.Language), ("severity", package.Severity), ("confidence", package.Confidence), ("summary", package.Summary)]);
        Objects(json, "description", package.Description, d => Cited(json, [("text", d.Text)], d.Sources));
        Objects(json, "actors", package.Actors, a => Cited(json, [("name", a.Name), ("id", a.Id), ("method", a.Method)], a.Sources));
        json.WriteString("query", entry.Reading.Query.Text);
        Objects(json, "tables", entry.Checks.Tables, t =>
        {
            json.WriteString("name", t.Name);
            Strings(json, "columns", t.Columns);
            Strings(json, "tested", t.Tested);
        });
        Objects(json, "recommended", package.Recommended, r => Texts(json, [("source", r.Source), ("component", r.Component), ("id", r.Id)]));
        Objects(json, "tuning", package.Tuning, t => Texts(json, [("actor", t.Actor), ("context", t.Context), ("exclude", t.Exclude)]));
        Strings(json, "platforms", package.Platforms);
        json.WriteBoolean("holds", entry.Evidence.Holds);
        Objects(json, "tests", entry.Evidence.Tests, t => Test(json, t));
        Objects(json, "references", package.References, r => Texts(json, [("id", r.Id), ("title", r.Title), ("url", r.Url)]));
        Findings(json, entry.Findings.Concat(entry.Evidence.Findings));
        Texts(json, [("version", package.Version), ("date", Date(package.Date)), ("author", package.Author), ("license", package.License)]);
        Objects(json, "changes", package.Changes, c => Texts(json, [("version", c.Version), ("date", Date(c.Date)), ("text", c.Text)]));
    });

    /// <summary><c>{"packages":[{"id","holds","tests":[…]}],"findings":[…]}</c>: the evidence alone.</summary>
    public static void WriteEvidence(IEnumerable<PackageEntry> packages, Stream output) => Write(output, json =>
    {
        var all = packages.ToList();
        Objects(json, "packages", all, p =>
        {
            json.WriteString("id", p.Package.Id);
            json.WriteBoolean("holds", p.Evidence.Holds);
            Objects(json, "tests", p.Evidence.Tests, t => Test(json, t));
        });
        Findings(json, all.SelectMany(p => p.Evidence.Findings));
    });

    static void Technique(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject("technique");
        Texts(json, [("id", id), ("name", AttackFacts.Default.FullNameOf(id)), ("url", AttackId.UrlOf(id))]);
        json.WriteEndObject();
    }

    static void Test(Utf8JsonWriter json, TestEvidence evidence)
    {
        var test = evidence.Test;
        Texts(json, [("id", test.Id), ("title", test.Title), ("behaviour", test.Behaviour), ("elevation", test.Elevation), ("safety", test.Safety)]);
        Strings(json, "prerequisites", test.Prerequisites);
        Objects(json, "commands", test.Commands, c => Texts(json, [("shell", c.Shell), ("run", c.Run)]));
        Objects(json, "cleanup", test.Cleanup, c => Texts(json, [("shell", c.Shell), ("run", c.Run)]));
        Objects(json, "signals", evidence.Signals, s =>
        {
            Texts(json, [("table", s.Signal.Table), ("where", s.Signal.Where), ("meaning", s.Signal.Meaning)]);
            json.WriteBoolean("found", s.Found);
            json.WriteNumber("events", s.Events);
        });
        Objects(json, "events", evidence.Events, e =>
        {
            Texts(json, [("table", e.Event.Table), ("expect", e.Event.ExpectText), ("note", e.Event.Note)]);
            json.WriteNumber("line", e.Event.Line);
            json.WriteBoolean("found", e.Found);
            json.WriteBoolean("holds", e.Holds);
            json.WriteString("failed", e.Failed);
        });
    }

    static void Findings(Utf8JsonWriter json, IEnumerable<PackageFinding> findings) => Objects(json, "findings", findings.Select(f => f.Placed), f =>
    {
        json.WriteString("path", Path.GetFileName(f.Path));
        json.WriteNumber("line", f.Line);
        json.WriteNumber("column", f.Column);
        Texts(json, [("id", f.Id), ("severity", f.Severity.ToString().ToLowerInvariant()), ("message", f.Message)]);
    });

    static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    static void Cited(Utf8JsonWriter json, ReadOnlySpan<(string Name, string Value)> texts, EquatableArray<string> sources)
    {
        Texts(json, texts);
        Strings(json, "sources", sources);
    }

    static void Texts(Utf8JsonWriter json, ReadOnlySpan<(string Name, string Value)> texts)
    {
        foreach (var (name, value) in texts)
            json.WriteString(name, value);
    }

    static void Strings(Utf8JsonWriter json, string name, EquatableArray<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    static void Objects<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Write(Stream output, Action<Utf8JsonWriter> content)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }
}
