using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    static KustoPart.Item Item(KustoExpression value) => new([], value) { Span = value.Span };

    KustoPart.Item MissingItem() => Item(MissingExpression());

    KustoPart.Item RequiredItem() => TryItem() ?? MissingItem();

    /// <summary><c>value</c>, <c>name = value</c> or <c>(a, b) = value</c>.</summary>
    KustoPart.Item? TryItem()
    {
        var start = Current.Span.Start;
        if (NameLength(0, declared: true) is var length and > 0 && At("=", length))
        {
            var name = TryName(declared: true) ?? "";
            Advance();
            return new([name], Unnamed()) { Span = From(start) };
        }

        if (DashedLength() is var dashed and > 1 && At("=", dashed))
            return DashedItem(dashed);
        if (NameListLength() is var list and > 0 && At("=", list))
        {
            var open = Open("(");
            var names = CommaList(() => TryName(declared: true), MissingName, ListKind.ClosedOneOrMore);
            Close(open, ")");
            Expect("=");
            return new(names, Unnamed()) { Span = From(start) };
        }

        return TryUnnamed() is { } value ? Item(value) : null;
    }

    KustoPart.Item DashedItem(int length)
    {
        var start = Current.Span.Start;
        var name = _text[start..Peek(length - 1).Span.End];
        Report(new(start, name.Length), KustoCodes.DashedName, name);
        _at += length + 1;
        return new([name], Unnamed()) { Span = From(start) };
    }

    // `my-name = …` is a slip people make; reading it as one name gives one finding.
    int DashedLength()
    {
        if (Current.Kind is not (KustoTokenKind.Identifier or KustoTokenKind.Keyword))
            return 0;
        var end = 1;
        while ((Peek(end).Kind is KustoTokenKind.Identifier or KustoTokenKind.Keyword || At("-", end)) && IsAdjacent(end))
            end++;
        return end;
    }

    int NameListLength()
    {
        if (!At("("))
            return 0;
        var end = 1;
        while (NameLength(end, declared: true) is var length and > 0)
        {
            end += length;
            if (!At(",", end))
                break;
            end++;
        }

        return end > 1 && At(")", end) ? end + 1 : 0;
    }

    /// <summary>A sort key: an item with <c>asc</c>, <c>desc</c> and <c>nulls first</c> or <c>last</c>.</summary>
    KustoPart.Key? TryKey()
    {
        if (TryItem() is not { } item)
            return null;
        var direction = Direction();
        var nulls = KustoNulls.Unstated;
        if (Take("nulls"))
        {
            nulls = Take("first") ? KustoNulls.First : Take("last") ? KustoNulls.Last : KustoNulls.Unstated;
            if (nulls == KustoNulls.Unstated)
                ReportExpected("'first' or 'last'");
        }

        return new(item, direction, nulls) { Span = From(item.Span.Start) };
    }

    KustoPart.Key RequiredKey() => TryKey() ?? MissingKey();

    KustoPart.Key MissingKey() => new(MissingItem(), KustoDirection.Unstated, KustoNulls.Unstated);

    KustoDirection Direction()
    {
        if (Take("asc"))
            return KustoDirection.Asc;
        if (Take("desc"))
            return KustoDirection.Desc;
        if (Take("granny-asc"))
            return KustoDirection.GrannyAsc;
        return Take("granny-desc") ? KustoDirection.GrannyDesc : KustoDirection.Unstated;
    }

    // Options known everywhere and those of one operator, each followed by `=`.
    EquatableArray<KustoPart.Option> Options(params string[] own) => Run(() => TryOption(own));

    KustoPart.Option? TryOption(string[] own)
    {
        var length = OptionLength(own);
        if (length == 0 || !At("=", length))
            return null;
        var start = Current.Span.Start;
        var name = _text[start..Peek(length - 1).Span.End];
        _at += length;
        Expect("=");
        return new(name, OptionValue(name)) { Span = From(start) };
    }

    int OptionLength(string[] own, int offset = 0)
    {
        var token = Peek(offset);
        if (token.Kind is not (KustoTokenKind.Identifier or KustoTokenKind.Keyword))
            return 0;
        var text = TextOf(token);
        if (KustoWords.IsOption(text) || Array.IndexOf(own, text.ToString()) >= 0)
            return 1;
        // The newer hints are no words of their own: `hint`, `.`, `pass_filters`.
        return text is "hint" && At(".", offset + 1) && TextOf(Peek(offset + 2)) is "pass_filters" or "pass_filters_column" ? 3 : 0;
    }

    KustoExpression OptionValue(string name)
    {
        if (name is "title" or "xtitle" or "ytitle")
            return TryPath() ?? MissingExpression();
        if (name is "ycolumns" or "anomalycolumns" or "series")
            return ColumnNames();
        var start = Current.Span.Start;
        if (Current.Kind == KustoTokenKind.Keyword && TextOf(Current) is "simple" or "relaxed")
            return new KustoExpression.Name(WordOf(Advance())) { Span = From(start) };
        return TryLiteral() ?? TryNameReference() ?? MissingLiteral();
    }

    // Columns of a chart; the comma before the next option ends them.
    KustoExpression ColumnNames()
    {
        var start = Current.Span.Start;
        var names = System.Collections.Immutable.ImmutableArray.CreateBuilder<KustoExpression>();
        do
        {
            names.Add(TryDeclaredReference() ?? MissingReference());
        }
        while (At(",") && !At("=", 2) && Take(","));

        return new KustoExpression.Array(names.ToImmutable()) { Span = From(start) };
    }

    // Options parted by commas, as render, parse-kv and reduce take them behind `with`.
    EquatableArray<KustoPart.Option> OptionList(params string[] own) => CommaList(() => TryOption(own), MissingOption, ListKind.Closed);
}
