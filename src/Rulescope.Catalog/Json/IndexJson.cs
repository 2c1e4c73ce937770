using System.Collections.Immutable;
using Rulescope.Catalog.Guide;

namespace Rulescope.Catalog.Json;

/// <summary>The index of techniques as JSON: <c>{"techniques":[{"id","name","tactics","rules","withSubtechniques","vendors"}]}</c>.</summary>
public static class IndexJson
{
    public static void Write(ImmutableArray<TechniqueCount> techniques, Stream output) => JsonShapes.Write(output, json => json.Objects("techniques", techniques, t =>
    {
        json.WriteString("id", t.Technique.Id);
        json.WriteString("name", t.FullName);
        json.Texts("tactics", t.Technique.Tactics.Items.Select(tactic => tactic.Id));
        json.WriteNumber("rules", t.Rules);
        json.WriteNumber("withSubtechniques", t.WithSubtechniques);
        json.Object("vendors", () =>
        {
            foreach (var vendor in t.Vendors)
                json.WriteNumber(vendor.Name, vendor.Rules);
        });
    }));
}
