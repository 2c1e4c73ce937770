using System.Collections.Immutable;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    /// <summary>A literal in any form, also signed; a client's <c>{parameter}</c> stands for one.</summary>
    KustoExpression? TryLiteral()
    {
        if (Current.Kind == KustoTokenKind.String)
            return StringLiteral();
        if (IsLiteral(Current.Kind))
            return TypedLiteral(Advance());
        if (At("dynamic"))
            return At("(", 1) ? Dynamic() : null;
        if (At("typeof"))
            return At("(", 1) ? TypeOf() : null;
        if (At("{"))
            return TryNameReference();
        return TrySignedNumber();
    }

    KustoExpression.String StringLiteral()
    {
        var start = Current.Span.Start;
        var (value, hidden) = KustoString.Decode(TextOf(Advance()));
        if (Current.Kind != KustoTokenKind.String)
            return new(value, hidden) { Span = From(start) };
        var joined = new StringBuilder(value);
        while (Current.Kind == KustoTokenKind.String)
        {
            var next = KustoString.Decode(TextOf(Advance()));
            joined.Append(next.Value);
            hidden |= next.Hidden;
        }

        return new(joined.ToString(), hidden) { Span = From(start) };
    }

    KustoExpression.Literal TypedLiteral(KustoToken token)
    {
        if (token.Kind == KustoTokenKind.BareGuid)
            Report(token.Span, KustoCodes.BareGuid, WordOf(token));
        var type = token.Kind switch
        {
            KustoTokenKind.Bool => KustoLiteralType.Bool,
            KustoTokenKind.Int => KustoLiteralType.Int,
            KustoTokenKind.Long => KustoLiteralType.Long,
            KustoTokenKind.Real => KustoLiteralType.Real,
            KustoTokenKind.Decimal => KustoLiteralType.Decimal,
            KustoTokenKind.Timespan => KustoLiteralType.Timespan,
            KustoTokenKind.DateTime => KustoLiteralType.DateTime,
            _ => KustoLiteralType.Guid,
        };
        var text = TextOf(token);
        var open = text.IndexOf('(');
        if (open >= 0)
            text = text[(open + 1)..].TrimEnd(')').Trim();
        else if (type == KustoLiteralType.Bool)
            return new(type, text is "true" or "True" or "TRUE" ? "true" : "false") { Span = token.Span };
        return new(type, text.ToString()) { Span = token.Span };
    }

    KustoExpression? TrySignedNumber()
    {
        if ((!At("-") && !At("+")) || !IsAdjacent(1) || TextOf(Peek(1)) is not [>= '0' and <= '9', ..]
            || Peek(1).Kind is not (KustoTokenKind.Long or KustoTokenKind.Real or KustoTokenKind.Timespan))
            return null;
        var start = Current.Span.Start;
        var negative = At("-");
        Advance();
        return new KustoExpression.Sign(negative, TypedLiteral(Advance())) { Span = From(start) };
    }

    KustoExpression.Dynamic Dynamic()
    {
        var start = Advance().Span.Start;
        var open = Open("(");
        var value = TryJson() ?? MissingJson();
        Close(open, ")");
        return new(value) { Span = From(start) };
    }

    KustoExpression? TryJson()
    {
        if (!Enter())
            return new KustoExpression.Missing { Span = Current.Span };
        var read = ReadJson();
        Leave();
        return read;
    }

    KustoExpression? ReadJson()
    {
        var start = Current.Span.Start;
        if (Take("null"))
            return new KustoExpression.Null { Span = From(start) };
        if (Take("-"))
        {
            var number = Current.Kind is KustoTokenKind.Long or KustoTokenKind.Real ? TypedLiteral(Advance()) : MissingJson();
            return new KustoExpression.Sign(Negative: true, number) { Span = From(start) };
        }

        if (At("["))
        {
            var open = Open("[");
            var items = CommaList(TryJson, MissingJson, ListKind.Closed);
            Close(open, "]");
            return new KustoExpression.Array(items) { Span = From(start) };
        }

        if (At("{") && BracedLength(0) == 0)
        {
            var open = Open("{");
            var properties = CommaList(TryJsonProperty, MissingJsonProperty, ListKind.Closed);
            Close(open, "}");
            return new KustoExpression.Bag(properties) { Span = From(start) };
        }

        return Current.Kind == KustoTokenKind.Int || At("typeof") || At("+") ? null : TryLiteral();
    }

    KustoPart.Property? TryJsonProperty()
    {
        if (Current.Kind != KustoTokenKind.String && !At(":"))
            return null;
        var start = Current.Span.Start;
        var name = "";
        if (Current.Kind == KustoTokenKind.String)
            name = KustoString.Decode(TextOf(Advance())).Value;
        else
            ReportExpected("a string");
        Expect(":");
        return new(name, TryJson() ?? MissingJson()) { Span = From(start) };
    }

    KustoPart.Property MissingJsonProperty()
    {
        ReportExpected("\"name\": value");
        return new("", new KustoExpression.Missing { Span = new(Current.Span.Start, 0) });
    }

    KustoExpression MissingJson()
    {
        ReportExpected("a JSON value");
        return new KustoExpression.Missing { Span = new(Current.Span.Start, 0) };
    }

    KustoExpression.TypeOf TypeOf()
    {
        var start = Advance().Span.Start;
        var open = Open("(");
        var isType = Current.Kind == KustoTokenKind.Keyword && KustoWords.IsExtendedType(TextOf(Current));
        string? type = null;
        EquatableArray<KustoPart.Column> columns = [];
        if (isType || (Current.Kind == KustoTokenKind.Identifier && At(")", 1)))
            type = WordOf(Advance());
        else
            columns = CommaList(TryTypeOfColumn, MissingColumn, ListKind.Closed);
        Close(open, ")");
        return new(type, columns) { Span = From(start) };
    }

    KustoPart.Column? TryTypeOfColumn()
    {
        var start = Current.Span.Start;
        return Take("*") ? new("*", Type: null, Table: null) { Span = From(start) } : TryColumn();
    }
}
