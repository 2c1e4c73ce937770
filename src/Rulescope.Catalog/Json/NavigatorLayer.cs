using System.Globalization;
using System.Text.Json;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Guide;

namespace Rulescope.Catalog.Json;

/// <summary>The coverage matrix as a layer of the ATT&amp;CK Navigator.</summary>
/// <remarks>
/// Source: MITRE's layer format 4.5 (<c>layers/LAYERFORMATv4_5.md</c> of attack-navigator), read 2026-11-22. A technique's score is the number of its own
/// rules; one without any has no score, so the Navigator leaves it blank. No entry names a tactic: the number holds under every one.
/// </remarks>
public static class NavigatorLayer
{
    const string LayerVersion = "4.5";

    // The oldest Navigator that reads this format.
    const string NavigatorVersion = "4.9.0";

    static readonly string[] Gradient = ["#e6f2f2", "#006d6d"];

    public static void Write(CoverageMatrix matrix, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteString("name", "Rulescope coverage");
        json.Object("versions", () =>
        {
            json.WriteString("attack", matrix.AttackVersion.Split('.')[0]);
            json.WriteString("navigator", NavigatorVersion);
            json.WriteString("layer", LayerVersion);
        });
        json.WriteString("domain", "enterprise-attack");
        json.WriteString("description", $"Detection rules per technique: {matrix.Rules} rules of {string.Join(", ", matrix.Vendors.Select(Vendors.Title))}");
        json.WriteNumber("sorting", 0);
        json.Object("layout", () =>
        {
            json.WriteString("layout", "side");
            json.WriteBoolean("showID", true);
            json.WriteBoolean("showName", true);
        });
        json.WriteBoolean("hideDisabled", false);
        json.Objects("techniques", matrix.Techniques.Where(c => c.WithSubtechniques > 0), cell => Technique(json, cell));
        json.Object("gradient", () =>
        {
            json.Texts("colors", Gradient);
            // The format asks for a maximum above the minimum.
            json.WriteNumber("minValue", 0);
            json.WriteNumber("maxValue", matrix.Techniques.Select(c => c.Rules).Append(1).Max());
        });
    });

    static void Technique(Utf8JsonWriter json, CoverageCell cell)
    {
        json.WriteString("techniqueID", cell.Technique.Id);
        if (cell.Rules > 0)
            json.WriteNumber("score", cell.Rules);
        json.WriteString("comment", Comment(cell));
        json.WriteBoolean("showSubtechniques", cell.WithSubtechniques > cell.Rules);
        json.Objects("metadata", cell.Vendors, v =>
        {
            json.WriteString("name", Vendors.Title(v.Name));
            json.WriteString("value", v.Rules.ToString(CultureInfo.InvariantCulture));
        });
    }

    static string Comment(CoverageCell cell) => cell.WithSubtechniques > cell.Rules
        ? $"{Rules(cell)}, {cell.WithSubtechniques} with sub-techniques"
        : Rules(cell);

    static string Rules(CoverageCell cell) => cell.Rules == 1 ? "1 rule" : $"{cell.Rules} rules";
}
