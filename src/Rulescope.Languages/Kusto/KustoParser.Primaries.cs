using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    KustoExpression? TryPrimary()
    {
        if (IsLiteral(Current.Kind) || At("dynamic"))
            return TryLiteral();
        var start = Current.Span.Start;
        if (Current.Kind is KustoTokenKind.Keyword or KustoTokenKind.Punctuation)
        {
            switch (TextOf(Current))
            {
                case "(":
                    return Parenthesized();
                case "datatable":
                    return DataTable();
                case "externaldata" or "external_data":
                    return ExternalData();
                case "toscalar":
                    return Converted(start);
                case "typeof" when At("(", 1):
                    return TypeOf();
            }
        }

        return TryInlineTable() ?? TryCall() ?? TryScoped() ?? TryMisusedKeyword();
    }

    static bool IsLiteral(KustoTokenKind kind) => kind is >= KustoTokenKind.String and <= KustoTokenKind.BareGuid;

    KustoExpression Parenthesized()
    {
        var open = Open("(");
        var inner = Expression();
        Close(open, ")");
        return inner;
    }

    KustoExpression Converted(int start)
    {
        var table = WordOf(Advance()) == "totable";
        var options = Options();
        var open = Open("(");
        var query = Expression();
        Close(open, ")");
        return table
            ? new KustoExpression.ToTable(options, query) { Span = From(start) }
            : new KustoExpression.ToScalar(options, query) { Span = From(start) };
    }

    KustoExpression? TryScoped()
    {
        var start = Current.Span.Start;
        if (TryElement() is not { } element)
            return null;
        return TryDataScope() is { } scope ? new KustoExpression.Scoped(element, scope) { Span = From(start) } : element;
    }

    string? TryDataScope()
    {
        if (!Take("datascope"))
            return null;
        Expect("=");
        if (TextOf(Current) is "all" or "hotcache")
            return WordOf(Advance());
        ReportExpected("'all' or 'hotcache'");
        return "";
    }

    // A reserved word before what can only follow a name: read it as the name it was meant to be.
    KustoExpression? TryMisusedKeyword()
    {
        if (Current.Kind != KustoTokenKind.Keyword || !FollowsName(Peek(1)))
            return null;
        Report(Current.Span, KustoCodes.KeywordAsName, WordOf(Current));
        var token = Advance();
        return new KustoExpression.Name(WordOf(token)) { Span = token.Span };
    }

    bool FollowsName(KustoToken next) => next.Kind is KustoTokenKind.Keyword or KustoTokenKind.Punctuation
        && TextOf(next) is var text
        && (text is ")" or "]" or "}" or "." or "," or "|" || (text is not ("+" or "-") && KustoInfix.Of(text) is not null));

    KustoExpression DataTable()
    {
        var start = Advance().Span.Start;
        var options = Options();
        var schema = Schema();
        var open = Open("[");
        Take(",");
        var values = CommaList(TryLiteral, MissingLiteral, ListKind.ClosedWithTrailingComma);
        Close(open, "]");
        return new KustoExpression.DataTable(options, schema, values) { Span = From(start) };
    }

    KustoExpression MissingLiteral()
    {
        ReportExpected("a literal");
        return new KustoExpression.Missing { Span = new(Current.Span.Start, 0) };
    }

    KustoExpression ExternalData()
    {
        var start = Advance().Span.Start;
        var options = Options();
        var schema = Schema();
        var open = Open("[");
        var sources = CommaList(TryExpression, MissingExpression, ListKind.ClosedWithTrailingComma);
        Close(open, "]");
        return new KustoExpression.ExternalData(options, schema, sources, Properties()) { Span = From(start) };
    }

    // A table by the place of its files; newer than the parser that is our measure, which refuses it as well.
    KustoExpression.Missing? TryInlineTable()
    {
        if (TextOf(Current) is not "inline_external_table" || !At("(", 1))
            return null;
        var word = Advance();
        Report(word.Span, KustoCodes.InlineTable, WordOf(word));
        Schema();
        Options();
        var open = Open("(");
        CommaList(TryExpression, MissingExpression, ListKind.Closed);
        Close(open, ")");
        return new() { Span = From(word.Span.Start) };
    }

    // `with (name=value, …)` of externaldata and restrict.
    EquatableArray<KustoPart.Option> Properties()
    {
        if (!Take("with"))
            return [];
        var open = Open("(");
        var properties = CommaList(TryProperty, MissingOption, ListKind.Closed);
        Close(open, ")");
        return properties;
    }

    KustoPart.Option? TryProperty()
    {
        var start = Current.Span.Start;
        if (TryName(declared: true) is not { } name)
            return null;
        Expect("=");
        var value = (IsLiteral(Current.Kind) ? PropertyLiteral() : TryDeclaredReference()) ?? MissingLiteral();
        return new(name, value) { Span = From(start) };
    }

    // A bare guid is a value here, and only here.
    KustoExpression? PropertyLiteral() => Current.Kind == KustoTokenKind.BareGuid
        ? new KustoExpression.Literal(KustoLiteralType.Guid, WordOf(Current)) { Span = Advance().Span }
        : TryLiteral();

    KustoExpression? TryDeclaredReference()
    {
        var start = Current.Span.Start;
        return TryName(declared: true) is { } name ? new KustoExpression.Name(name) { Span = From(start) } : null;
    }

    KustoPart.Option MissingOption()
    {
        ReportExpected("name=value");
        return new("", new KustoExpression.Missing { Span = new(Current.Span.Start, 0) });
    }
}
