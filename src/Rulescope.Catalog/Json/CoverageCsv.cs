using System.Text;
using Rulescope.Catalog.Coverage;

namespace Rulescope.Catalog.Json;

/// <summary>The coverage matrix as CSV: one line per tactic and technique, with a column per vendor counted.</summary>
public static class CoverageCsv
{
    public static string Of(CoverageMatrix matrix)
    {
        var csv = new StringBuilder();
        Csv.Line(csv, ["tacticId", "tactic", "techniqueId", "technique", "rules", "withSubtechniques", .. matrix.Vendors]);
        foreach (var column in matrix.Tactics)
        {
            foreach (var cell in column.Cells)
            {
                var vendors = matrix.Vendors.Select(v => Csv.Number(cell.Vendors.FirstOrDefault(f => f.Name == v)?.Rules ?? 0));
                Csv.Line(
                    csv,
                    [column.Tactic.Id, column.Tactic.Name, cell.Technique.Id, cell.Technique.Name ?? "", Csv.Number(cell.Rules), Csv.Number(cell.WithSubtechniques), .. vendors]);
            }
        }

        return csv.ToString();
    }
}
