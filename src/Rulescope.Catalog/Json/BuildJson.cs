using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Json;

/// <summary>What a build came to, as JSON (SPEC 9, <c>build</c>).</summary>
public static class BuildJson
{
    public static void Write(BuildResult result, Stream output) => JsonShapes.Write(output, json =>
    {
        json.Objects("sources", result.Sources, source =>
        {
            json.WriteString("vendor", source.Provenance.Vendor);
            json.WriteString("path", source.Provenance.Path);
            json.WriteString("repository", source.Provenance.Repository);
            json.WriteString("commit", source.Provenance.Commit);
            json.WriteString("publish", source.Provenance.Publish.Word());
            json.WriteNumber("files", source.Files);
            json.WriteNumber("rules", source.Rules);
            json.WriteNumber("read", source.Read);
            json.WriteNumber("readable", source.Readable);
            json.Object("kinds", () =>
            {
                foreach (var (kind, count) in source.Kinds)
                    json.WriteNumber(kind.Word(), count);
            });
            json.Objects("failed", source.Failed, f =>
            {
                json.WriteString("path", f.Path);
                json.WriteNumber("line", f.Position.Line);
                json.WriteString("id", f.Diagnostic.Code.Id);
                json.WriteString("message", f.Diagnostic.Message);
            });
            json.Objects("remarks", source.Remarks, r =>
            {
                json.WriteString("id", r.First.Diagnostic.Code.Id);
                json.WriteString("message", r.First.Diagnostic.Message);
                json.WriteNumber("count", r.Count);
                json.WriteString("path", r.First.Path);
                json.WriteNumber("line", r.First.Position.Line);
            });
        });
        json.WriteNumber("unchanged", result.Unchanged);
        json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
    });
}
