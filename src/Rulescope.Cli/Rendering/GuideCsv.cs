using System.Globalization;
using System.Text;

namespace Rulescope.Cli.Rendering;

/// <summary>The rows of the guide's three tables as CSV (RFC 4180), one line a row; values stand as they are in the rules.</summary>
static class GuideCsv
{
    public static string Of(GuideRows rows)
    {
        var csv = new StringBuilder();
        Line(csv, "table", "field", "role", "kind", "value", "rules", "reach", "ruleIds");
        foreach (var row in rows.Fields)
            Line(csv, "field", row.Field, row.Role, string.Join(' ', row.How.Select(h => h.Operator)), "", Number(row.Rules), "", "");
        foreach (var row in rows.Indicators)
            Line(csv, "indicator", row.Field, row.Role, row.Kind, row.Value, Number(row.Rules), Number(row.Reach), string.Join(' ', row.RuleIds));
        foreach (var row in rows.Exclusions)
        {
            var ids = row.Clauses.Select(c => c.RuleId).Distinct(StringComparer.Ordinal);
            Line(csv, "exclusion", row.Field, "", row.Kind, row.Value ?? "", Number(row.Rules), "", string.Join(' ', ids));
        }

        return csv.ToString();
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static void Line(StringBuilder csv, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            csv.Append(i > 0 ? "," : "").Append(Cell(cells[i]));
        csv.Append("\r\n");
    }

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text.AsSpan().Trim().Length == text.Length
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
