using System.Text;
using Rulescope.Catalog.Json;

namespace Rulescope.Cli.Rendering;

/// <summary>The rows of the guide's three tables as CSV, one line a row; values stand as they are in the rules.</summary>
static class GuideCsv
{
    public static string Of(GuideRows rows)
    {
        var csv = new StringBuilder();
        Csv.Line(csv, "table", "field", "role", "kind", "value", "rules", "reach", "ruleIds");
        foreach (var row in rows.Fields)
            Csv.Line(csv, "field", row.Field, row.Role, string.Join(' ', row.How.Select(h => h.Operator)), "", Csv.Number(row.Rules), "", "");
        foreach (var row in rows.Indicators)
            Csv.Line(csv, "indicator", row.Field, row.Role, row.Kind, row.Value, Csv.Number(row.Rules), Csv.Number(row.Reach), string.Join(' ', row.RuleIds));
        foreach (var row in rows.Exclusions)
        {
            var ids = row.Clauses.Select(c => c.RuleId).Distinct(StringComparer.Ordinal);
            Csv.Line(csv, "exclusion", row.Field, "", row.Kind, row.Value ?? "", Csv.Number(row.Rules), "", string.Join(' ', ids));
        }

        return csv.ToString();
    }
}
