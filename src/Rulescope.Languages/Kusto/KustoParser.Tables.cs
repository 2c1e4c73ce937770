using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

// Operators that bring tables together, and those that begin a query.
public sealed partial class KustoParser
{
    KustoOperator Join()
    {
        Advance();
        var options = Options();
        var right = Unnamed();
        var on = TryOn();
        var where = on.IsEmpty && Take("where") ? Unnamed() : null;
        return new KustoOperator.Join(options, right, on, where);
    }

    KustoOperator Lookup()
    {
        Advance();
        var options = Options();
        var right = Unnamed();
        if (!At("on"))
            ReportExpected("'on' and a condition");
        return new KustoOperator.Lookup(options, right, TryOn());
    }

    EquatableArray<KustoExpression> TryOn() => Take("on") ? CommaList(TryUnnamed, MissingExpression, ListKind.OpenOneOrMore) : [];

    KustoOperator Union()
    {
        Advance();
        var options = Options("best_effort");
        return new KustoOperator.Union(options, CommaList(TryUnionTable, MissingExpression, ListKind.ClosedOneOrMore));
    }

    KustoExpression? TryUnionTable() => At("(") ? Parenthesized() : TryEntity();

    KustoOperator Search()
    {
        Advance();
        var options = Options();
        TryDataScope();
        var tables = TryTables();
        var start = Current.Span.Start;
        var condition = TryUnnamed();
        if (condition is null && TryStar() is { } star)
            condition = Take("and") ? new KustoExpression.And([star, Unnamed()]) { Span = From(start) } : star;
        return new KustoOperator.Search(options, tables, condition ?? MissingExpression());
    }

    EquatableArray<KustoExpression> TryTables()
    {
        if (!Take("in"))
            return [];
        var open = Open("(");
        var tables = CommaList(TryFindTable, MissingExpression, ListKind.ClosedOneOrMore);
        Close(open, ")");
        return tables;
    }

    // A table may be named for the result's source column: `T | as Name`.
    KustoExpression? TryFindTable()
    {
        var start = Current.Span.Start;
        if (TryEntity() is not { } table)
            return null;
        if (!Take("|"))
            return table;
        if (At("as") && TryOperator() is { } named)
            return new KustoExpression.Pipeline(table, [named]) { Span = From(start) };
        ReportExpected("'as'");
        return table;
    }

    KustoOperator Find()
    {
        Advance();
        TryDataScope();
        var options = Options();
        var tables = TryTables();
        if (options.Count > 0 || tables.Count > 0)
            Expect("where");
        else
            Take("where");
        var condition = Unnamed();
        var smart = Take("project-smart");
        EquatableArray<KustoPart.Output> columns = Take("project") ? CommaList(TryOutput, MissingOutput, ListKind.OpenOneOrMore) : [];
        EquatableArray<KustoPart.Output> away = Take("__projectAway") ? CommaList(TryOutput, MissingOutput, ListKind.OpenOneOrMore) : [];
        return new KustoOperator.Find(options, tables, condition, smart, columns, away);
    }

    KustoPart.Output? TryOutput()
    {
        var start = Current.Span.Start;
        if (Take("pack"))
        {
            var open = Open("(");
            Expect("*");
            Close(open, ")");
            return new("pack(*)", Type: null) { Span = From(start) };
        }

        if (Take("*"))
            return new("*", Type: null) { Span = From(start) };
        if (TryName() is not { } name)
            return null;
        return new(name, Take(":") ? OutputType() : null) { Span = From(start) };
    }

    string OutputType() => Current.Kind == KustoTokenKind.Keyword && KustoWords.IsExtendedType(TextOf(Current)) ? WordOf(Advance()) : Type();

    KustoPart.Output MissingOutput()
    {
        ReportExpected("a column");
        return new("", Type: null);
    }

    KustoOperator Range()
    {
        Advance();
        var name = NameOrMissing();
        Expect("from");
        var from = Unnamed();
        Expect("to");
        var to = Unnamed();
        Expect("step");
        return new KustoOperator.Range(name, from, to, Unnamed());
    }

    KustoOperator Evaluate()
    {
        Advance();
        var options = Options();
        var start = Current.Span.Start;
        var plugin = TryCall();
        if (plugin is null && TryName() is { } name)
        {
            ReportExpected("'('");
            plugin = new KustoExpression.Call(name, []) { Span = From(start) };
        }

        plugin ??= MissingExpression();
        return new KustoOperator.Evaluate(options, plugin, Take(":") ? OutputSchema() : null);
    }

    KustoOperator Invoke()
    {
        Advance();
        var start = Current.Span.Start;
        if (TryCall() is not { } root)
            return new KustoOperator.Invoke(MissingExpression());
        var accesses = Run(TryCallAfterDot);
        return new KustoOperator.Invoke(accesses.IsEmpty ? root : new KustoExpression.Path(root, accesses) { Span = From(start) });
    }

    KustoPart.Access? TryCallAfterDot()
    {
        if (!At(".") || NameLength(1) is not (var length and > 0) || !At("(", 1 + length))
            return null;
        var start = Advance().Span.Start;
        return new(false, TryCall() ?? MissingExpression()) { Span = From(start) };
    }

    KustoOperator As()
    {
        Advance();
        var options = Options();
        return new KustoOperator.As(options, NameOrMissing());
    }

    KustoOperator Render()
    {
        Advance();
        var chart = "";
        if (Current.Kind == KustoTokenKind.Identifier || (Current.Kind == KustoTokenKind.Keyword && KustoWords.IsChart(TextOf(Current))))
            chart = WordOf(Advance());
        else
            ReportExpected("a kind of chart");
        var options = Run(TryOldRenderOption);
        if (Take("with"))
        {
            var open = Open("(");
            Take(",");
            options = options.Items.AddRange(OptionList(
                "title", "accumulate", "xcolumn", "ycolumns", "anomalycolumns", "series", "xtitle", "ytitle", "xaxis", "yaxis", "legend",
                "ysplit", "ymin", "ymax", "xmin", "xmax").Items);
            Close(open, ")");
        }

        // The columns of the old form come first, as they are written: behind the properties they could not stand.
        return new KustoOperator.Render(chart, [.. options.OrderBy(o => o.Name is not ("by" or "with"))]);
    }

    // The form before `with (…)`: `kind=`, `title=`, `accumulate=`, and `by` or `with` with columns.
    KustoPart.Option? TryOldRenderOption()
    {
        if (At("by") || (At("with") && !At("(", 1)))
        {
            var start = Current.Span.Start;
            var name = WordOf(Advance());
            return new(name, ColumnNames()) { Span = From(start) };
        }

        return At("kind") || At("title") || At("accumulate") ? TryOption(["title", "accumulate"]) : null;
    }

    KustoOperator GetSchema()
    {
        Advance();
        return new KustoOperator.GetSchema(At("kind") ? Options() : []);
    }

    KustoOperator Consume()
    {
        Advance();
        return new KustoOperator.Consume(Options());
    }

    KustoOperator AssertSchema()
    {
        Advance();
        return new KustoOperator.AssertSchema(Schema());
    }
}
