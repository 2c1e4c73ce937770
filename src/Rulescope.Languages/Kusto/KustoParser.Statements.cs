using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    /// <summary>Statements up to the end, or up to a closing mark that is left standing.</summary>
    EquatableArray<KustoStatement> Statements(string? close)
    {
        var statements = ImmutableArray.CreateBuilder<KustoStatement>();
        while (Current.Kind != KustoTokenKind.End && (close is null || !At(close)))
        {
            var before = _at;
            if (TryStatement() is { } statement)
            {
                statements.Add(statement);
                if (Take(";"))
                    continue;
                if (Current.Kind == KustoTokenKind.End || (close is not null && At(close)))
                    break;
            }

            if (_at == before)
                SkipUnexpected();
            else if (AtGroupEnd() || Current.Kind == KustoTokenKind.Punctuation)
                SkipUnexpected();
            else
                Report(Current.Span, KustoCodes.MissingSemicolon, Found());
        }

        return statements.ToImmutable();
    }

    void SkipUnexpected()
    {
        Report(Current.Span, KustoCodes.Unexpected, Found());
        var before = _at;
        SkipPiece();
        if (_at == before && !At("|"))
            Advance();
    }

    KustoStatement? TryStatement()
    {
        var start = Current.Span.Start;
        KustoStatement? statement = null;
        if (Current.Kind == KustoTokenKind.Keyword)
        {
            statement = TextOf(Current) switch
            {
                "let" when NameLength(1) > 0 || At("=", 2) => Let(),
                "set" => Set(),
                "alias" when At("database", 1) => Alias(),
                "declare" when At("pattern", 1) => Pattern(),
                "declare" when At("query_parameters", 1) => QueryParameters(),
                "restrict" when At("access", 1) => Restrict(),
                _ => null,
            };
        }

        return (statement ?? TryQuery()) is { } read ? read with { Span = From(start) } : null;
    }

    KustoStatement.Query? TryQuery()
    {
        // A query that lacks its table is read on, so that its operators are checked too.
        if (At("|"))
            return new(Pipeline(Current.Span.Start, MissingExpression(), first: null));
        return TryExpression() is { } value ? new(value) : null;
    }

    KustoStatement.Let? TryLet() => At("let") ? Let() : null;

    KustoStatement.Let Let()
    {
        Advance();
        var name = NameOrMissing();
        // A keyword in the name's place is the name that was meant.
        if (name.Length == 0 && At("=", 1))
            name = WordOf(Advance());
        Expect("=");
        if (!Enter())
            return new(name, MissingExpression());
        var value = LetValue();
        Leave();
        return new(name, value);
    }

    KustoExpression LetValue()
    {
        var start = Current.Span.Start;
        if (Take("materialize"))
        {
            var open = Open("(");
            var query = Expression();
            Close(open, ")");
            return new KustoExpression.Materialize(query) { Span = From(start) };
        }

        if (At("entity_group"))
            return EntityGroup();
        return AtFunction() ? Function() : Expression();
    }

    KustoExpression EntityGroup()
    {
        var start = Advance().Span.Start;
        if (At("("))
            return new KustoExpression.Call("entity_group", Arguments()) { Span = From(start) };
        var open = Open("[");
        var entities = CommaList(TryUnnamed, MissingExpression, ListKind.ClosedOneOrMore);
        Close(open, "]");
        return new KustoExpression.EntityGroup(entities) { Span = From(start) };
    }

    bool AtFunction()
    {
        var offset = At("view") ? 1 : 0;
        if (!At("(", offset))
            return false;
        if (At(")", offset + 1) || At("*", offset + 1))
            return true;
        var length = NameLength(offset + 1, declared: true);
        return length > 0 && At(":", offset + 1 + length);
    }

    KustoExpression Function()
    {
        var start = Current.Span.Start;
        var view = Take("view");
        var parameters = Declarations(ListKind.Closed);
        return new KustoExpression.Function(view, parameters, Body(parametersToo: true)) { Span = From(start) };
    }

    KustoPart.Body Body(bool parametersToo)
    {
        var open = Open("{");
        var statements = Run(() => TryBodyStatement(parametersToo));
        var value = TryExpression();
        Take(";");
        Close(open, "}");
        return new(statements, value) { Span = From(open.Span.Start) };
    }

    KustoStatement? TryBodyStatement(bool parametersToo)
    {
        var start = Current.Span.Start;
        KustoStatement? statement = TryLet();
        if (statement is null && parametersToo && At("declare"))
            statement = QueryParameters();
        if (statement is null)
            return null;
        Expect(";");
        return statement with { Span = From(start) };
    }

    KustoStatement.Set Set()
    {
        Advance();
        var name = NameOrMissing();
        return new(name, Take("=") ? Unnamed() : null);
    }

    KustoStatement.Alias Alias()
    {
        Advance();
        Advance();
        var name = NameOrMissing();
        Expect("=");
        return new(name, Unnamed());
    }

    KustoStatement.QueryParameters QueryParameters()
    {
        Advance();
        Expect("query_parameters");
        return new(Declarations(ListKind.ClosedOneOrMore));
    }

    KustoStatement.Restrict Restrict()
    {
        Advance();
        Advance();
        Expect("to");
        var open = Open("(");
        var tables = CommaList(TryEntity, MissingExpression, ListKind.ClosedOneOrMore);
        Close(open, ")");
        return new(tables, Properties());
    }

    KustoStatement.Pattern Pattern()
    {
        Advance();
        Advance();
        var name = NameOrMissing();
        if (!Take("="))
            return new(name, [], Path: null, []);
        var open = Open("(");
        var parameters = CommaList(TryColumn, MissingColumn, ListKind.Closed);
        Close(open, ")");
        KustoPart.Column? path = null;
        if (At("["))
        {
            open = Open("[");
            path = TryColumn() ?? MissingColumn();
            Close(open, "]");
        }

        open = Open("{");
        var matches = Run(TryMatch);
        if (matches.IsEmpty)
            ReportExpected("'(' and arguments");
        Close(open, "}");
        return new(name, parameters, path, matches);
    }

    KustoPart.Match? TryMatch()
    {
        if (!At("("))
            return null;
        var open = Open("(");
        var arguments = CommaList(TryUnnamed, MissingExpression, ListKind.ClosedOneOrMore);
        Close(open, ")");
        KustoExpression? path = null;
        if (Take("."))
        {
            var bracket = Open("[");
            path = TryLiteral() ?? MissingLiteral();
            Close(bracket, "]");
        }

        Expect("=");
        var body = Body(parametersToo: false);
        Expect(";");
        return new(arguments, path, body) { Span = From(open.Span.Start) };
    }
}
