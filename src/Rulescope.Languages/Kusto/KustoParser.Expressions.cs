using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    /// <summary>A scalar or a table without pipes; null where none can begin here.</summary>
    KustoExpression? TryUnnamed()
    {
        if (!Enter())
            return new KustoExpression.Missing { Span = Current.Span };
        var read = TryBinary(0);
        Leave();
        return read;
    }

    KustoExpression Unnamed() => TryUnnamed() ?? MissingExpression();

    // An operand, then every operator that binds tighter than the floor. The ceiling falls with each: `a == b == c` is no chain.
    KustoExpression? TryBinary(int floor)
    {
        var start = Current.Span.Start;
        var left = TryOperand();
        var ceiling = int.MaxValue;
        while (left is not null && InfixHere() is { } infix && infix.Level > floor && infix.Level < ceiling)
        {
            ceiling = infix.Level;
            left = infix.Kind switch
            {
                KustoInfixKind.Or => new KustoExpression.Or(Terms(left, "or", ceiling)),
                KustoInfixKind.And => new KustoExpression.And(Terms(left, "and", ceiling)),
                KustoInfixKind.Arithmetic => new KustoExpression.Arithmetic(left, ArithmeticTerms(ceiling)),
                KustoInfixKind.Member => Membership(left, (KustoMembership)infix.Operator),
                KustoInfixKind.Between => Between(left, infix.Operator == 1),
                _ => Comparison(left, infix),
            } with
            { Span = From(start) };
        }

        return left;
    }

    KustoInfix? InfixHere()
    {
        if (Current.Kind is not (KustoTokenKind.Keyword or KustoTokenKind.Punctuation))
            return null;
        // `in range(…)` belongs to make-series.
        return At("in") && At("range", 1) ? null : KustoInfix.Of(TextOf(Current));
    }

    KustoExpression Operand(int floor) => TryBinary(floor) ?? MissingExpression();

    EquatableArray<KustoExpression> Terms(KustoExpression first, string word, int level)
    {
        var terms = ImmutableArray.CreateBuilder<KustoExpression>();
        terms.Add(first);
        while (Take(word))
            terms.Add(Operand(level));
        return terms.ToImmutable();
    }

    EquatableArray<KustoPart.Term> ArithmeticTerms(int level)
    {
        var terms = ImmutableArray.CreateBuilder<KustoPart.Term>();
        while (InfixHere() is { Kind: KustoInfixKind.Arithmetic } infix && infix.Level == level)
        {
            var start = Advance().Span.Start;
            terms.Add(new((KustoArithmetic)infix.Operator, Operand(level)) { Span = From(start) });
        }

        return terms.ToImmutable();
    }

    KustoExpression Comparison(KustoExpression left, KustoInfix infix)
    {
        Advance();
        return new KustoExpression.Compare((KustoComparison)infix.Operator, left, Operand(infix.Level));
    }

    KustoExpression Membership(KustoExpression subject, KustoMembership membership)
    {
        Advance();
        var open = Open("(");
        EquatableArray<KustoExpression> items = AtOperatorStart() || HasPipeAhead()
            ? [Expression()]
            : CommaList(TryUnnamed, MissingExpression, ListKind.ClosedOneOrMore);
        Close(open, ")");
        return new KustoExpression.In(membership, subject, items);
    }

    KustoExpression Between(KustoExpression subject, bool negated)
    {
        Advance();
        var open = Open("(");
        var low = Unnamed();
        Expect("..");
        var high = Unnamed();
        Close(open, ")");
        return new KustoExpression.Between(negated, subject, low, high);
    }

    // Whether a `|` comes before the list or the group ends: then the list is one query.
    bool HasPipeAhead()
    {
        var depth = 0;
        for (var offset = 0; Peek(offset).Kind != KustoTokenKind.End; offset++)
        {
            if (Peek(offset).Kind != KustoTokenKind.Punctuation)
                continue;
            var mark = TextOf(Peek(offset))[0];
            if (mark == ';' || (depth == 0 && mark is ',' or ')'))
                return false;
            if (depth == 0 && mark == '|')
                return true;
            depth += mark switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return false;
    }

    KustoExpression? TryOperand()
    {
        if (At("*") && Peek(1).Kind is KustoTokenKind.Keyword or KustoTokenKind.Punctuation
            && KustoInfix.Of(TextOf(Peek(1))) is { Kind: KustoInfixKind.Compare } infix && (infix.Level == KustoInfix.StringLevel || At("==", 1)))
            return TryStar();
        if (!At("-") && !At("+"))
            return TryPath();
        var start = Current.Span.Start;
        var negative = At("-");
        Advance();
        var operand = TryPath() ?? MissingExpression();
        return new KustoExpression.Sign(negative, operand) { Span = From(start) };
    }

    KustoExpression? TryPath()
    {
        var start = Current.Span.Start;
        if (At("totable"))
            return Converted(start);
        return TryPrimary() is { } root ? Accesses(root, start) : null;
    }

    // Only the path of a union's or a find's table may end in a wildcard; elsewhere the `*` that follows is a product.
    KustoExpression Accesses(KustoExpression root, int start, bool wildcards = false)
    {
        if (!At(".") && !At("["))
            return root;
        var accesses = ImmutableArray.CreateBuilder<KustoPart.Access>();
        while (At(".") || At("["))
        {
            var step = Current.Span.Start;
            var access = Take(".") ? Member(wildcards) : Index();
            accesses.Add(access with { Span = From(step) });
            if (wildcards && access.Selector is KustoExpression.Wildcard)
                break;
        }

        return new KustoExpression.Path(root, accesses.ToImmutable()) { Span = From(start) };
    }

    KustoPart.Access Member(bool wildcards)
    {
        if (At("[") && BracketedLength(0) == 0)
            return TryWildcard() is { } pattern ? new(false, pattern) : Index();
        return new(false, (wildcards ? TryWildcard() : null) ?? TrySelector() ?? MissingReference());
    }

    KustoPart.Access Index()
    {
        var open = Open("[");
        var value = TryUnnamed() ?? MissingReference();
        Close(open, "]");
        return new(true, value);
    }

    /// <summary>A call, or what <see cref="TryElement"/> reads.</summary>
    KustoExpression? TrySelector() => TryCall() ?? TryElement();

    /// <summary>A name in any form, a wildcard in brackets, a computed name, or <c>@</c>.</summary>
    KustoExpression? TryElement()
    {
        var start = Current.Span.Start;
        if (Current.Kind == KustoTokenKind.Keyword && KustoWords.IsOperand(TextOf(Current)))
            return new KustoExpression.Name(WordOf(Advance())) { Span = From(start) };
        if (Take("@"))
            return new KustoExpression.Name("@") { Span = From(start) };
        if (TryNameReference() is { } name)
            return name;
        if (!At("["))
            return null;
        return TryWildcard() ?? new KustoExpression.Computed(Index().Selector) { Span = From(start) };
    }

    KustoExpression? TryCall()
    {
        var length = NameLength();
        if (length == 0 || !At("(", length))
            return null;
        var start = Current.Span.Start;
        var name = TryName() ?? "";
        return new KustoExpression.Call(name, Arguments()) { Span = From(start) };
    }

    EquatableArray<KustoPart.Item> Arguments()
    {
        var open = Open("(");
        var arguments = CommaList(TryArgument, MissingItem, ListKind.Closed);
        Close(open, ")");
        return arguments;
    }

    KustoPart.Item? TryArgument() =>
        At("*") && (At(")", 1) || At(",", 1)) ? Item(TryStar() ?? MissingExpression()) : TryItem();
}
