using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>Kusto queries with the tables that the language's documentation prints for them.</summary>
/// <remarks>Columns are compared by name where the documentation's names are the query's, else by place; rows in any order unless the query sorts them.</remarks>
public static class KustoSuite
{
    public const string DocumentsName = "kusto-docs";

    /// <summary>The archive's name in the folder of suites.</summary>
    public const string FileName = "kusto.tar.gz";

    /// <summary>Runs the documented queries that hold their own data.</summary>
    public static SuiteResult Documents(SuiteFiles files, Func<string, Parsed<RuleQuery>> read, SkipList skips) =>
        SuiteResult.Of(DocumentsName, skips, files.Lines("kusto/kusto-docs-cases.open.jsonl").Select(c => (c.TextOf("case_id"), Judge(c, read(c.TextOf("query"))))));

    static CaseOutcome Judge(JsonElement @case, Parsed<RuleQuery> query)
    {
        var wanted = @case.GetProperty("expected");
        var columns = wanted.Texts("columns");
        var rows = wanted.Items("rows").Select(r => r.EnumerateArray().Select(c => c.ToString()).ToImmutableArray()).ToImmutableArray();
        var expected = Written(columns, rows);
        if (!query.IsComplete)
            return CaseOutcome.Refused(expected, query.Diagnostics);
        var ready = PlanEvaluator.Prepare(query.Value);
        if (ready.Value is not { } plan)
            return CaseOutcome.Refused(expected, ready.Diagnostics);
        if (AsksEverywhere(query.Value))
            return new("needs_all_tables", expected, "not run");
        var found = plan.Run(_ => new([], []));
        var byName = @case.TryGetProperty("binder", out var binder) && binder.ValueKind == JsonValueKind.Object && binder.TextOf("doc_column_names") == "same";
        var places = byName ? columns : found.Columns;
        var cells = found.Rows.Select(row => places.Select(c => Table.Cell(row, c)).ToImmutableArray()).ToImmutableArray();
        var same = places.Length == columns.Length && (!byName || found.Columns.ToHashSet(StringComparer.Ordinal).SetEquals(columns)) && cells.Length == rows.Length
            && (@case.Flag("take_without_order") || (wanted.Flag("ordered") ? rows.Zip(cells).All(p => Same(p.First, p.Second)) : SameInAnyOrder(rows, cells)));
        return CaseOutcome.Ran(expected, same ? expected : Written(found.Columns, found.Rows.Select(row => found.Columns.Select(c => PrintedCells.Write(Table.Cell(row, c))))));
    }

    // A search that names no table looks through all of a database.
    static bool AsksEverywhere(RuleQuery query) => query.Views.Select(v => v.Plan).Append(query.Plan).OfType<Plan>().SelectMany(Sources).Any(s => s.LogSource.Terms.IsEmpty);

    static IEnumerable<Plan.Source> Sources(Plan plan) => plan switch
    {
        Plan.Source source => [source],
        Plan.Filter filter => Sources(filter.Input),
        Plan.Project project => Sources(project.Input),
        Plan.Derive derive => Sources(derive.Input),
        Plan.Union union => union.Inputs.SelectMany(Sources),
        _ => [],
    };

    static bool SameInAnyOrder(ImmutableArray<ImmutableArray<string>> rows, ImmutableArray<ImmutableArray<EventValue>> cells)
    {
        var left = cells.ToList();
        return rows.All(row => left.FindIndex(c => Same(row, c)) is >= 0 and var at && Taken(left, at));
    }

    static bool Taken(List<ImmutableArray<EventValue>> left, int at)
    {
        left.RemoveAt(at);
        return true;
    }

    static bool Same(ImmutableArray<string> printed, ImmutableArray<EventValue> row) => printed.Length == row.Length && printed.Zip(row).All(p => PrintedCells.Same(p.First, p.Second));

    static string Written<T>(IEnumerable<string> columns, IEnumerable<T> rows)
        where T : IEnumerable<string> => string.Join('\n', [string.Join(" | ", columns), .. rows.Select(r => string.Join(" | ", r))]);
}
