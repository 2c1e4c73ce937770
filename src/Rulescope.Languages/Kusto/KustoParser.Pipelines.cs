using System.Collections.Immutable;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    KustoExpression Expression() => TryExpression() ?? MissingExpression();

    /// <summary>A scalar or a table, with pipes; an operator may begin it.</summary>
    KustoExpression? TryExpression()
    {
        var start = Current.Span.Start;
        KustoOperator? first = null;
        var source = AtOperatorStart() ? null : TryUnnamed();
        if (source is null && (first = TryOperator()) is null && (source = TryUnnamed()) is null)
            return null;
        return Pipeline(start, source, first);
    }

    /// <summary>Operators without a source, as <c>fork</c>, <c>partition</c> and <c>mv-apply</c> take them.</summary>
    KustoExpression Subquery() => Pipeline(Current.Span.Start, source: null, Operator());

    KustoExpression SubqueryInParentheses()
    {
        if (!At("("))
        {
            ReportExpected("'('");
            return new KustoExpression.Missing { Span = new(Current.Span.Start, 0) };
        }

        var open = Open("(");
        var query = Subquery();
        Close(open, ")");
        return query;
    }

    KustoExpression Pipeline(int start, KustoExpression? source, KustoOperator? first)
    {
        var operators = ImmutableArray.CreateBuilder<KustoOperator>();
        if (first is not null)
            operators.Add(first);
        while (true)
        {
            // Outside all groups an end of one is a slip, and the query goes on behind it.
            while (_groups == 0 && (At(")") || At("]") || At("}")))
            {
                Report(Current.Span, KustoCodes.Unexpected, Found());
                Advance();
            }

            if (operators.Count > 0 && !AtGroupEnd() && !At(",") && !AtNextStatement())
            {
                Report(Current.Span, KustoCodes.Unexpected, Found());
                SkipPiece();
            }

            if (!Take("|"))
                break;
            operators.Add(Operator());
        }

        return operators.Count == 0 && source is not null ? source
            : new KustoExpression.Pipeline(source, operators.ToImmutable()) { Span = From(start) };
    }

    // What stands on a new line behind a finished operator is a statement whose `;` was forgotten.
    bool AtNextStatement() => Current.Kind is KustoTokenKind.Identifier or KustoTokenKind.Keyword
        && _text.AsSpan(ReadEnd..Current.Span.Start).ContainsAny('\r', '\n');

    /// <summary>The operator that must stand here.</summary>
    KustoOperator Operator()
    {
        if (TryOperator() is { } known)
            return known;
        var start = Current.Span.Start;
        var keyword = Current.Kind is KustoTokenKind.Identifier or KustoTokenKind.Keyword ? WordOf(Current) : "";
        if (keyword.Length > 0)
            Report(Current.Span, KustoCodes.UnknownOperator, keyword);
        else
            Report(Current.Span, KustoCodes.MissingOperator, Found());
        SkipPiece();
        var end = Math.Max(start, ReadEnd);
        return new KustoOperator.Unsupported(keyword, _text[start..end]) { Span = new(start, end - start) };
    }

    // At the beginning of an expression, where a word that may be a name could also be a table or a variable.
    bool AtOperatorStart()
    {
        if (Current.Kind != KustoTokenKind.Keyword)
            return false;
        return TextOf(Current) switch
        {
            "evaluate" => NameLength(1) > 0 || OptionLength([], 1) > 0,
            "facet" => At("by", 1),
            "partition" or "reduce" => At("by", 1) || OptionLength([], 1) > 0,
            "range" => NameLength(1) is var length and > 0 && At("from", 1 + length),
            "render" => KustoWords.IsChart(TextOf(Peek(1))) || IsWordAt(1),
            var word => !KustoWords.IsName(word) && IsOperator(word),
        };
    }

    static bool IsOperator(ReadOnlySpan<char> word) => word is
        "as" or "assert-schema" or "find" or "graph-match" or "graph-to-table" or "graph-mark-components" or "invoke" or "macro-expand"
        or "make-graph" or "make-series" or "mv-apply" or "mv-expand" or "parse-where" or "parse-kv" or "print" or "project" or "project-away"
        or "project-keep" or "project-rename" or "project-by-names" or "project-reorder" or "sample" or "sample-distinct" or "search"
        or "top-hitters" or "top-nested" or "union" or "where";

    KustoOperator? TryOperator()
    {
        if (Current.Kind != KustoTokenKind.Keyword)
            return null;
        var start = Current.Span.Start;
        if (!Enter())
            return new KustoOperator.Unsupported("", "") { Span = Current.Span };
        var read = ReadOperator();
        Leave();
        return read is null ? null : read with { Span = From(start) };
    }

    KustoOperator? ReadOperator() => TextOf(Current) switch
    {
        "where" or "filter" => Where(),
        "extend" => new KustoOperator.Extend(Columns(ListKind.ClosedOneOrMore)),
        "project" => new KustoOperator.Project(Columns(ListKind.Closed)),
        "project-away" => new KustoOperator.ProjectAway(ColumnPatterns()),
        "project-keep" => new KustoOperator.ProjectKeep(ColumnPatterns()),
        "project-rename" => new KustoOperator.ProjectRename(Columns(ListKind.Closed)),
        "project-reorder" => ProjectReorder(),
        "project-by-names" => ProjectByNames(),
        "summarize" => Summarize(),
        "join" => Join(),
        "lookup" => Lookup(),
        "union" => Union(),
        "mv-expand" or "mvexpand" => MvExpand(),
        "mv-apply" or "mvapply" => MvApply(),
        "parse" => Parse(filters: false),
        "parse-where" => Parse(filters: true),
        "parse-kv" => ParseKv(),
        "make-series" => MakeSeries(),
        "top" => Top(),
        "top-nested" => TopNested(),
        "top-hitters" => TopHitters(),
        "distinct" => Distinct(),
        "sample" => Sample(),
        "sample-distinct" => SampleDistinct(),
        "serialize" => Serialize(),
        "take" or "limit" => TakeRows(),
        "sort" or "order" => Sort(),
        "count" when !At("(", 1) => Count(),
        "scan" => Scan(),
        "evaluate" => Evaluate(),
        "invoke" => Invoke(),
        "as" => As(),
        "render" => Render(),
        "search" => Search(),
        "find" => Find(),
        "range" when !At("(", 1) => Range(),
        "print" => new KustoOperator.Print(Columns(ListKind.ClosedOneOrMore)),
        "partition" => Partition(),
        "fork" => Fork(),
        "facet" => Facet(),
        "reduce" => Reduce(),
        "getschema" => GetSchema(),
        "consume" => Consume(),
        "assert-schema" => AssertSchema(),
        "macro-expand" => MacroExpand(),
        "make-graph" or "graph-match" or "graph-to-table" or "graph-mark-components" or "graph-shortest-paths" or "graph-where-nodes"
            or "graph-where-edges" or "__executeAndCache" or "__partitionby" => KeptAsText(),
        _ => null,
    };

    // Read over, to its end at the next pipe: patterns such as `(a)-[b*1..3]->(c)` have brackets, but no pipes outside them.
    KustoOperator KeptAsText()
    {
        Report(Current.Span, KustoCodes.KeptAsText, WordOf(Current));
        var start = Advance();
        if (AtGroupEnd() && TextOf(start) is not ("graph-mark-components" or "__executeAndCache"))
            ReportExpected("a pattern");
        if (SkipPiece() is { } open)
            Report(open.Span, KustoCodes.UnclosedGroup, WordOf(open), Found(), TextOf(open) is "(" ? ")" : TextOf(open) is "[" ? "]" : "}");
        return new KustoOperator.Unsupported(WordOf(start), _text[start.Span.Start..ReadEnd]);
    }
}
