using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    // What Python's == gives: unlike types are unequal, None too, and nothing raises.
    static readonly Semantics Equality = new() { Coerce = new Coercion.BooleanAsNumber(), Multi = MultiValue.WholeList };

    // "is True": the value and its type.
    static readonly Semantics Identity = new() { Multi = MultiValue.WholeList };

    // Where None and a value of another type raise an exception.
    static readonly Semantics Strict = new()
    {
        OnMissing = Algebra.Values.Truth.Error,
        OnNull = Algebra.Values.Truth.Error,
        OnWrongType = Algebra.Values.Truth.Error,
        Multi = MultiValue.Scalar,
    };

    static readonly Semantics StrictWhole = Strict with { Multi = MultiValue.WholeList };

    SymbolicValue Compared(PythonExpression.Compare compare)
    {
        var left = Evaluate(compare.Left);
        var all = Conditions.True;
        foreach (var link in compare.Links)
        {
            var right = Evaluate(link.Right);
            var node = compare.Links.Count == 1 ? (PythonNode)compare : link;
            all = Conditions.And(all, Truth(Compared(left, link.Operator, right, node), node));
            left = right;
        }

        return OfPredicate(all);
    }

    SymbolicValue Compared(SymbolicValue left, PythonComparisonOperator op, SymbolicValue right, PythonNode node) => op switch
    {
        PythonComparisonOperator.Equal => Equal(left, right, node),
        PythonComparisonOperator.NotEqual => Negated(Equal(left, right, node), "!=", node),
        PythonComparisonOperator.Is => Identical(left, right, node),
        PythonComparisonOperator.IsNot => Negated(Identical(left, right, node), "is not", node),
        PythonComparisonOperator.In => Contained(left, right, node),
        PythonComparisonOperator.NotIn => Negated(Contained(left, right, node), "not in", node),
        PythonComparisonOperator.Less => Ordered(left, right, OrderRelation.Less, node),
        PythonComparisonOperator.LessOrEqual => Ordered(left, right, OrderRelation.LessOrEqual, node),
        PythonComparisonOperator.Greater => Ordered(left, right, OrderRelation.Greater, node),
        PythonComparisonOperator.GreaterOrEqual => Ordered(left, right, OrderRelation.GreaterOrEqual, node),
        _ => throw new UnreachableException(op.ToString()),
    };

    SymbolicValue Negated(SymbolicValue value, string sign, PythonNode node)
    {
        var negated = Conditions.Not(Truth(value, node));
        return OfPredicate(negated is Predicate.Not not && not.Operand is Predicate.Test or Predicate.InSet or Predicate.Absent
            ? not with { Span = Place(node), Written = new(sign, Place(node)) { Negated = true } }
            : negated);
    }

    SymbolicValue Equal(SymbolicValue left, SymbolicValue right, PythonNode node) => Map(left, right, (a, b) => EqualOne(a, b, node));

    SymbolicValue EqualOne(SymbolicValue left, SymbolicValue right, PythonNode node)
    {
        switch (left, right)
        {
            case (SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised, _):
                return Spoiled(left);
            case (_, SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised):
                return Spoiled(right);
            case (SymbolicValue.Constant a, SymbolicValue.Constant b):
                return Conditioned(SameLiteral(a.Value, b.Value));
            case (SymbolicValue.Constant { IsNone: true }, _):
                return IsNone(right, node);
            case (_, SymbolicValue.Constant { IsNone: true }):
                return IsNone(left, node);
            case (SymbolicValue.Condition a, SymbolicValue.Constant { Value: Literal.Boolean flag }):
                return OfPredicate(flag.Value ? a.Value : Conditions.Not(a.Value));
            case (SymbolicValue.Constant, SymbolicValue.Computed or SymbolicValue.Condition):
                return EqualOne(right, left, node);
            case (SymbolicValue.Sequence a, SymbolicValue.Sequence b):
                return EqualItems(a, b, node);
            case (SymbolicValue.Size size, SymbolicValue.Constant { Value: Literal.Integer { Value: 0 } }):
                return OfPredicate(Conditions.Not(Truth(size.Of, node)));
            case (SymbolicValue.Instance, _) or (_, SymbolicValue.Instance) or (SymbolicValue.Function, _) or (SymbolicValue.Builtin, _):
                return Spoiled(left);
        }

        if (ToExpression(left) is not { } subject || ToExpression(right) is not { } operand)
            return Spoiled(left is SymbolicValue.Computed ? right : left);
        if (subject is Expression.Constant && operand is not Expression.Constant)
            (subject, operand) = (operand, subject);
        return OfPredicate(new Predicate.Test(subject, new Match.Exact(), [operand], EqualityTo(operand)) { Span = Place(node) });
    }

    // Only against a bool or a number does it matter that True is 1.
    static Semantics EqualityTo(Expression operand) => operand is Expression.Constant { Value: Literal.String or Literal.Array or Literal.Object or Literal.Real or Literal.Integer { Value: not (0 or 1) } }
        ? Identity : operand is Expression.Constant ? Equality : Equality with { OnBothAbsent = Algebra.Values.Truth.True };

    SymbolicValue EqualItems(SymbolicValue.Sequence left, SymbolicValue.Sequence right, PythonNode node)
    {
        if (left.Items.Length != right.Items.Length || left.Kind != right.Kind)
            return SymbolicValue.False;
        if (left.Kind is SequenceKind.Set)
            return Spoiled(left);
        return OfPredicate(Conditions.And([.. left.Items.Zip(right.Items, (a, b) => Truth(Equal(a, b, node), node))]));
    }

    static Predicate.Absent AbsentOf(Expression subject, SourceSpan span) => new(subject, Absence.Missing | Absence.Null) { Span = span };

    Predicate Absent(Expression subject, PythonNode node) => AbsentOf(subject, Place(node));

    SymbolicValue IsNone(SymbolicValue value, PythonNode node) => value switch
    {
        SymbolicValue.Computed { Value: var subject } => OfPredicate(NeverNone(subject) ? Conditions.False : Absent(subject, node)),
        SymbolicValue.Found found => OfPredicate(Conditions.Not(Matches(found, node))),
        SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised => Spoiled(value),
        SymbolicValue.Constant constant => Conditioned(constant.IsNone),
        _ => SymbolicValue.False,
    };

    static bool NeverNone(Expression subject) => IsText(subject) || IsList(subject) || subject is Expression.Call { Function: "item", Dialect: Dialect.Python, Arguments: [Expression.Call { Function: "split" or "rsplit", Dialect: Dialect.Python }, ..] };

    static SymbolicValue Conditioned(bool value) => value ? SymbolicValue.True : SymbolicValue.False;

    SymbolicValue Identical(SymbolicValue left, SymbolicValue right, PythonNode node) => Map(left, right, (a, b) => (a, b) switch
    {
        (SymbolicValue.Computed subject, SymbolicValue.Constant { Value: Literal.Boolean } flag) =>
            OfPredicate(new Predicate.Test(subject.Value, new Match.Exact(), [flag.Expression], Identity) { Span = Place(node) }),
        (SymbolicValue.Constant x, SymbolicValue.Constant y) => Conditioned(x.Value.Equals(y.Value)),
        _ => EqualOne(a, b, node),
    });

    SymbolicValue Ordered(SymbolicValue left, SymbolicValue right, OrderRelation relation, PythonNode node) => Map(left, right, (a, b) =>
    {
        if (a is SymbolicValue.Raised or SymbolicValue.Unknown or SymbolicValue.Carried)
            return Spoiled(a);
        if (b is SymbolicValue.Raised or SymbolicValue.Unknown or SymbolicValue.Carried)
            return Spoiled(b);
        if (a is SymbolicValue.Constant { Value: var x } && b is SymbolicValue.Constant { Value: var y })
            return Order(x, y) is { } sign ? Conditioned(Holds(relation, sign)) : new SymbolicValue.Raised();
        if (a is SymbolicValue.Size size && b is SymbolicValue.Constant { Value: Literal.Integer number } && (relation, number.Value) is (OrderRelation.Greater, 0) or (OrderRelation.GreaterOrEqual, 1))
            return OfPredicate(Truth(size.Of, node));
        if (ToExpression(a) is not { } subject || ToExpression(b) is not { } operand)
            return Spoiled(a is SymbolicValue.Computed or SymbolicValue.Constant ? b : a);
        if (subject is Expression.Constant)
            (subject, operand, relation) = (operand, subject, Turned(relation));
        return OfPredicate(new Predicate.Test(subject, new Match.Order(relation) { Kind = OrderKind.ByType }, [operand], Strict) { Span = Place(node) });
    });

    static OrderRelation Turned(OrderRelation relation) => relation switch
    {
        OrderRelation.Less => OrderRelation.Greater,
        OrderRelation.LessOrEqual => OrderRelation.GreaterOrEqual,
        OrderRelation.Greater => OrderRelation.Less,
        _ => OrderRelation.LessOrEqual,
    };

    static bool Holds(OrderRelation relation, int sign) => relation switch
    {
        OrderRelation.Less => sign < 0,
        OrderRelation.LessOrEqual => sign <= 0,
        OrderRelation.Greater => sign > 0,
        _ => sign >= 0,
    };

    static int? Order(Literal left, Literal right) => (left, right) switch
    {
        (Literal.String a, Literal.String b) => string.CompareOrdinal(a.Value, b.Value),
        _ => NumberOf(left) is { } a && NumberOf(right) is { } b ? a.CompareTo(b) : null,
    };

    static double? NumberOf(Literal literal) => literal switch
    {
        Literal.Integer number => number.Value,
        Literal.Real number => number.Value,
        Literal.Boolean flag => flag.Value ? 1 : 0,
        _ => null,
    };

    static bool SameLiteral(Literal left, Literal right) => NumberOf(left) is { } a && NumberOf(right) is { } b ? a.Equals(b) : left.Equals(right);

    static bool IsSame(SymbolicValue left, SymbolicValue right) =>
        ReferenceEquals(left, right) || (left is SymbolicValue.Constant a && right is SymbolicValue.Constant b && a.Value.Equals(b.Value)) || (left is SymbolicValue.Raised && right is SymbolicValue.Raised);

    /// <summary>Python's <c>in</c>.</summary>
    SymbolicValue Contained(SymbolicValue needle, SymbolicValue hay, PythonNode node) => Map(hay, needle, (h, n) => ContainedOne(n, h, node));

    SymbolicValue ContainedOne(SymbolicValue needle, SymbolicValue hay, PythonNode node)
    {
        if (needle is SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised)
            return Spoiled(needle);
        switch (hay)
        {
            case SymbolicValue.Event when needle is SymbolicValue.Constant { Value: Literal.String key }:
                return OfPredicate(Conditions.Not(new Predicate.Absent(EventField([new Algebra.Fields.PathSegment.Key(key.Value)]), Absence.Missing) { Span = Place(node) }));
            case SymbolicValue.Sequence sequence when sequence.Items.Any(IsOptional):
                return OfPredicate(Conditions.Or([.. sequence.Items.Select(i => Conditions.And(GuardOf(i), Truth(Equal(needle, Given(i), node), node)))]));
            case SymbolicValue.Sequence or SymbolicValue.Dictionary when Items(hay) is { } items:
                return InItems(needle, items, node);
            case SymbolicValue.Constant { Value: Literal.String text }:
                return InText(needle, text.Value, hay, node);
            case SymbolicValue.Constant:
                return new SymbolicValue.Raised();
            case SymbolicValue.Selected selected:
                return OfPredicate(Some(selected.Collection, selected.Variable, Conditions.And(selected.Filter, Truth(Equal(selected.Element, needle, node), node))));
            case SymbolicValue.Network network:
                return InNetwork(needle, network, node);
            case SymbolicValue.Computed computed when ToExpression(needle) is { } operand:
                return OfPredicate(IsText(computed.Value)
                    ? new Predicate.Test(computed.Value, new Match.Contains(), [operand], Strict) { Span = Place(node) }
                    : new Predicate.Test(computed.Value, new Match.Member(), [operand], StrictWhole) { Span = Place(node) });
            default:
                return Spoiled(hay);
        }
    }

    SymbolicValue InItems(SymbolicValue needle, ImmutableArray<SymbolicValue> items, PythonNode node)
    {
        if (needle is SymbolicValue.Constant && items.All(i => i is SymbolicValue.Constant))
            return Conditioned(items.Any(i => SameLiteral(((SymbolicValue.Constant)i).Value, ((SymbolicValue.Constant)needle).Value)));
        var constants = items.OfType<SymbolicValue.Constant>().Where(c => !c.IsNone).ToList();
        var any = Conditions.False;
        if (ToExpression(needle) is { } subject && needle is not (SymbolicValue.Constant or SymbolicValue.Condition) && constants.Count > 0)
        {
            var semantics = constants.All(c => EqualityTo(new Expression.Constant(c.Value)) == Identity) ? Identity : Equality;
            any = new Predicate.InSet(subject, new ValueSet.List([.. constants.Select(c => c.Expression)]), new Match.Exact(), semantics) { Span = Place(node) };
            items = [.. items.Where(i => i is not SymbolicValue.Constant constant || constant.IsNone)];
        }

        foreach (var item in items)
            any = Conditions.Or(any, Truth(Equal(needle, item, node), node));
        return OfPredicate(any);
    }

    // A part of a constant text: the value must be a text.
    SymbolicValue InText(SymbolicValue needle, string text, SymbolicValue hay, PythonNode node) => needle switch
    {
        SymbolicValue.Constant { Value: Literal.String part } => Conditioned(text.Contains(part.Value, StringComparison.Ordinal)),
        SymbolicValue.Constant => new SymbolicValue.Raised(),
        _ when ToExpression(needle) is { } operand && ConstantOf(hay) is { } subject => OfPredicate(new Predicate.Test(subject, new Match.Contains(), [operand], Strict) { Span = Place(node) }),
        _ => Spoiled(needle),
    };

    SymbolicValue InNetwork(SymbolicValue needle, SymbolicValue.Network network, PythonNode node) => Map(network.Text, text =>
        needle is SymbolicValue.Address { Text: var address } && ToExpression(address) is { } subject && ToExpression(text) is { } operand
            ? OfPredicate(new Predicate.Test(subject, new Match.Cidr { HostBits = network.HostBits }, [operand], Strict) { Span = Place(node) })
            : Spoiled(needle));

    Predicate Matches(SymbolicValue.Found found, PythonNode? node)
    {
        if (found.Pattern.Text is not SymbolicValue.Constant { Value: Literal.String } pattern || ToExpression(found.Text) is not { } subject)
            return Unread(node, CauseOf(found.Pattern.Text is SymbolicValue.Constant ? found.Text : found.Pattern.Text) is { Length: > 0 } cause ? cause : "a pattern that depends on the event has no model here");
        var match = new Match.Regex(RegexDialect.Python) { Flags = found.Pattern.Flags, Anchor = found.Anchor };
        return new Predicate.Test(subject, match, [pattern.Expression], Strict) { Span = node is null ? default : Place(node) };
    }
}
