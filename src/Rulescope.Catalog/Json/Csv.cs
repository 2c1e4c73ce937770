using System.Globalization;
using System.Text;

namespace Rulescope.Catalog.Json;

/// <summary>Lines of CSV (RFC 4180).</summary>
public static class Csv
{
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static void Line(StringBuilder csv, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            csv.Append(i > 0 ? "," : "").Append(Cell(cells[i]));
        csv.Append("\r\n");
    }

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text.AsSpan().Trim().Length == text.Length
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
