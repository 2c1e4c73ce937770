using System.Collections.Immutable;

namespace Rulescope.Packages.Columns;

/// <summary>A column of a table as the vendor names it.</summary>
public readonly record struct TableColumn(string Table, string Column);

/// <summary>What is known of a column at one point of a query.</summary>
/// <param name="Type">A type of the language, or null where it cannot be told.</param>
/// <param name="Values">All texts it can have, where the query itself gives them; null for any.</param>
/// <param name="From">The columns of tables it is made from.</param>
sealed record KustoColumn(string? Type, ImmutableHashSet<string>? Values, ImmutableHashSet<TableColumn> From)
{
    static readonly ImmutableHashSet<TableColumn> Nowhere = [];

    public static KustoColumn Unknown { get; } = new(null, null, Nowhere);

    public static KustoColumn Of(string type) => new(type, null, Nowhere);

    public static KustoColumn Text(string value) => new("string", ImmutableHashSet.Create(StringComparer.Ordinal, value), Nowhere);

    public static KustoColumn OfTable(string table, string column, string type) => new(type, null, [new(table, column)]);

    /// <summary>A value that may come from either.</summary>
    public KustoColumn Or(KustoColumn other) => new(
        string.Equals(Type, other.Type, StringComparison.Ordinal) ? Type : null,
        Values is not null && other.Values is not null ? Values.Union(other.Values) : null,
        From.Union(other.From));

    /// <summary>A value of a type that is computed from this one.</summary>
    public KustoColumn As(string? type) => new(type, null, From);
}

/// <summary>The columns at one point of a query.</summary>
/// <param name="Columns">By name, in any order.</param>
/// <param name="Open">There may be others: what is not known here is not wrong.</param>
sealed record KustoColumns(ImmutableDictionary<string, KustoColumn> Columns, bool Open)
{
    static readonly ImmutableDictionary<string, KustoColumn> None = ImmutableDictionary.Create<string, KustoColumn>(StringComparer.Ordinal);

    public static KustoColumns Empty { get; } = new(None, Open: false);

    public static KustoColumns Any { get; } = new(None, Open: true);

    public KustoColumns With(string name, KustoColumn column) => this with { Columns = Columns.SetItem(name, column) };

    public KustoColumns Without(Func<string, bool> goes) => this with { Columns = Columns.RemoveRange(Columns.Keys.Where(goes)) };

    /// <summary>The rows of both: a column that one of them lacks is empty there.</summary>
    public KustoColumns Beside(KustoColumns other)
    {
        var merged = None;
        foreach (var name in Columns.Keys.Union(other.Columns.Keys, StringComparer.Ordinal))
        {
            var (left, right) = (Columns.GetValueOrDefault(name), other.Columns.GetValueOrDefault(name));
            merged = merged.SetItem(name, left is null ? Absent(right ?? KustoColumn.Unknown, Open) : right is null ? Absent(left, other.Open) : left.Or(right));
        }

        return new(merged, Open || other.Open);
    }

    static KustoColumn Absent(KustoColumn column, bool open) => column with { Values = open ? null : column.Values?.Add("") };
}
