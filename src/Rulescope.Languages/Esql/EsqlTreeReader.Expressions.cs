using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

ref partial struct EsqlTreeReader
{
    // In a condition '=' can only be a slip for '=='.
    EsqlExpression ReadCondition()
    {
        var outer = _isCondition;
        _isCondition = true;
        var condition = ReadExpression();
        _isCondition = outer;
        return condition;
    }

    EquatableArray<EsqlExpression> ReadExpressions()
    {
        var items = ImmutableArray.CreateBuilder<EsqlExpression>();
        do
            items.Add(ReadExpression());
        while (Take(EsqlTokenKind.Comma));
        return items.ToImmutable();
    }

    EsqlExpression ReadExpression()
    {
        if (!Descend())
            return SkipNested();
        var start = Start;
        var first = ReadConjunction();
        if (IsWord("or"))
        {
            var terms = ImmutableArray.CreateBuilder<EsqlExpression>();
            terms.Add(first);
            while (IsWord("or") && TakeConnective())
                terms.Add(ReadConjunction());
            if (terms.Count > 1)
                first = new EsqlExpression.Or(terms.ToImmutable()) { Span = From(start) };
        }

        _depth--;
        return first;
    }

    EsqlExpression ReadConjunction()
    {
        var start = Start;
        var first = ReadNegation();
        if (!IsWord("and"))
            return first;
        var terms = ImmutableArray.CreateBuilder<EsqlExpression>();
        terms.Add(first);
        while (IsWord("and") && TakeConnective())
            terms.Add(ReadNegation());
        return terms.Count > 1 ? new EsqlExpression.And(terms.ToImmutable()) { Span = From(start) } : first;
    }

    // A connective with nothing behind it is what an edited list leaves over.
    bool TakeConnective()
    {
        var connective = _current;
        Advance();
        if (!AtCommandEnd && _current.Kind != EsqlTokenKind.CloseParen)
            return true;
        Report(EsqlCodes.DanglingConnective, connective.Span, Shown, Slice(connective).ToString());
        return false;
    }

    EsqlExpression ReadNegation()
    {
        var start = Start;
        if (!IsWord("not"))
            return ReadPredicate();
        if (!Descend())
            return SkipNested();
        Advance();
        var operand = ReadNegation();
        _depth--;
        return new EsqlExpression.Not(operand) { Span = From(start) };
    }

    EsqlExpression ReadPredicate()
    {
        var start = Start;
        var left = ReadSum();
        if (Comparison() is { } op)
        {
            Advance();
            var right = ReadSum();
            left = new EsqlExpression.Compare(left, op, right) { Span = From(start) };
        }

        if (_current.Kind == EsqlTokenKind.Colon && left is EsqlExpression.Field or EsqlExpression.Cast { Operand: EsqlExpression.Field })
        {
            Advance();
            var query = ReadConstant();
            return new EsqlExpression.Match(left, query) { Span = From(start) };
        }

        if (TakeWord("is"))
        {
            var isNegated = TakeWord("not");
            if (!TakeWord("null"))
                Report(EsqlCodes.WordExpected, Shown, "NULL");
            return new EsqlExpression.IsNull(left) { IsNegated = isNegated, Span = From(start) };
        }

        return ReadMembership(left, start);
    }

    EsqlExpression ReadMembership(EsqlExpression left, int start)
    {
        var isNegated = false;
        if (IsWord("not"))
        {
            var next = Slice(PeekNext());
            isNegated = next.Equals("in", StringComparison.OrdinalIgnoreCase) || next.Equals("like", StringComparison.OrdinalIgnoreCase)
                || next.Equals("rlike", StringComparison.OrdinalIgnoreCase);
            if (!isNegated)
                return left;
            Advance();
        }

        if (TakeWord("in"))
            return ReadIn(left, isNegated, start);
        if (!IsWord("like") && !IsWord("rlike"))
            return left;
        var kind = IsWord("like") ? EsqlLikeKind.Like : EsqlLikeKind.RLike;
        Advance();
        var isList = Take(EsqlTokenKind.OpenParen);
        var patterns = ImmutableArray.CreateBuilder<EsqlExpression>();
        do
            patterns.Add(ReadStringOrParameter());
        while (isList && Take(EsqlTokenKind.Comma));
        if (isList)
            Close(EsqlTokenKind.CloseParen, ")");
        return new EsqlExpression.Like(left, kind, patterns.ToImmutable()) { IsList = isList, IsNegated = isNegated, Span = From(start) };
    }

    EsqlExpression ReadIn(EsqlExpression left, bool isNegated, int start)
    {
        if (_current.Kind != EsqlTokenKind.OpenParen)
        {
            Report(EsqlCodes.WordExpected, Shown, "'('");
            return new EsqlExpression.In(left, []) { IsNegated = isNegated, Span = From(start) };
        }

        var next = PeekNext();
        if (next.Kind == EsqlTokenKind.Word && EsqlWords.IsSource(Slice(next)) && BeginsSubquery(next))
        {
            if (!Descend())
                return SkipNested();
            var pipeline = ReadPipeline(mayBeginWithSource: true);
            _depth--;
            return new EsqlExpression.InSubquery(left, pipeline) { IsNegated = isNegated, Span = From(start) };
        }

        Advance();
        var items = ReadExpressions();
        Close(EsqlTokenKind.CloseParen, ")");
        return new EsqlExpression.In(left, items) { IsNegated = isNegated, Span = From(start) };
    }

    // A column may be called `from` or `row`: it is one when an operator or the end of the item follows.
    bool BeginsSubquery(EsqlToken word) => _lexer.Read(word.Span.End, EsqlMode.Source).Kind is EsqlTokenKind.Source or EsqlTokenKind.String or EsqlTokenKind.OpenParen;

    EsqlComparison? Comparison()
    {
        switch (_current.Kind)
        {
            case EsqlTokenKind.Equal: return EsqlComparison.Equal;
            case EsqlTokenKind.NotEqual: return EsqlComparison.NotEqual;
            case EsqlTokenKind.Less: return EsqlComparison.Less;
            case EsqlTokenKind.LessOrEqual: return EsqlComparison.LessOrEqual;
            case EsqlTokenKind.Greater: return EsqlComparison.Greater;
            case EsqlTokenKind.GreaterOrEqual: return EsqlComparison.GreaterOrEqual;
            case EsqlTokenKind.Assign when _isCondition:
                Report(EsqlCodes.AssignmentInCondition);
                return EsqlComparison.Equal;
            case EsqlTokenKind.CaselessEqual:
                Report(EsqlCodes.CaselessEquality);
                return EsqlComparison.Equal;
            default: return null;
        }
    }

    EsqlExpression ReadSum()
    {
        var start = Start;
        var first = ReadProduct();
        if (_current.Kind is not (EsqlTokenKind.Plus or EsqlTokenKind.Minus))
            return first;
        var steps = ImmutableArray.CreateBuilder<EsqlStep>();
        while (_current.Kind is EsqlTokenKind.Plus or EsqlTokenKind.Minus)
        {
            var from = Start;
            var op = _current.Kind == EsqlTokenKind.Plus ? EsqlArithmetic.Add : EsqlArithmetic.Subtract;
            Advance();
            var operand = ReadProduct();
            steps.Add(new(op, operand) { Span = From(from) });
        }

        return new EsqlExpression.Arithmetic(first, steps.ToImmutable()) { Span = From(start) };
    }

    EsqlExpression ReadProduct()
    {
        var start = Start;
        var first = ReadSigned();
        if (_current.Kind is not (EsqlTokenKind.Star or EsqlTokenKind.Slash or EsqlTokenKind.Percent))
            return first;
        var steps = ImmutableArray.CreateBuilder<EsqlStep>();
        while (_current.Kind is EsqlTokenKind.Star or EsqlTokenKind.Slash or EsqlTokenKind.Percent)
        {
            var from = Start;
            var op = _current.Kind switch
            {
                EsqlTokenKind.Star => EsqlArithmetic.Multiply,
                EsqlTokenKind.Slash => EsqlArithmetic.Divide,
                _ => EsqlArithmetic.Modulo,
            };
            Advance();
            var operand = ReadSigned();
            steps.Add(new(op, operand) { Span = From(from) });
        }

        return new EsqlExpression.Arithmetic(first, steps.ToImmutable()) { Span = From(start) };
    }

    // A sign right before a number is part of it; a plus anywhere else says nothing.
    EsqlExpression ReadSigned()
    {
        var start = Start;
        if (_current.Kind is not (EsqlTokenKind.Plus or EsqlTokenKind.Minus) || PeekNext().Kind is EsqlTokenKind.Integer or EsqlTokenKind.Decimal)
            return ReadPrimary();
        if (!Descend())
            return SkipNested();
        var isNegative = _current.Kind == EsqlTokenKind.Minus;
        Advance();
        var operand = ReadSigned();
        _depth--;
        return isNegative ? Negated(operand, From(start)) : operand with { Span = From(start) };
    }

    static EsqlExpression Negated(EsqlExpression operand, SourceSpan span) => operand switch
    {
        EsqlExpression.Integer { Value: > long.MinValue and var value } => new EsqlExpression.Integer(-value) { Span = span },
        EsqlExpression.Decimal { Value: var value } => new EsqlExpression.Decimal(-value) { Span = span },
        EsqlExpression.TimeSpan { Count: > long.MinValue } time => time with { Count = -time.Count, Span = span },
        _ => new EsqlExpression.Negate(operand) { Span = span },
    };

    bool Descend()
    {
        if (_depth >= EsqlParser.MaxDepth)
        {
            Report(EsqlCodes.TooDeep, EsqlParser.MaxDepth);
            return false;
        }

        _depth++;
        return true;
    }

    // To the end of this item: a comma, a pipe or a closing bracket that belongs to an outer one.
    EsqlExpression.Unsupported SkipNested()
    {
        var start = Start;
        var open = 0;
        while (_current.Kind != EsqlTokenKind.End)
        {
            if (_current.Kind is EsqlTokenKind.OpenParen or EsqlTokenKind.OpenBracket or EsqlTokenKind.OpenBrace)
                open++;
            else if (_current.Kind is EsqlTokenKind.CloseParen or EsqlTokenKind.CloseBracket or EsqlTokenKind.CloseBrace && --open < 0)
                break;
            else if (open == 0 && _current.Kind is EsqlTokenKind.Comma or EsqlTokenKind.Pipe)
                break;
            Advance();
        }

        var span = From(start);
        return new(_text.Slice(span.Start, span.Length).ToString()) { Span = span };
    }
}
