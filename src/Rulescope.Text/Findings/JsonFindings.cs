using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rulescope.Text.Findings;

/// <summary><c>{"files","findings":[{"path","line","column","id","severity","message"}]}</c>.</summary>
static class JsonFindings
{
    // The output is a document of its own, never part of a page, so quotes and non-ASCII letters stay readable.
    static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(FindingsReport report, TextWriter output) => WriteDocument(output, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("files", report.Files.Count);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("path", finding.Path);
            json.WriteNumber("line", finding.Line);
            json.WriteNumber("column", finding.Column);
            json.WriteString("id", finding.Id);
            json.WriteString("severity", NameOf(finding.Severity));
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary><c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    public static string NameOf(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "error",
    };

    /// <summary>Writes one JSON document and a line break.</summary>
    public static void WriteDocument(TextWriter output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }
}
