using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    /// <summary><c>name:type</c> or <c>name:(schema)</c>.</summary>
    KustoPart.Column? TryColumn()
    {
        var start = Current.Span.Start;
        var name = TryName(declared: true);
        if (name is null && !At(":"))
            return null;
        if (name is null)
            ReportExpected("a name");
        Expect(":");
        if (!At("("))
            return new(name ?? "", Type(), Table: null) { Span = From(start) };
        if (!Enter())
            return MissingColumn();
        var column = new KustoPart.Column(name ?? "", Type: null, ParameterSchema()) { Span = From(start) };
        Leave();
        return column;
    }

    KustoPart.Column MissingColumn()
    {
        ReportExpected("name:type");
        return new("", "", Table: null) { Span = new(Current.Span.Start, 0) };
    }

    string Type()
    {
        if (Current.Kind == KustoTokenKind.Keyword && KustoWords.IsType(TextOf(Current)))
            return WordOf(Advance());
        Report(Current.Span, KustoCodes.UnknownType, Found());
        return IsWordAt(0) || (Current.Kind == KustoTokenKind.Keyword && KustoWords.IsExtendedType(TextOf(Current))) ? WordOf(Advance()) : "";
    }

    // The type of a tabular parameter: `(*)` or columns.
    KustoPart.Schema ParameterSchema()
    {
        var open = Open("(");
        var any = Take("*");
        EquatableArray<KustoPart.Column> columns = any ? [] : CommaList(TryColumn, MissingColumn, ListKind.ClosedWithTrailingComma);
        Close(open, ")");
        return new(any, columns) { Span = From(open.Span.Start) };
    }

    KustoPart.Schema Schema()
    {
        if (!At("("))
        {
            ReportExpected("'(' and columns");
            return new(Any: false, []) { Span = new(Current.Span.Start, 0) };
        }

        var open = Open("(");
        Take(",");
        var columns = CommaList(TryColumn, MissingColumn, ListKind.ClosedWithTrailingComma);
        Close(open, ")");
        return new(Any: false, columns) { Span = From(open.Span.Start) };
    }

    // What a plugin gives: `*` keeps the columns of its input.
    KustoPart.Schema OutputSchema()
    {
        if (!At("("))
            return Schema();
        var open = Open("(");
        Take(",");
        var any = Take("*");
        Take(",");
        var columns = CommaList(TryColumn, MissingColumn, ListKind.ClosedWithTrailingComma);
        Close(open, ")");
        return new(any, columns) { Span = From(open.Span.Start) };
    }

    KustoPart.Declaration? TryDeclaration()
    {
        var start = Current.Span.Start;
        if (TryColumn() is not { } column)
            return null;
        var value = Take("=") ? TryLiteral() ?? TryWord() ?? MissingLiteral() : null;
        return new(column, value) { Span = From(start) };
    }

    KustoPart.Declaration MissingDeclaration() => new(MissingColumn(), Default: null);

    KustoExpression? TryWord()
    {
        var token = Current;
        if (!IsWordAt(0))
            return null;
        Advance();
        return new KustoExpression.Name(WordOf(token)) { Span = token.Span };
    }

    EquatableArray<KustoPart.Declaration> Declarations(ListKind kind)
    {
        var open = Open("(");
        var declarations = CommaList(TryDeclaration, MissingDeclaration, kind);
        Close(open, ")");
        return declarations;
    }
}
