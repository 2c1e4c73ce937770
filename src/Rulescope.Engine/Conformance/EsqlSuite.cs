using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>ES|QL queries over small tables: a case passes when the columns' names, the rows and the kinds of their values are those listed.</summary>
/// <remarks>Columns are compared by name, since rows of the algebra have no order of columns; types as far as values show them.</remarks>
public static class EsqlSuite
{
    public const string Name = "elastic-esql";

    /// <summary>The archive's name in the folder of suites.</summary>
    public const string FileName = "elastic-esql.tar.gz";

    const string Root = "elastic-esql/";

    /// <summary>Runs all queries.</summary>
    public static SuiteResult Run(SuiteFiles files, Func<string, Parsed<RuleQuery>> read, SkipList skips)
    {
        var tables = files.Names.Where(n => n.EndsWith(".csv", StringComparison.Ordinal)).ToDictionary(n => Path.GetFileNameWithoutExtension(n), n => Table(files.Text(n)), StringComparer.Ordinal);
        return SuiteResult.Of(Name, skips, files.Lines(Root + "cases.open.jsonl").Select(c => (c.TextOf("case_id"), Judge(c, read(c.TextOf("query")), tables))));
    }

    static CaseOutcome Judge(JsonElement @case, Parsed<RuleQuery> query, Dictionary<string, Table> tables)
    {
        var columns = @case.Items("columns").Select(c => (Name: c.TextOf("name"), Type: c.TextOf("type"))).OrderBy(c => c.Name, StringComparer.Ordinal).ToImmutableArray();
        var places = @case.Items("columns").Select(c => c.TextOf("name")).ToImmutableArray();
        var anyOrder = @case.Flag("ignore_order");
        var expected = Written(columns.Select(c => c.Name), @case.Items("rows").Select(r => columns.Select(c => Cell(r[places.IndexOf(c.Name)], c.Type))), anyOrder);
        if (!query.IsComplete)
            return CaseOutcome.Refused(expected, query.Diagnostics);
        var ready = PlanEvaluator.Prepare(query.Value);
        if (ready.Value is not { } plan)
            return CaseOutcome.Refused(expected, ready.Diagnostics);
        var found = plan.Run(source => tables.GetValueOrDefault(source["index"] ?? "", new([], [])));
        var names = found.Columns.Order(StringComparer.Ordinal).ToImmutableArray();
        var types = columns.ToLookup(c => c.Name, c => c.Type, StringComparer.Ordinal);
        return CaseOutcome.Ran(expected, Written(names, found.Rows.Select(r => names.Select(n => TypedCells.Write(Evaluation.Table.Cell(r, n), types[n].FirstOrDefault() ?? ""))), anyOrder));
    }

    static string Cell(JsonElement cell, string type) => cell.ValueKind switch
    {
        JsonValueKind.String => TypedCells.Write(TypedCells.Read(cell.GetString() ?? "", type) is { HasValue: true } value ? value : new EventValue.Text(""), type),
        JsonValueKind.Array => TypedCells.Write(new EventValue.Array([.. cell.EnumerateArray().Select(i => TypedCells.Read(i.ToString(), type))]), type),
        _ => "null",
    };

    static string Written(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows, bool anyOrder)
    {
        var lines = rows.Select(r => string.Join(" | ", r));
        return string.Join('\n', [string.Join(" | ", columns), .. anyOrder ? lines.Order(StringComparer.Ordinal) : lines]);
    }

    // The first line names the columns with their types.
    static Table Table(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines is not [var first, .. var rest])
            return new([], []);
        var header = TypedCells.Split(first).Select(h => h.Split(':') is [var name, var type] ? (Name: name, Type: type) : (Name: h, Type: "")).ToImmutableArray();
        return Evaluation.Table.Of(
            [.. header.Select(h => h.Name)],
            rest.Select(line => new EventValue.Object([.. header.Zip(TypedCells.Split(line), (column, cell) => new EventValue.Member(column.Name, TypedCells.Read(cell, column.Type)))])));
    }
}
