using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public sealed partial class SplParser
{
    // Eval expressions, loosest first: XOR, OR, AND, NOT, comparison, joining, sums, products, signs.

    EquatableArray<SplAssignment> Assignments()
    {
        var assignments = ImmutableArray.CreateBuilder<SplAssignment>();
        do
        {
            if (IsAtEnd && assignments.Count > 0)
                break;
            if (!IsName(Peek()))
            {
                Unexpected("a field");
                break;
            }

            var field = Value();
            if (!Accept(SplTokenKind.Equal))
            {
                Unexpected("'='");
                break;
            }

            assignments.Add(new(field.Text, Expression()));
        }
        while (Accept(SplTokenKind.Comma));
        return assignments.ToImmutable();
    }

    static bool IsName(SplToken token) => token.Kind is SplTokenKind.Word or SplTokenKind.Quoted or SplTokenKind.SingleQuoted;

    SplExpression Expression()
    {
        var left = Either();
        while (IsWord(Peek(SplMode.Eval), "XOR"))
        {
            Advance(SplMode.Eval);
            var right = Either();
            left = new SplExpression.Xor(left, right) { Span = From(left.Span.Start) };
            if (!Longer(left))
                break;
        }

        return left;
    }

    SplExpression Either() => Terms("OR", Both, terms => new SplExpression.Or(terms));

    SplExpression Both() => Terms("AND", Negated, terms => new SplExpression.And(terms));

    SplExpression Terms(string joint, Func<SplExpression> term, Func<EquatableArray<SplExpression>, SplExpression> join)
    {
        var first = term();
        if (!IsWord(Peek(SplMode.Eval), joint))
            return first;
        var terms = ImmutableArray.CreateBuilder<SplExpression>();
        terms.Add(first);
        while (IsWord(Peek(SplMode.Eval), joint))
        {
            Advance(SplMode.Eval);
            terms.Add(term());
        }

        return join(terms.ToImmutable()) with { Span = From(first.Span.Start) };
    }

    SplExpression Negated()
    {
        var next = Peek(SplMode.Eval);
        if (!IsWord(next, "NOT"))
            return Comparison();
        Advance(SplMode.Eval);
        if (!Deeper(next.Span.Start))
            return Unread(next.Span.Start);
        var operand = Negated();
        _depth--;
        return new SplExpression.Not(operand) { Span = From(next.Span.Start) };
    }

    SplExpression Comparison()
    {
        var left = Joined();
        while (true)
        {
            var next = Peek(SplMode.Eval);
            var start = left.Span.Start;
            if (ComparisonOf(next.Kind) is { } op)
            {
                Advance(SplMode.Eval);
                left = new SplExpression.Compare(left, op, Joined()) { Span = From(start) };
            }
            else if (Worded(left, next) is { } test)
            {
                left = test with { Span = From(start) };
            }
            else
            {
                return left;
            }

            if (!Longer(left))
                return left;
        }
    }

    // LIKE and IN, also behind NOT.
    SplExpression? Worded(SplExpression left, SplToken next)
    {
        var negated = IsWord(next, "NOT");
        var word = negated ? PeekBehind(next, SplMode.Eval) : next;
        var isLike = IsWord(word, "LIKE");
        if (!isLike && !IsWord(word, "IN"))
            return null;
        if (negated)
            Advance(SplMode.Eval);
        Advance(SplMode.Eval);
        if (isLike)
            return new SplExpression.Like(left, Joined()) { IsNegated = negated };
        if (Peek(SplMode.Eval).Kind == SplTokenKind.OpenParen)
            return new SplExpression.In(left, CallArguments()) { IsNegated = negated };
        Unexpected("'('", SplMode.Eval);
        return new SplExpression.In(left, []) { IsNegated = negated };
    }

    SplExpression Joined()
    {
        var first = Sum();
        if (Peek(SplMode.Eval).Kind != SplTokenKind.Dot)
            return first;
        var parts = ImmutableArray.CreateBuilder<SplExpression>();
        parts.Add(first);
        while (Accept(SplTokenKind.Dot, SplMode.Eval))
            parts.Add(Sum());
        return new SplExpression.Concat(parts.ToImmutable()) { Span = From(first.Span.Start) };
    }

    SplExpression Sum()
    {
        var left = Product();
        while (Peek(SplMode.Eval).Kind is SplTokenKind.Plus or SplTokenKind.Minus)
        {
            var op = Advance(SplMode.Eval).Kind == SplTokenKind.Plus ? SplArithmetic.Add : SplArithmetic.Subtract;
            left = new SplExpression.Arithmetic(op, left, Product()) { Span = From(left.Span.Start) };
            if (!Longer(left))
                break;
        }

        return left;
    }

    SplExpression Product()
    {
        var left = Sign();
        while (Peek(SplMode.Eval).Kind is SplTokenKind.Star or SplTokenKind.Slash or SplTokenKind.Percent)
        {
            var op = Advance(SplMode.Eval).Kind switch
            {
                SplTokenKind.Star => SplArithmetic.Multiply,
                SplTokenKind.Slash => SplArithmetic.Divide,
                _ => SplArithmetic.Modulo,
            };
            left = new SplExpression.Arithmetic(op, left, Sign()) { Span = From(left.Span.Start) };
            if (!Longer(left))
                break;
        }

        return left;
    }

    // Steps nest to the left: so many of them are as deep a tree as parentheses would make.
    const int MaxSteps = 1000;
    int _steps;

    bool Longer(SplExpression left)
    {
        if (++_steps <= MaxSteps)
            return true;
        Report(left.Span, SplCodes.TooDeep, MaxSteps);
        Stop();
        return false;
    }

    SplExpression Sign()
    {
        var next = Peek(SplMode.Eval);
        if (next.Kind == SplTokenKind.Plus)
        {
            Advance(SplMode.Eval);
            return Deeper(next.Span.Start) ? Shallower(Sign()) : Unread(next.Span.Start);
        }

        if (next.Kind != SplTokenKind.Minus)
            return Operand();
        Advance(SplMode.Eval);
        return Deeper(next.Span.Start) ? new SplExpression.Negate(Shallower(Sign())) { Span = From(next.Span.Start) } : Unread(next.Span.Start);
    }

    SplExpression Shallower(SplExpression expression)
    {
        _depth--;
        return expression;
    }

    SplExpression Operand()
    {
        var next = Peek(SplMode.Eval);
        switch (next.Kind)
        {
            case SplTokenKind.Number:
                Advance(SplMode.Eval);
                return new SplExpression.Number(Slice(next.Span)) { Span = next.Span };
            case SplTokenKind.Quoted:
                Advance(SplMode.Eval);
                return new SplExpression.String(SplLexer.Unescape(Inside(next))) { Span = next.Span };
            case SplTokenKind.SingleQuoted:
                Advance(SplMode.Eval);
                return new SplExpression.Field(Inside(next).ToString()) { Span = next.Span };
            case SplTokenKind.Macro:
                Advance(SplMode.Eval);
                return new SplExpression.Macro(Slice(next.Span)) { Span = next.Span };
            case SplTokenKind.OpenParen:
                return Grouped();
            case SplTokenKind.Word when PeekBehind(next, SplMode.Eval).Kind == SplTokenKind.OpenParen:
                Advance(SplMode.Eval);
                var arguments = CallArguments();
                return new SplExpression.Call(Slice(next.Span).ToLowerInvariant(), arguments) { Span = From(next.Span.Start) };
            case SplTokenKind.Word:
                Advance(SplMode.Eval);
                return new SplExpression.Field(Slice(next.Span)) { Span = next.Span };
            default:
                Unexpected("a value", SplMode.Eval);
                if (next.Kind is SplTokenKind.Stray)
                    Advance(SplMode.Eval);
                return new SplExpression.Unsupported(next.Kind == SplTokenKind.Stray ? Slice(next.Span) : "") { Span = next.Span };
        }
    }

    SplExpression Grouped()
    {
        var open = Advance(SplMode.Eval);
        if (!Deeper(open.Span.Start))
            return Unread(open.Span.Start);
        var inner = Shallower(Expression());
        if (!Accept(SplTokenKind.CloseParen, SplMode.Eval))
            Report(open.Span, SplCodes.Unclosed, "(");
        return inner with { Span = From(open.Span.Start) };
    }

    /// <summary>Expressions in parentheses, parted by commas; the opening one is next.</summary>
    EquatableArray<SplExpression> CallArguments()
    {
        var open = Advance(SplMode.Eval);
        var arguments = ImmutableArray.CreateBuilder<SplExpression>();
        if (!Deeper(open.Span.Start))
            return [Unread(open.Span.Start)];
        while (Peek(SplMode.Eval).Kind is not (SplTokenKind.CloseParen or SplTokenKind.End or SplTokenKind.Pipe or SplTokenKind.CloseBracket))
        {
            arguments.Add(Expression());
            if (!Accept(SplTokenKind.Comma, SplMode.Eval))
                break;
        }

        _depth--;
        if (!Accept(SplTokenKind.CloseParen, SplMode.Eval))
        {
            if (Peek(SplMode.Eval).Kind is SplTokenKind.End or SplTokenKind.Pipe or SplTokenKind.CloseBracket)
                Report(open.Span, SplCodes.Unclosed, "(");
            else
                Unexpected("',' or ')'", SplMode.Eval);
        }

        return arguments.ToImmutable();
    }

    SplExpression.Unsupported Unread(int start)
    {
        var span = SourceSpan.FromBounds(start, _text.Length);
        return new(Slice(span)) { Span = span };
    }
}
