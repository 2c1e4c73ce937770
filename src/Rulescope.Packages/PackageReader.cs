using System.Collections.Immutable;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>Reads the description of a package. Never throws: what is missing or wrong is a finding, and the rest is kept.</summary>
public static class PackageReader
{
    static readonly string[] Grades = ["low", "medium", "high", "critical"];

    /// <summary>The package that a YAML text describes.</summary>
    public static Parsed<DetectionPackage> Read(string yaml)
    {
        var documents = YamlReader.Read(yaml);
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        findings.AddRange(documents.Diagnostics);
        if (documents.Value is not [{ Root: YamlNode.Mapping root }])
        {
            findings.Add(Diagnostic.At(new(0, 0), PackageCodes.NotAPackage));
            return new(new(), findings.ToImmutable());
        }

        var fields = new YamlFields(root, root.Span, findings);
        fields.Word("schema", "1");
        fields.Text("query");
        var package = Read(fields);
        fields.Finish();
        CheckIds(fields, package);
        return new(package, [.. findings.OrderBy(f => f.Span.Start)]);
    }

    /// <summary>The name of the query's file as the description has it; empty where it has none.</summary>
    public static string QueryName(string yaml) =>
        YamlReader.Read(yaml).Value is [{ Root: YamlNode.Mapping root }, ..] && root["query"] is YamlNode.Scalar { Value: var name } ? name.Trim() : "";

    static DetectionPackage Read(YamlFields fields) => new()
    {
        Id = fields.Text("id"),
        Technique = fields.Text("technique"),
        TechniqueSpan = fields.SpanOf("technique"),
        Platform = fields.Text("platform"),
        Language = fields.Word("language", "kusto"),
        Severity = fields.Word("severity", Grades),
        Confidence = fields.Word("confidence", "low", "medium", "high"),
        Summary = fields.Text("summary"),
        Description = fields.Entries("description", f => new CitedText(f.Text("text"), f.Texts("sources"))),
        Actors = fields.Entries("actors", f => new PackageActor(f.Text("name"), f.Text("id", required: false), f.Text("method"), f.Texts("sources")), required: false),
        Recommended = fields.Entries("recommended", f => new RecommendedSource(f.Text("source"), f.Text("component"), f.Text("id", required: false)), required: false),
        Tuning = fields.Entries("tuning", f => new TuningClause(f.Text("actor"), f.Text("context"), f.Text("exclude"), f.SpanOf("exclude")), required: false),
        Platforms = fields.Texts("platforms"),
        Tests = fields.Entries("tests", ReadTest),
        References = fields.Entries("references", ReadReference),
        Version = fields.Text("version"),
        Date = fields.Date("date"),
        Author = fields.Text("author"),
        License = fields.Text("license"),
        Changes = fields.Entries("changes", f => new PackageChange(f.Text("version"), f.Date("date"), f.Text("text"))),
    };

    static PackageTest ReadTest(YamlFields fields) => new(fields.Text("id"), fields.Text("title"), fields.Text("behaviour"))
    {
        Signals = fields.Entries("signals", f => new ExpectedSignal(f.Text("table"), f.Text("where"), f.Text("meaning"), f.SpanOf("where"))),
        Commands = fields.Entries("commands", ReadCommand),
        Cleanup = fields.Entries("cleanup", ReadCommand, required: false),
        Prerequisites = fields.Texts("prerequisites"),
        Elevation = fields.Text("elevation"),
        Safety = fields.Text("safety"),
        Span = fields.SpanOf("id"),
    };

    static PackageCommand ReadCommand(YamlFields fields) => new(fields.Text("shell"), fields.Text("run"));

    static PackageReference ReadReference(YamlFields fields)
    {
        var reference = new PackageReference(fields.Text("id"), fields.Text("title"), fields.Text("url"));
        if (reference.Url.Length > 0 && !(Uri.TryCreate(reference.Url, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps))
            fields.Report(fields.SpanOf("url"), PackageCodes.WrongValue, "url", reference.Url, "an address that begins with https://");
        return reference;
    }

    static void CheckIds(YamlFields fields, DetectionPackage package)
    {
        foreach (var taken in Repeated(package.Tests.Select(t => t.Id)))
            fields.Report(fields.SpanOf("tests"), PackageCodes.TakenId, taken);
        foreach (var taken in Repeated(package.References.Select(r => r.Id)))
            fields.Report(fields.SpanOf("references"), PackageCodes.TakenId, taken);
        var known = package.References.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, cited) in package.Description.SelectMany(d => d.Sources.Select(s => ("description", s))).Concat(package.Actors.SelectMany(a => a.Sources.Select(s => ("actors", s)))))
        {
            if (!known.Contains(cited))
                fields.Report(fields.SpanOf(key), PackageCodes.UnknownReference, cited);
        }
    }

    static IEnumerable<string> Repeated(IEnumerable<string> ids) =>
        ids.Where(i => i.Length > 0).GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key);
}
