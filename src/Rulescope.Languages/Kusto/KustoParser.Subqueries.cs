using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

// Operators that take operators, and those that take text apart.
public sealed partial class KustoParser
{
    KustoOperator MvExpand()
    {
        Advance();
        var options = Options();
        var columns = At("to") ? BareExpansion() : CommaList(TryExpansion, MissingExpansion, ListKind.ClosedOneOrMore, () => At("limit"));
        return new KustoOperator.MvExpand(options, columns, Take("limit") ? Unnamed() : null);
    }

    KustoPart.Expansion? TryExpansion()
    {
        var start = Current.Span.Start;
        var item = At("to") ? MissingItem() : TryItem();
        return item is null ? null : new(item, TryToType()) { Span = From(start) };
    }

    KustoPart.Expansion MissingExpansion() => new(MissingItem(), Type: null);

    KustoExpression.TypeOf? TryToType()
    {
        if (!Take("to"))
            return null;
        if (At("typeof") && At("(", 1))
            return TypeOf();
        ReportExpected("'typeof('");
        return null;
    }

    KustoOperator MvApply()
    {
        Advance();
        var options = Options();
        var columns = At("to") ? BareExpansion() : CommaList(TryExpansion, MissingExpansion, ListKind.ClosedOneOrMore, AtMvApplyClause);
        var limit = Take("limit") ? Unnamed() : null;
        var id = Take("id") ? Unnamed() : null;
        Expect("on");
        return new KustoOperator.MvApply(options, columns, limit, id, SubqueryInParentheses());
    }

    // `mv-apply to typeof(…) on` names no column, nor does `mv-expand to typeof(…)`.
    EquatableArray<KustoPart.Expansion> BareExpansion()
    {
        var start = Current.Span.Start;
        return [new(Source: null, TryToType()) { Span = From(start) }];
    }

    bool AtMvApplyClause() => (At("limit") || At("id") || At("on")) && !At(",", 1) && !At("to", 1) && !At("=", 1);

    KustoOperator Parse(bool filters)
    {
        Advance();
        var options = Options("flags");
        var subject = Unnamed();
        Expect("with");
        return new KustoOperator.Parse(filters, options, subject, Run(TryPiece));
    }

    KustoPart.Piece? TryPiece()
    {
        var start = Current.Span.Start;
        var text = TryStar() ?? (Current.Kind == KustoTokenKind.String ? StringLiteral() : null);
        if (text is not null)
            return new(text, Target: null) { Span = text.Span };
        if (At(":"))
            return new(Text: null, TryColumn());
        if (TryName(declared: true) is not { } name)
            return null;
        var type = Take(":") ? Type() : null;
        return new(Text: null, new(name, type, Table: null) { Span = From(start) }) { Span = From(start) };
    }

    KustoOperator ParseKv()
    {
        Advance();
        var subject = Unnamed();
        Expect("as");
        var columns = Schema();
        EquatableArray<KustoPart.Option> options = [];
        if (Take("with"))
        {
            var open = Open("(");
            options = OptionList("pair_delimiter", "kv_delimiter", "regex", "quote", "escape", "greedy");
            Close(open, ")");
        }

        return new KustoOperator.ParseKv(subject, columns, options);
    }

    KustoOperator Scan()
    {
        Advance();
        var options = Options();
        EquatableArray<KustoPart.Key> order = [];
        if (Take("order"))
        {
            Expect("by");
            order = CommaList(TryKey, MissingKey, ListKind.ClosedOneOrMore, AtScanClause);
        }

        EquatableArray<KustoExpression> partition = [];
        if (Take("partition"))
        {
            Expect("by");
            partition = CommaList(TryUnnamed, MissingExpression, ListKind.ClosedOneOrMore, AtScanClause);
        }

        EquatableArray<KustoPart.Declaration> declared = Take("declare") ? Declarations(ListKind.Closed) : [];
        Expect("with");
        var open = Open("(");
        var steps = Run(TryStep);
        Close(open, ")");
        return new KustoOperator.Scan(options, order, partition, declared, steps);
    }

    bool AtScanClause() => At("partition") || At("order") || At("by") || At("declare") || At("with");

    KustoPart.Step? TryStep()
    {
        var start = Current.Span.Start;
        if (!Take("step"))
            return null;
        var name = NameOrMissing(declared: true);
        var optional = Take("optional");
        string? output = null;
        if (Take("output"))
        {
            Expect("=");
            if (TextOf(Current) is "all" or "last" or "none")
                output = WordOf(Advance());
            else
                ReportExpected("'all', 'last' or 'none'");
        }

        Expect(":");
        var condition = Unnamed();
        EquatableArray<KustoPart.Item> assignments = Take("=>") ? CommaList(TryAssignment, MissingItem, ListKind.ClosedOneOrMore) : [];
        Expect(";");
        return new(name, optional, output, condition, assignments) { Span = From(start) };
    }

    KustoPart.Item? TryAssignment()
    {
        var start = Current.Span.Start;
        if (TryName(declared: true) is not { } name)
            return null;
        Expect("=");
        return new([name], Unnamed()) { Span = From(start) };
    }

    KustoOperator Partition()
    {
        Advance();
        var options = Options();
        Expect("by");
        var by = TrySimplePath() ?? MissingReference();
        var scope = Take("in") ? TryCall() ?? (At("dynamic") ? Dynamic() : MissingExpression()) : null;
        if (!At("{"))
            return new KustoOperator.Partition(options, by, scope, Whole: false, SubqueryInParentheses());
        var open = Open("{");
        var query = Expression();
        Close(open, "}");
        return new KustoOperator.Partition(options, by, scope, Whole: true, query);
    }

    KustoOperator Fork()
    {
        Advance();
        var branches = Run(TryBranch);
        if (branches.IsEmpty)
            ReportExpected("'(' and a query");
        return new KustoOperator.Fork(branches);
    }

    KustoPart.Branch? TryBranch()
    {
        var start = Current.Span.Start;
        string? name = null;
        if (NameLength() is var length and > 0 && At("=", length))
        {
            name = TryName();
            Advance();
        }
        else if (!At("("))
        {
            return null;
        }

        var open = Open("(");
        var query = TryOperator() is { } first ? Pipeline(first.Span.Start, source: null, first) : Expression();
        Close(open, ")");
        return new(name, query) { Span = From(start) };
    }

    KustoOperator Facet()
    {
        Advance();
        Expect("by");
        var by = CommaList(TrySimplePath, MissingExpression, ListKind.ClosedOneOrMore, () => At("with"));
        KustoExpression? query = null;
        if (At("with") && At("(", 1))
        {
            Advance();
            query = SubqueryInParentheses();
        }
        else if (Take("with"))
        {
            var only = Operator();
            query = new KustoExpression.Pipeline(Source: null, [only]) { Span = only.Span };
        }

        return new KustoOperator.Facet(by, query);
    }

    KustoOperator Reduce()
    {
        Advance();
        var options = Options("threshold", "characters");
        Expect("by");
        var by = RequiredItem();
        return new KustoOperator.Reduce(options, by, Take("with") ? OptionList("threshold", "characters") : []);
    }

    KustoOperator MacroExpand()
    {
        Advance();
        var options = Options("best_effort");
        var group = At("entity_group") ? EntityGroup() : TryMacroGroup() ?? MissingExpression();
        var name = Take("as") ? NameOrMissing() : null;
        var open = Open("(");
        var statements = Statements(")");
        Close(open, ")");
        return new KustoOperator.MacroExpand(options, group, name, statements);
    }

    // Only a name, or a group inside a database.
    KustoExpression? TryMacroGroup() => At("(", 1) && TextOf(Current) is "cluster" or "database" ? TryEntity() : TryNameReference();
}
