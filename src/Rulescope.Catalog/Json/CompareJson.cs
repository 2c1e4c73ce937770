using System.Text.Json;
using Rulescope.Catalog.Compare;
using Rulescope.Text.Findings;

namespace Rulescope.Catalog.Json;

/// <summary>Compared rules as JSON (<c>compare</c> in docs/json.md).</summary>
public static class CompareJson
{
    /// <summary>Writes what was compared.</summary>
    /// <param name="comparisons">One for each rule, in the order they were read.</param>
    /// <param name="notCompared">Rules that were read and left out, since they were too many.</param>
    /// <param name="report">What reading the files found.</param>
    /// <param name="output">Where the document goes.</param>
    public static void Write(IEnumerable<RuleComparison> comparisons, int notCompared, FindingsReport report, Stream output) => JsonShapes.Write(output, json =>
    {
        json.Objects("rules", comparisons, c =>
        {
            json.Object("rule", () => json.Entry(c.Rule, withVendor: true));
            json.Texts("unplaced", c.Unplaced);
            json.Objects("unread", c.Unread, u =>
            {
                json.WriteString("text", u.Text);
                json.WriteNumber("line", u.Line);
            });
            json.Objects("techniques", c.Techniques, t => Technique(json, t));
            json.Objects("nearDuplicates", c.Near, n => Near(json, n));
        });
        json.WriteNumber("notCompared", notCompared);
        json.Objects("findings", report.Findings, f =>
        {
            json.WriteString("path", f.Path);
            json.WriteNumber("line", f.Line);
            json.WriteNumber("column", f.Column);
            json.WriteString("id", f.Id);
            json.WriteString("severity", f.Severity.ToString().ToLowerInvariant());
            json.WriteString("message", f.Message);
        });
    });

    static void Technique(Utf8JsonWriter json, TechniqueComparison technique)
    {
        json.WriteString("id", technique.Technique.Id);
        json.WriteString("name", technique.Technique.Name);
        json.WriteNumber("rules", technique.Rules);
        Rows(json, "matching", technique.Matching);
        Rows(json, "rare", technique.Rare);
        Rows(json, "noisy", technique.Noisy);
        Rows(json, "missing", technique.Missing);
        json.Objects("missingExclusions", technique.MissingExclusions, m =>
        {
            json.WriteNumber("rules", m.Rules);
            json.WriteNumber("vendors", m.Vendors);
            json.WriteBoolean("samePlatform", m.IsSamePlatform);
            json.Texts("chosenByActor", m.Risk.Fields);
            json.Objects("clauses", m.Clauses, c =>
            {
                json.WriteString("ruleId", c.RuleId);
                json.WriteString("label", c.Label);
                json.WriteString("text", c.Text);
            });
            Rows(json, "rows", m.Rows);
        });
    }

    static void Near(Utf8JsonWriter json, NearRule near)
    {
        json.Entry(near.Rule, withVendor: true);
        json.WriteBoolean("same", near.IsSame);
        json.WriteNumber("overlap", Math.Round(near.Overlap, 3));
        json.WriteNumber("shared", near.Shared);
        json.Objects("onlyHere", near.OnlyHere, r => Name(json, r));
        json.Objects("onlyThere", near.OnlyThere, r => Name(json, r));
    }

    static void Rows(Utf8JsonWriter json, string name, IEnumerable<ComparedRow> rows) => json.Objects(name, rows, row =>
    {
        Name(json, row);
        json.WriteNumber("rules", row.RuleIds.Length);
        json.WriteNumber("reach", row.Reach);
        json.WriteBoolean("samePlatform", row.IsSamePlatform);
        json.Texts("ruleIds", row.RuleIds);
    });

    static void Name(Utf8JsonWriter json, ComparedRow row)
    {
        json.WriteString("side", row.Side);
        json.WriteString("field", row.Field);
        json.WriteString("owner", row.Owner.Length == 0 ? null : row.Owner);
        json.WriteString("kind", row.Kind);
        json.WriteString("value", row.Value);
        json.WriteString("role", row.Role);
    }
}
