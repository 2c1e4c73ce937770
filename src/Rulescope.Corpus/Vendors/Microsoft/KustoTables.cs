using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>The tables a query reads, by name and in the order of the text: the names at the heads of its pipelines that no <c>let</c> binds.</summary>
/// <remarks>Functions of the workspace (<c>_GetWatchlist</c>) are calls and no tables; wildcards are kept as written.</remarks>
sealed class KustoTables
{
    readonly HashSet<string> _bound = new(StringComparer.Ordinal);
    readonly List<string> _tables = [];

    public static ImmutableArray<string> Of(Parsed<KustoQuery> query)
    {
        var tables = new KustoTables();
        tables.Statements(KustoText.Statements(query));
        return [.. tables._tables];
    }

    /// <summary>The term of a log source that names the tables of a query's text; none where it reads none.</summary>
    public static IEnumerable<LogSource.Term> Terms(string query) =>
        Of(KustoParser.ParseQuery(query)) is { IsEmpty: false } tables ? [new LogSource.Term("table", tables)] : [];

    void Statements(EquatableArray<KustoStatement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case KustoStatement.Let let:
                    // A let sees only what is bound before it, so a table may lend its own name.
                    Table(let.Value);
                    _bound.Add(let.Name);
                    break;
                case KustoStatement.Query query:
                    Table(query.Value);
                    break;
            }
        }
    }

    // An expression where a table may stand.
    void Table(KustoExpression? expression)
    {
        switch (expression)
        {
            case KustoExpression.Name name:
                Add(name.Value);
                break;
            case KustoExpression.Wildcard wildcard:
                Add(wildcard.Pattern);
                break;
            // cluster("x").database("y").T, workspace("w").T
            case KustoExpression.Path { Root: KustoExpression.Call, Accesses: [.., { Indexed: false, Selector: KustoExpression.Name last }] }:
                Add(last.Value);
                break;
            case KustoExpression.Call { Callee: "table", Arguments: [{ Value: KustoExpression.String text }, ..] }:
                Add(text.Value);
                break;
            case KustoExpression.Pipeline pipeline:
                Table(pipeline.Source);
                foreach (var step in pipeline.Operators)
                    Operator(step);
                break;
            case KustoExpression.Function function:
                Function(function);
                break;
            case KustoExpression.Scoped scoped:
                Table(scoped.Table);
                break;
            default:
                Scalar(expression);
                break;
        }
    }

    void Function(KustoExpression.Function function)
    {
        // Parameters are bound inside only.
        var added = function.Parameters.Select(p => p.Parameter.Name).Where(_bound.Add).ToArray();
        Statements(function.Body.Statements);
        Table(function.Body.Value);
        _bound.ExceptWith(added);
    }

    void Operator(KustoOperator step)
    {
        switch (step)
        {
            case KustoOperator.Where where:
                Scalar(where.Condition.Value);
                break;
            case KustoOperator.Extend extend:
                Scalars(extend.Columns.Select(c => c.Value));
                break;
            case KustoOperator.Project project:
                Scalars(project.Columns.Select(c => c.Value));
                break;
            case KustoOperator.Join join:
                Table(join.Right);
                break;
            case KustoOperator.Lookup lookup:
                Table(lookup.Right);
                break;
            case KustoOperator.Union union:
                Tables(union.Tables);
                break;
            case KustoOperator.Search search:
                Tables(search.Tables);
                break;
            case KustoOperator.Find find:
                Tables(find.Tables);
                break;
            case KustoOperator.As alias:
                _bound.Add(alias.Name);
                break;
        }
    }

    // An expression over columns: only a subquery in it reads a table.
    void Scalar(KustoExpression? expression)
    {
        switch (expression)
        {
            case KustoExpression.Pipeline or KustoExpression.Function:
                Table(expression);
                break;
            case KustoExpression.ToScalar scalar:
                Table(scalar.Query);
                break;
            case KustoExpression.ToTable table:
                Table(table.Query);
                break;
            case KustoExpression.Materialize materialized:
                Table(materialized.Query);
                break;
            case KustoExpression.And and:
                Scalars(and.Terms);
                break;
            case KustoExpression.Or or:
                Scalars(or.Terms);
                break;
            case KustoExpression.In @in:
                Scalars([@in.Subject, .. @in.Items]);
                break;
            case KustoExpression.Compare compare:
                Scalars([compare.Left, compare.Right]);
                break;
            case KustoExpression.Between between:
                Scalars([between.Subject, between.Low, between.High]);
                break;
            case KustoExpression.Call call:
                Scalars(call.Arguments.Select(a => a.Value));
                break;
            case KustoExpression.Arithmetic sum:
                Scalars([sum.First, .. sum.Rest.Select(t => t.Operand)]);
                break;
        }
    }

    void Tables(IEnumerable<KustoExpression> expressions)
    {
        foreach (var expression in expressions)
            Table(expression);
    }

    void Scalars(IEnumerable<KustoExpression> expressions)
    {
        foreach (var expression in expressions)
            Scalar(expression);
    }

    void Add(string name)
    {
        var isName = name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '*');
        if (isName && !_bound.Contains(name) && !_tables.Contains(name, StringComparer.Ordinal))
            _tables.Add(name);
    }
}
