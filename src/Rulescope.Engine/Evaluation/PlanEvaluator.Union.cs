using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

public sealed partial class PlanEvaluator
{
    // The rows of one table after those of the other; a row has null where its table lacks a column.
    static Table Together(Plan.Union union, ImmutableArray<Table> tables)
    {
        if (union.ByNameAndType)
            tables = ApartByType(tables);
        var columns = tables.SelectMany(t => t.Columns).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var whole = new Table(columns, [.. tables.SelectMany(t => t.Rows)]);
        return union.InnerSchema ? Without(whole, columns.Where(c => !tables.All(t => t.Columns.Contains(c, StringComparer.Ordinal)))) : whole;
    }

    // Kusto: a column that has one name and several types becomes one column per type (x_long, x_string).
    static ImmutableArray<Table> ApartByType(ImmutableArray<Table> tables)
    {
        var columns = tables.SelectMany(t => t.Columns).Distinct(StringComparer.Ordinal);
        foreach (var column in columns.ToArray())
        {
            var types = tables.Select(t => t.Rows.Select(r => TypeOf(Table.Cell(r, column))).FirstOrDefault(type => type is not null)).ToArray();
            if (types.OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)
                tables = [.. tables.Select((t, i) => types[i] is { } type ? Named(t, column, $"{column}_{type}") : t)];
        }

        return tables;
    }

    static Table Named(Table table, string column, string name)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal) { column };
        return new(
            [.. table.Columns.Select(c => string.Equals(c, column, StringComparison.Ordinal) ? name : c)],
            [.. table.Rows.Select(row => With(Without(row, gone), name, Table.Cell(row, column)))]);
    }

    // As far as a value tells; null for a value of no type.
    static string? TypeOf(EventValue value) => value switch
    {
        EventValue.Integer => "long",
        EventValue.Real => "real",
        EventValue.Text => "string",
        EventValue.Bool => "bool",
        EventValue.Instant => "datetime",
        EventValue.Duration => "timespan",
        EventValue.Array or EventValue.Object => "dynamic",
        _ => null,
    };
}
