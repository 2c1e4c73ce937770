using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public sealed partial class EqlParser
{
    // Where reading goes on after something unreadable inside a condition.
    static readonly ImmutableArray<EqlTokenKind> Resume =
    [
        EqlTokenKind.And, EqlTokenKind.Or, EqlTokenKind.Comma, EqlTokenKind.CloseParen, EqlTokenKind.CloseBracket, EqlTokenKind.Pipe,
    ];

    EqlExpression ReadExpression()
    {
        if (_depth >= MaxDepth)
            return TooDeep();
        _depth++;
        var read = ReadOr();
        _depth--;
        return read;
    }

    EqlExpression ReadOr()
    {
        var first = ReadAnd();
        if (Current.Kind != EqlTokenKind.Or)
            return first;
        var terms = ImmutableArray.CreateBuilder<EqlExpression>();
        terms.Add(first);
        while (Accept(EqlTokenKind.Or))
            terms.Add(ReadAnd());
        return new EqlExpression.Or(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    EqlExpression ReadAnd()
    {
        var first = ReadNot();
        if (Current.Kind != EqlTokenKind.And)
            return first;
        var terms = ImmutableArray.CreateBuilder<EqlExpression>();
        terms.Add(first);
        while (Accept(EqlTokenKind.And))
            terms.Add(ReadNot());
        return new EqlExpression.And(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    EqlExpression ReadNot()
    {
        if (Current.Kind != EqlTokenKind.Not)
            return ReadComparison();
        if (_depth >= MaxDepth)
            return TooDeep();
        _depth++;
        var start = Advance().Span.Start;
        var operand = ReadNot();
        _depth--;
        return new EqlExpression.Not(operand) { Span = From(start) };
    }

    EqlExpression ReadComparison()
    {
        var left = ReadTest();
        if (ComparisonOf(Current.Kind) is not { } op)
            return left;
        if (Advance() is { Kind: EqlTokenKind.Assign } equals && !IsEndgame)
            Report(equals.Span, EqlCodes.EndgameOnly, "'='", "'=='");
        var right = ReadTest();
        if (ComparisonOf(Current.Kind) is null)
            return new EqlExpression.Compare(left, op, right) { Span = From(left.Span.Start) };
        // One finding for the whole chain.
        Report(Current.Span, EqlCodes.Chained, Slice(Current.Span));
        while (ComparisonOf(Current.Kind) is not null)
        {
            Advance();
            ReadTest();
        }

        return Unread(left.Span.Start);
    }

    EqlExpression.Unsupported Unread(int start)
    {
        var span = From(start);
        return new(Slice(span)) { Span = span };
    }

    static EqlComparison? ComparisonOf(EqlTokenKind kind) => kind switch
    {
        EqlTokenKind.Equal or EqlTokenKind.Assign => EqlComparison.Equal,
        EqlTokenKind.NotEqual => EqlComparison.NotEqual,
        EqlTokenKind.Less => EqlComparison.Less,
        EqlTokenKind.LessOrEqual => EqlComparison.LessOrEqual,
        EqlTokenKind.Greater => EqlComparison.Greater,
        EqlTokenKind.GreaterOrEqual => EqlComparison.GreaterOrEqual,
        _ => null,
    };

    static EqlMatchKind? MatchOf(EqlTokenKind kind) => kind switch
    {
        EqlTokenKind.Colon => EqlMatchKind.Colon,
        EqlTokenKind.Like => EqlMatchKind.Like,
        EqlTokenKind.LikeTilde => EqlMatchKind.LikeTilde,
        EqlTokenKind.Regex => EqlMatchKind.Regex,
        EqlTokenKind.RegexTilde => EqlMatchKind.RegexTilde,
        _ => null,
    };

    // An operand, with the test `in`, `:`, `like` or `regex` that may follow it.
    EqlExpression ReadTest()
    {
        var subject = ReadSum();
        var read = ReadTestOf(subject);
        if (!StartsTest())
            return read;
        Report(Current.Span, EqlCodes.Chained, Slice(Current.Span));
        while (StartsTest())
            ReadTestOf(subject);
        return Unread(subject.Span.Start);
    }

    bool StartsTest() => MatchOf(Current.Kind) is not null || Current.Kind is EqlTokenKind.In or EqlTokenKind.InTilde
        || (Current.Kind == EqlTokenKind.Not && Peek(1).Kind is EqlTokenKind.In or EqlTokenKind.InTilde);

    EqlExpression ReadTestOf(EqlExpression subject)
    {
        var start = subject.Span.Start;
        if (MatchOf(Current.Kind) is { } kind)
        {
            var op = Advance();
            return new EqlExpression.Match(subject, kind, ReadPatterns(op)) { Span = From(start) };
        }

        var negated = Current.Kind == EqlTokenKind.Not && Peek(1).Kind is EqlTokenKind.In or EqlTokenKind.InTilde;
        if (negated)
            Advance();
        if (Current.Kind is not (EqlTokenKind.In or EqlTokenKind.InTilde))
            return subject;
        var tilde = Advance().Kind == EqlTokenKind.InTilde;
        var open = Current.Span;
        EquatableArray<EqlExpression> values = [];
        if (Accept(EqlTokenKind.OpenParen))
        {
            values = ReadList();
            Close(EqlTokenKind.CloseParen, open);
        }
        else
        {
            Unexpected("'('");
        }

        var member = new EqlExpression.In(subject, values) { IgnoreCase = tilde, Span = From(start) };
        return negated ? new EqlExpression.Not(member) { Span = member.Span } : member;
    }

    EquatableArray<EqlExpression> ReadPatterns(EqlToken op)
    {
        var patterns = ImmutableArray.CreateBuilder<EqlExpression>();
        var open = Current.Span;
        if (!Accept(EqlTokenKind.OpenParen))
        {
            patterns.Add(ReadPattern(op));
            return patterns.ToImmutable();
        }

        do
        {
            if (IsEndgame && patterns.Count > 0 && Current.Kind == EqlTokenKind.CloseParen)
                break;
            patterns.Add(ReadPattern(op));
        }
        while (Accept(EqlTokenKind.Comma));
        Close(EqlTokenKind.CloseParen, open);
        return patterns.ToImmutable();
    }

    EqlExpression ReadPattern(EqlToken op)
    {
        var shown = Shown(Current);
        var before = _findings.Count;
        var pattern = ReadSign();
        var literal = pattern is EqlExpression.Text or EqlExpression.Integer or EqlExpression.Decimal or EqlExpression.Boolean or EqlExpression.Null;
        if (!literal && _findings.Count == before)
            Report(pattern.Span, EqlCodes.NotALiteral, shown, Slice(op.Span));
        return pattern;
    }

    /// <summary>Expressions between commas; Endgame lets a last comma stand before the closer.</summary>
    EquatableArray<EqlExpression> ReadList()
    {
        var items = ImmutableArray.CreateBuilder<EqlExpression>();
        do
        {
            if (IsEndgame && items.Count > 0 && Current.Kind is EqlTokenKind.CloseParen or EqlTokenKind.OpenBracket)
                break;
            items.Add(ReadExpression());
        }
        while (Accept(EqlTokenKind.Comma));
        return items.ToImmutable();
    }

    EqlExpression ReadSum()
    {
        var first = ReadProduct();
        if (Current.Kind is not (EqlTokenKind.Plus or EqlTokenKind.Minus))
            return first;
        var steps = ImmutableArray.CreateBuilder<EqlExpression.Step>();
        while (Current.Kind is EqlTokenKind.Plus or EqlTokenKind.Minus)
            steps.Add(new(Advance().Kind == EqlTokenKind.Plus ? EqlArithmetic.Add : EqlArithmetic.Subtract, ReadProduct()));
        return new EqlExpression.Arithmetic(first, steps.ToImmutable()) { Span = From(first.Span.Start) };
    }

    EqlExpression ReadProduct()
    {
        var first = ReadSign();
        if (ProductOf(Current.Kind) is null)
            return first;
        var steps = ImmutableArray.CreateBuilder<EqlExpression.Step>();
        while (ProductOf(Current.Kind) is { } op)
        {
            Advance();
            steps.Add(new(op, ReadSign()));
        }

        return new EqlExpression.Arithmetic(first, steps.ToImmutable()) { Span = From(first.Span.Start) };
    }

    static EqlArithmetic? ProductOf(EqlTokenKind kind) => kind switch
    {
        EqlTokenKind.Star => EqlArithmetic.Multiply,
        EqlTokenKind.Slash => EqlArithmetic.Divide,
        EqlTokenKind.Percent => EqlArithmetic.Modulo,
        _ => null,
    };

    EqlExpression ReadSign()
    {
        if (Current.Kind is not (EqlTokenKind.Plus or EqlTokenKind.Minus))
            return ReadChain();
        if (Peek(1).Kind is EqlTokenKind.Integer or EqlTokenKind.Decimal)
            return ReadNumber();
        if (_depth >= MaxDepth)
            return TooDeep();
        _depth++;
        var sign = Advance();
        var operand = ReadSign();
        _depth--;
        return sign.Kind == EqlTokenKind.Plus ? operand : new EqlExpression.Negate(operand) { Span = From(sign.Span.Start) };
    }

    // Endgame's method calls, `a:length():string()`; the colon must be followed by a call to be one.
    EqlExpression ReadChain()
    {
        var read = ReadPrimary();
        var links = _depth;
        while (IsEndgame && Current.Kind == EqlTokenKind.Colon && Peek(1).Kind is EqlTokenKind.Identifier && Peek(2).Kind == EqlTokenKind.OpenParen)
        {
            if (links++ >= MaxDepth)
                return TooDeep();
            Advance();
            read = ReadCall(read);
        }

        return read;
    }
}
