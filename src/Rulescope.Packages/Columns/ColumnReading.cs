using System.Collections.Immutable;
using Rulescope.Languages.Kusto;
using Rulescope.Taxonomy.Tables;
using Rulescope.Text;

namespace Rulescope.Packages.Columns;

/// <summary>Follows columns through a query: which tables and columns it reads, which of them it tests, and what does not fit together.</summary>
/// <remarks>Never throws; the parser's depth bounds the recursion, and a let is looked into at most so deep as lets can nest.</remarks>
sealed partial class ColumnReading(TableCatalog catalog)
{
    const int MaxLets = 100;

    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    readonly Dictionary<string, KustoExpression> _lets = new(StringComparer.Ordinal);
    readonly Dictionary<string, KustoColumns> _tableLets = new(StringComparer.Ordinal);
    readonly Dictionary<string, KustoColumn> _scalarLets = new(StringComparer.Ordinal);
    readonly HashSet<(SourceSpan, DiagnosticCode, string)> _found = [];
    readonly List<string> _tables = [];
    readonly List<TableColumn> _read = [];
    readonly List<TableColumn> _tested = [];
    int _depth;
    bool _testing;

    public ImmutableArray<Diagnostic> Findings => [.. _findings.OrderBy(f => f.Span.Start)];

    /// <summary>The tables in the order in which the query names them.</summary>
    public ImmutableArray<string> Tables => [.. _tables.Distinct(StringComparer.Ordinal)];

    /// <summary>The columns that are used at all.</summary>
    public ImmutableArray<TableColumn> Read => [.. _read.Distinct()];

    /// <summary>The columns that decide which rows stay.</summary>
    public ImmutableArray<TableColumn> Tested => [.. _tested.Distinct()];

    /// <summary>The columns of the query's result.</summary>
    public KustoColumns Query(KustoQuery query)
    {
        var result = KustoColumns.Any;
        foreach (var statement in query.Statements)
        {
            switch (statement)
            {
                case KustoStatement.Let let:
                    _lets[let.Name] = let.Value;
                    _tableLets.Remove(let.Name);
                    _scalarLets.Remove(let.Name);
                    break;
                case KustoStatement.Query asked:
                    result = Table(asked.Value);
                    break;
            }
        }

        return result;
    }

    /// <summary>Reads a condition over the result of a query that was read before.</summary>
    public void Condition(KustoExpression condition, KustoColumns columns) => Test(condition, columns);

    KustoColumns Table(KustoExpression syntax)
    {
        switch (syntax)
        {
            case KustoExpression.Name(var name) when _lets.TryGetValue(name, out var value):
                return OfLet(name, value);
            case KustoExpression.Name(var name):
                return OfCatalog(name, syntax.Span);
            case KustoExpression.Pipeline pipeline:
                var rows = pipeline.Source is { } source ? Table(source) : null;
                return pipeline.Operators.Items.Aggregate(rows, Stage) ?? KustoColumns.Any;
            case KustoExpression.Materialize(var inner):
                return Table(inner);
            case KustoExpression.ToTable table:
                return Table(table.Query);
            case KustoExpression.DataTable data:
                return data.Schema.Columns.Items.Aggregate(KustoColumns.Empty, (made, c) => made.With(c.Name, KustoColumn.Of(c.Type ?? "string")));
            default:
                return KustoColumns.Any;
        }
    }

    // Each let is looked into once: lets that use one another twice would double the work with every step.
    KustoColumns OfLet(string name, KustoExpression value)
    {
        if (_tableLets.TryGetValue(name, out var known))
            return known;
        if (_depth >= MaxLets || value is KustoExpression.Function)
            return KustoColumns.Any;
        _tableLets[name] = KustoColumns.Any;
        _depth++;
        var columns = Table(value);
        _depth--;
        return _tableLets[name] = columns;
    }

    KustoColumns OfCatalog(string name, SourceSpan span)
    {
        if (catalog.Find(name) is not { } table)
        {
            Report(span, PackageCodes.UnknownTable, name);
            return KustoColumns.Any;
        }

        _tables.Add(name);
        return table.Columns.Aggregate(KustoColumns.Empty, (made, c) => made.With(c.Key, KustoColumn.OfTable(name, c.Key, c.Value)));
    }

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        var finding = Diagnostic.At(span, code, arguments);
        // A let that is used twice is still one mistake.
        if (_found.Add((span, code, finding.Message)))
            _findings.Add(finding);
    }
}
