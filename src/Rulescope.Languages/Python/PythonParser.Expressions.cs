using System.Collections.Immutable;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // What stands right of `=` and alone as a statement.
    PythonExpression ReadYieldOrStar() => Is("yield") ? ReadYield() : ReadStarExpressions();

    PythonExpression ReadYield()
    {
        var start = Start;
        Advance();
        if (Accept("from"))
            return new PythonExpression.YieldFrom(ReadExpression()) { Span = From(start) };
        var isBare = EndsStatement() || Is(")") || Is("=") || Is(":") || AugmentedOperator() is not null;
        return new PythonExpression.Yield(isBare ? null : ReadStarExpressions()) { Span = From(start) };
    }

    // One expression, or several with commas between them, which are a tuple.
    PythonExpression ReadStarExpressions()
    {
        var start = Start;
        var first = ReadStarExpression();
        if (!Is(","))
            return first;
        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && BeginsExpression())
            items.Add(ReadStarExpression());
        return new PythonExpression.Tuple(items.ToImmutable()) { Span = From(start) };
    }

    // Behind a comma that may be the last one.
    bool BeginsExpression() => Current.Kind switch
    {
        PythonTokenKind.Newline or PythonTokenKind.End => false,
        PythonTokenKind.Operator => Is("(") || Is("[") || Is("{") || Is("*") || Is("-") || Is("+") || Is("~") || Is("..."),
        PythonTokenKind.Keyword => !Is("in"),
        _ => true,
    };

    PythonExpression ReadStarExpression()
    {
        var start = Start;
        return Accept("*") ? new PythonExpression.Starred(ReadBinary()) { Span = From(start) } : ReadExpression();
    }

    PythonExpression ReadStarNamed()
    {
        var start = Start;
        return Accept("*") ? new PythonExpression.Starred(ReadBinary()) { Span = From(start) } : ReadNamed();
    }

    // `name := value`, or an expression.
    PythonExpression ReadNamed()
    {
        var start = Start;
        if (Current.Kind != PythonTokenKind.Name || !IsAhead(1, ":="))
            return ReadExpression();
        var name = ReadName();
        Advance();
        return new PythonExpression.Walrus(name, ReadExpression()) { Span = From(start) };
    }

    PythonExpression ReadExpression()
    {
        var start = Start;
        PythonExpression read = Enter() ? Is("lambda") ? ReadLambda(start) : ReadConditional(start) : new PythonExpression.None { Span = From(start) };
        Leave();
        return read;
    }

    PythonExpression.Lambda ReadLambda(int start)
    {
        Advance();
        var parameters = ReadParameters(":", isAnnotated: false);
        Expect(":");
        return new(parameters, ReadExpression()) { Span = From(start) };
    }

    PythonExpression ReadConditional(int start)
    {
        var body = ReadDisjunction();
        if (!Accept("if"))
            return body;
        var test = ReadDisjunction();
        Expect("else");
        return new PythonExpression.Conditional(body, test, ReadExpression()) { Span = From(start) };
    }

    PythonExpression ReadDisjunction()
    {
        var start = Start;
        var first = ReadConjunction();
        if (!Is("or"))
            return first;
        var terms = ImmutableArray.CreateBuilder<PythonExpression>();
        terms.Add(first);
        while (Accept("or"))
            terms.Add(ReadConjunction());
        return new PythonExpression.Or(terms.ToImmutable()) { Span = From(start) };
    }

    PythonExpression ReadConjunction()
    {
        var start = Start;
        var first = ReadNegation();
        if (!Is("and"))
            return first;
        var terms = ImmutableArray.CreateBuilder<PythonExpression>();
        terms.Add(first);
        while (Accept("and"))
            terms.Add(ReadNegation());
        return new PythonExpression.And(terms.ToImmutable()) { Span = From(start) };
    }

    PythonExpression ReadNegation()
    {
        if (!Is("not"))
            return ReadComparison();
        var outer = _height;
        _height = 0;
        var starts = new Stack<int>();
        while (Is("not"))
        {
            starts.Push(Start);
            Advance();
        }

        var operand = ReadComparison();
        while (starts.TryPop(out var start))
        {
            Link();
            operand = new PythonExpression.Not(operand) { Span = From(start) };
        }

        _height = Math.Max(outer, _height);
        return operand;
    }

    PythonExpression ReadComparison()
    {
        var start = Start;
        var left = ReadBinary();
        if (ReadComparisonOperator() is not { } first)
            return left;
        var links = ImmutableArray.CreateBuilder<PythonComparison>();
        for (var link = ((int Start, PythonComparisonOperator Operator)?)first; link is { } found; link = ReadComparisonOperator())
            links.Add(new(found.Operator, ReadBinary()) { Span = From(found.Start) });
        return new PythonExpression.Compare(left, links.ToImmutable()) { Span = From(start) };
    }

    (int Start, PythonComparisonOperator Operator)? ReadComparisonOperator()
    {
        var start = Start;
        PythonComparisonOperator? simple = Current.Kind is not (PythonTokenKind.Operator or PythonTokenKind.Keyword) ? null
            : _text.AsSpan(start, Current.Span.Length) switch
            {
                "==" => PythonComparisonOperator.Equal,
                "!=" => PythonComparisonOperator.NotEqual,
                "<" => PythonComparisonOperator.Less,
                "<=" => PythonComparisonOperator.LessOrEqual,
                ">" => PythonComparisonOperator.Greater,
                ">=" => PythonComparisonOperator.GreaterOrEqual,
                "in" => PythonComparisonOperator.In,
                "is" => PythonComparisonOperator.Is,
                "not" when IsAhead(1, "in") => PythonComparisonOperator.NotIn,
                _ => null,
            };
        if (simple is not { } read)
            return null;
        Advance();
        if (read == PythonComparisonOperator.NotIn)
            Advance();
        return (start, read == PythonComparisonOperator.Is && Accept("not") ? PythonComparisonOperator.IsNot : read);
    }
}
