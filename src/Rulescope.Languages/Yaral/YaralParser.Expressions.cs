using System.Collections.Immutable;

namespace Rulescope.Languages.Yaral;

public sealed partial class YaralParser
{
    YaralExpression Or()
    {
        var first = And();
        if (!IsWord(Current, "or"))
            return first;
        var terms = ImmutableArray.CreateBuilder<YaralExpression>();
        terms.Add(first);
        while (AcceptWord("or"))
            terms.Add(And());
        return new YaralExpression.Or(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    YaralExpression And()
    {
        var first = Not();
        if (!IsWord(Current, "and"))
            return first;
        var terms = ImmutableArray.CreateBuilder<YaralExpression>();
        terms.Add(first);
        while (AcceptWord("and"))
            terms.Add(Not());
        return new YaralExpression.And(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    YaralExpression Not()
    {
        if (!IsWord(Current, "not") && Current.Kind != YaralTokenKind.Bang)
            return Comparison();
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var start = Advance().Span.Start;
        _depth++;
        var operand = Not();
        _depth--;
        return new YaralExpression.Not(operand) { Span = From(start) };
    }

    YaralExpression Comparison()
    {
        var left = Sum();
        var read = Current.Kind switch
        {
            YaralTokenKind.Equal => Compared(left, YaralComparison.Equal),
            YaralTokenKind.NotEqual => Compared(left, YaralComparison.NotEqual),
            YaralTokenKind.Less => Compared(left, YaralComparison.Less),
            YaralTokenKind.LessOrEqual => Compared(left, YaralComparison.LessOrEqual),
            YaralTokenKind.Greater => Compared(left, YaralComparison.Greater),
            YaralTokenKind.GreaterOrEqual => Compared(left, YaralComparison.GreaterOrEqual),
            YaralTokenKind.Word when IsWord(Current, "in") || (IsWord(Current, "not") && IsWord(Next, "in")) => Listed(left),
            _ => left,
        };
        return IsWord(Current, "nocase") ? Folded(read) : read;
    }

    YaralExpression.Compare Compared(YaralExpression left, YaralComparison op)
    {
        var sign = Advance().Span;
        var right = Sum();
        return new(op, left, right) { OpSpan = sign, Span = From(left.Span.Start) };
    }

    YaralExpression.In Listed(YaralExpression value)
    {
        var negated = AcceptWord("not");
        Advance();
        var match = AcceptWord("regex") ? YaralListMatch.Regex : AcceptWord("cidr") ? YaralListMatch.Cidr : YaralListMatch.Exact;
        var list = Primary();
        if (list is not (YaralExpression.List or YaralExpression.Array or YaralExpression.Unsupported))
        {
            Report(list.Span, YaralCodes.Unexpected, $"'{Slice(list.Span)}'", "a list such as %name");
            list = new YaralExpression.Unsupported(Slice(list.Span)) { Span = list.Span };
        }

        return new(value, match, list) { Negated = negated, Span = From(value.Span.Start) };
    }

    YaralExpression Folded(YaralExpression read)
    {
        var word = Current.Span;
        while (AcceptWord("nocase"))
        {
        }

        if (read is YaralExpression.Compare or YaralExpression.In or YaralExpression.Call or YaralExpression.Unsupported)
            return new YaralExpression.NoCase(read) { Span = From(read.Span.Start) };
        Report(word, YaralCodes.FoldsNothing, Slice(read.Span));
        return Unread(read.Span.Start);
    }

    YaralExpression Sum()
    {
        var left = Product();
        while (Current.Kind is YaralTokenKind.Plus or YaralTokenKind.Minus)
        {
            if (++_signs > MaxSigns)
                return SkipTooDeep();
            var op = Advance().Kind == YaralTokenKind.Plus ? YaralArithmetic.Add : YaralArithmetic.Subtract;
            var right = Product();
            left = new YaralExpression.Arithmetic(op, left, right) { Span = From(left.Span.Start) };
        }

        return left;
    }

    YaralExpression Product()
    {
        var left = Sign();
        while (Current.Kind is YaralTokenKind.Star or YaralTokenKind.Slash or YaralTokenKind.Percent)
        {
            if (++_signs > MaxSigns)
                return SkipTooDeep();
            var op = Advance().Kind switch
            {
                YaralTokenKind.Star => YaralArithmetic.Multiply,
                YaralTokenKind.Slash => YaralArithmetic.Divide,
                _ => YaralArithmetic.Modulo,
            };
            var right = Sign();
            left = new YaralExpression.Arithmetic(op, left, right) { Span = From(left.Span.Start) };
        }

        return left;
    }

    YaralExpression Sign()
    {
        if (Current.Kind != YaralTokenKind.Minus)
            return Primary();
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var start = Advance().Span.Start;
        _depth++;
        var operand = Sign();
        _depth--;
        return new YaralExpression.Negate(operand) { Span = From(start) };
    }
}
