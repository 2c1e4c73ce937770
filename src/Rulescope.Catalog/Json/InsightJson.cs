using System.Text.Json;
using Rulescope.Catalog.Guide;

namespace Rulescope.Catalog.Json;

/// <summary>The member <c>insight</c> of the guide's JSON (docs/guide.md).</summary>
static class InsightJson
{
    public static void Write(Utf8JsonWriter json, GuideInsight insight)
    {
        json.Object("matrix", () => Matrix(json, insight.Matrix));
        json.Objects("combinations", insight.Combinations, c =>
        {
            json.WriteNumber("score", c.Score);
            json.WriteNumber("rules", c.RuleIds.Length);
            json.Texts("vendors", c.Vendors);
            json.Objects("tests", c.Tests, t => Test(json, t));
            json.Texts("ruleIds", c.RuleIds);
        });
        json.Objects("exclusions", insight.Exclusions, e =>
        {
            json.WriteString("text", e.Text);
            json.WriteNumber("rules", e.RuleIds.Length);
            json.Texts("vendors", e.Vendors);
            json.Texts("chosenByActor", e.Risk.Fields);
            json.Texts("ruleIds", e.RuleIds);
        });
        json.Objects("alone", insight.Alone, a =>
        {
            json.WriteString("ruleId", a.RuleId);
            json.Texts("fields", a.Fields);
        });
        json.Objects("newest", insight.Newest, n =>
        {
            json.WriteString("ruleId", n.RuleId);
            json.Date("date", n.Date);
            json.WriteNumber("added", n.Added);
            json.Objects("first", n.First, t => Test(json, t));
        });
        json.Objects("specificity", insight.Specificity, p =>
        {
            json.WriteNumber("rules", p.Rules);
            json.WriteNumber("reach", p.Reach);
            json.WriteNumber("values", p.Values);
            json.WriteString("example", p.Example);
        });
    }

    static void Matrix(Utf8JsonWriter json, FieldMatrix matrix)
    {
        json.Objects("vendors", matrix.Vendors, v =>
        {
            json.WriteString("vendor", v.Name);
            json.WriteNumber("rules", v.Rules);
        });
        json.Objects("rows", matrix.Rows, row =>
        {
            json.WriteString("field", row.Field);
            json.WriteString("owner", row.Owner.Length == 0 ? null : row.Owner);
            json.WriteString("role", row.Role);
            json.WriteNumber("rules", row.Rules);
            json.Objects("cells", row.Cells, cell =>
            {
                json.WriteString("vendor", cell.Vendor);
                json.WriteNumber("rules", cell.RuleIds.Length);
                json.WriteNumber("shade", cell.Shade);
                json.Texts("ruleIds", cell.RuleIds);
            });
        });
    }

    internal static void Test(Utf8JsonWriter json, CombinedTest test)
    {
        json.WriteString("field", test.Field);
        json.WriteString("owner", test.Owner.Length == 0 ? null : test.Owner);
        json.WriteString("kind", test.Kind);
        json.WriteString("value", test.Value);
        json.WriteNumber("reach", test.Reach);
    }
}
