using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

// Operators that choose, order or aggregate columns.
public sealed partial class KustoParser
{
    EquatableArray<KustoPart.Item> Columns(ListKind kind)
    {
        Advance();
        return CommaList(TryItem, MissingItem, kind);
    }

    EquatableArray<KustoExpression> ColumnPatterns()
    {
        Advance();
        return CommaList(TryColumnPattern, MissingExpression, ListKind.Closed);
    }

    KustoOperator ProjectReorder()
    {
        Advance();
        return new KustoOperator.ProjectReorder(CommaList(TryReorderKey, MissingKey, ListKind.Closed));
    }

    KustoPart.Key? TryReorderKey()
    {
        if (TryColumnPattern() is not { } column)
            return null;
        var direction = Direction();
        return new(Item(column), direction, KustoNulls.Unstated) { Span = From(column.Span.Start) };
    }

    KustoOperator ProjectByNames()
    {
        Advance();
        return new KustoOperator.ProjectByNames(CommaList(TryUnnamed, MissingExpression, ListKind.Closed));
    }

    KustoOperator Where()
    {
        Advance();
        var options = Options();
        return new KustoOperator.Where(options, RequiredItem());
    }

    KustoOperator Summarize()
    {
        Advance();
        var options = Options();
        var aggregates = CommaList(TryItem, MissingItem, ListKind.Closed, () => At("by"));
        EquatableArray<KustoPart.Item> keys = [];
        KustoExpression? bin = null;
        if (Take("by"))
        {
            keys = CommaList(TryItem, MissingItem, ListKind.ClosedOneOrMore, AtOldBin);
            if (At("bin") && At("=", 1))
            {
                Advance();
                Advance();
                bin = Unnamed();
            }
        }

        return new KustoOperator.Summarize(options, aggregates, keys, bin);
    }

    bool AtOldBin() => At("bin") && At("=", 1) && IsLiteral(Peek(2).Kind);

    KustoOperator Distinct()
    {
        Advance();
        var options = Options();
        return new KustoOperator.Distinct(options, CommaList(TryDistinctColumn, MissingItem, ListKind.ClosedOneOrMore));
    }

    KustoPart.Item? TryDistinctColumn() => TryStar() is { } star ? Item(star) : TryItem();

    KustoOperator Serialize()
    {
        Advance();
        var options = Options();
        return new KustoOperator.Serialize(options, CommaList(TryItem, MissingItem, ListKind.Closed));
    }

    KustoOperator MakeSeries()
    {
        Advance();
        var options = Options();
        var columns = CommaList(TrySeries, () => new KustoPart.Series(MissingItem(), Default: null), ListKind.ClosedOneOrMore, () => At("on") || At("from") || At("in"));
        Expect("on");
        var on = RequiredItem();
        var stepped = At("from") || At("to") || At("step");
        var from = Take("from") ? Unnamed() : null;
        var to = stepped && Take("to") ? Unnamed() : null;
        KustoExpression? step = null;
        EquatableArray<KustoPart.Item> range = [];
        if (stepped)
        {
            Expect("step");
            step = Unnamed();
        }
        else
        {
            Expect("in");
            Expect("range");
            var open = Open("(");
            range = CommaList(TryItem, MissingItem, ListKind.Closed);
            Close(open, ")");
        }

        EquatableArray<KustoPart.Item> keys = Take("by") ? CommaList(TryItem, MissingItem, ListKind.OpenOneOrMore) : [];
        return new KustoOperator.MakeSeries(options, columns, on, from, to, step, range, keys);
    }

    KustoPart.Series? TrySeries()
    {
        if (TryItem() is not { } item)
            return null;
        KustoPart.Item? value = null;
        if (Take("default"))
        {
            Expect("=");
            value = RequiredItem();
        }

        return new(item, value) { Span = From(item.Span.Start) };
    }

    KustoOperator Sort()
    {
        Advance();
        var options = Options();
        Expect("by");
        return new KustoOperator.Sort(options, CommaList(TryKey, MissingKey, ListKind.ClosedOneOrMore));
    }

    KustoOperator Top()
    {
        Advance();
        var options = Options();
        var count = RequiredItem();
        Expect("by");
        return new KustoOperator.Top(options, count, RequiredKey());
    }

    KustoOperator TopHitters()
    {
        Advance();
        var count = RequiredItem();
        Expect("of");
        var of = RequiredItem();
        return new KustoOperator.TopHitters(count, of, Take("by") ? RequiredItem() : null);
    }

    KustoOperator TopNested() => new KustoOperator.TopNested(CommaList(TryLevel, MissingLevel, ListKind.ClosedOneOrMore));

    KustoPart.Level MissingLevel()
    {
        ReportExpected("'top-nested'");
        return new(Count: null, MissingItem(), Others: null, MissingKey());
    }

    KustoPart.Level? TryLevel()
    {
        var start = Current.Span.Start;
        if (!Take("top-nested"))
            return null;
        var count = TryItem();
        Expect("of");
        var of = RequiredItem();
        KustoExpression? others = null;
        if (Take("with"))
        {
            Expect("others");
            Expect("=");
            others = Unnamed();
        }

        Expect("by");
        return new(count, of, others, RequiredKey()) { Span = From(start) };
    }

    KustoOperator TakeRows()
    {
        Advance();
        var options = Options();
        return new KustoOperator.Take(options, RequiredItem());
    }

    KustoOperator Sample()
    {
        Advance();
        var options = Options();
        return new KustoOperator.Sample(options, RequiredItem());
    }

    KustoOperator SampleDistinct()
    {
        Advance();
        var options = Options();
        var count = RequiredItem();
        Expect("of");
        return new KustoOperator.SampleDistinct(options, count, RequiredItem());
    }

    KustoOperator Count()
    {
        Advance();
        if (!Take("as"))
            return new KustoOperator.Count(Column: null);
        if (Current.Kind == KustoTokenKind.Identifier)
            return new KustoOperator.Count(WordOf(Advance()));
        return new KustoOperator.Count(MissingName());
    }
}
