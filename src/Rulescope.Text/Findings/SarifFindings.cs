using System.Text.Json;

namespace Rulescope.Text.Findings;

/// <summary>SARIF 2.1.0 (OASIS, 2020): one run, the diagnostic catalog as its rules, columns in UTF-16 code units.</summary>
static class SarifFindings
{
    const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    static readonly string Version = typeof(SarifFindings).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static void Write(FindingsReport report, DiagnosticCatalog catalog, TextWriter output) => JsonFindings.WriteDocument(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, catalog);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in report.Findings)
            WriteResult(json, finding, catalog);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A valid URI reference: relative for a relative path, <c>file:</c> for one from a root.</summary>
    public static string UriOf(string path)
    {
        var slashed = path.Replace('\\', '/');
        while (slashed.StartsWith("./", StringComparison.Ordinal))
            slashed = slashed[2..];
        // Several slashes at the root are one; as they stand they would name a host.
        if (slashed.StartsWith('/'))
            slashed = "/" + slashed.TrimStart('/');
        var fromDrive = slashed is [var letter, ':', '/', ..] && char.IsAsciiLetter(letter);
        var head = fromDrive ? $"file:///{slashed[..2]}" : slashed.StartsWith('/') ? "file://" : "";
        // Each part is escaped by itself: a colon in the first part of a relative reference would read as a scheme.
        return head + string.Join('/', slashed[(fromDrive ? 2 : 0)..].Split('/').Select(Uri.EscapeDataString));
    }

    static void WriteTool(Utf8JsonWriter json, DiagnosticCatalog catalog)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Rulescope");
        json.WriteString("semanticVersion", Version);
        json.WriteStartArray("rules");
        foreach (var code in catalog.Codes)
        {
            json.WriteStartObject();
            json.WriteString("id", code.Id);
            WriteText(json, "shortDescription", DiagnosticCatalog.MessageForm(code));
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(code.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter json, Finding finding, DiagnosticCatalog catalog)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Id);
        if (catalog.IndexOf(finding.Id) is { } index)
            json.WriteNumber("ruleIndex", index);
        json.WriteString("level", LevelOf(finding.Severity));
        WriteText(json, "message", finding.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(finding.Path));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Line);
        json.WriteNumber("startColumn", finding.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    static string LevelOf(Severity severity) => severity switch
    {
        Severity.Info => "note",
        Severity.Warning => "warning",
        _ => "error",
    };
}
