using System.Text.Json;
using Rulescope.Catalog.Coverage;

namespace Rulescope.Catalog.Json;

/// <summary>The coverage matrix as JSON (<c>coverage</c> in docs/json.md).</summary>
public static class CoverageJson
{
    public static void Write(CoverageMatrix matrix, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteString("attackVersion", matrix.AttackVersion);
        json.Texts("vendors", matrix.Vendors);
        json.WriteNumber("rules", matrix.Rules);
        json.WriteNumber("untagged", matrix.Untagged);
        json.Objects("tactics", matrix.Tactics, t =>
        {
            json.WriteString("id", t.Tactic.Id);
            json.WriteString("name", t.Tactic.Name);
            json.WriteNumber("rules", t.Rules);
            json.WriteNumber("covered", t.Covered);
            json.Objects("techniques", t.Cells, cell => Cell(json, cell));
        });
    });

    static void Cell(Utf8JsonWriter json, CoverageCell cell)
    {
        json.WriteString("id", cell.Technique.Id);
        json.WriteString("name", cell.Technique.Name);
        json.WriteNumber("rules", cell.Rules);
        json.WriteNumber("withSubtechniques", cell.WithSubtechniques);
        json.Object("vendors", () =>
        {
            foreach (var vendor in cell.Vendors)
                json.WriteNumber(vendor.Name, vendor.Rules);
        });
    }
}
