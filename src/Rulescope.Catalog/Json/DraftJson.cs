using Rulescope.Catalog.Draft;

namespace Rulescope.Catalog.Json;

/// <summary>A draft as JSON (docs/json.md).</summary>
public static class DraftJson
{
    public static void Write(DraftedRule draft, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteString("technique", draft.Technique.Id);
        json.WriteString("language", draft.Language.Name);
        json.WriteString("fileName", draft.FileName);
        json.WriteString("text", draft.Text);
        json.Objects("tests", draft.Tests, t => InsightJson.Test(json, t));
        json.List("exclusions", draft.Exclusions, e => json.WriteStringValue(e.Text));
    });
}
