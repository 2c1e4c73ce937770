using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Patterns;

namespace Rulescope.Languages.Yaral;

/// <summary>What tests give on absent fields: UDM has no null, what is absent is the empty text, zero or false.</summary>
static class Zeros
{
    /// <summary>The semantics of a test whose outcome on the zero value is known.</summary>
    /// <param name="operand">What is compared with: numbers may come as texts, since JSON has no 64-bit integers.</param>
    public static Semantics Of(bool folds, Truth onZero, Expression? operand = null) => new()
    {
        Fold = folds ? new Folding.UnicodeSimple() : new Folding.Ordinal(),
        Coerce = operand is Expression.Constant { Value: Literal.Integer or Literal.Real } ? new Coercion.ByNumberIfBoth() : new Coercion.None(),
        OnMissing = onZero,
        OnNull = onZero,
    };

    /// <summary>Whether the zero value of the operand's type meets the operand; null where that cannot be told.</summary>
    public static bool? Meets(Match match, Expression operand) => (match, operand) switch
    {
        (Match.Regex, Expression.Constant { Value: Literal.String text }) => EmptyText.Fits(text.Value),
        (Match.Exact or Match.Contains or Match.Prefix or Match.Suffix, Expression.Constant { Value: Literal.String text }) => text.Value.Length == 0,
        (Match.Exact, Expression.Constant { Value: Literal.Boolean flag }) => !flag.Value,
        (Match.Exact, Expression.Constant constant) => Number(constant) is 0,
        (Match.Order order, Expression.Constant { Value: Literal.String text }) => Holds(order.Relation, string.CompareOrdinal("", text.Value)),
        (Match.Order order, Expression.Constant constant) => Number(constant) is { } number ? Holds(order.Relation, 0d.CompareTo(number)) : null,
        (Match.Cidr, _) => false,
        _ => null,
    };

    /// <summary>The value, or the empty text where there is none.</summary>
    public static Expression OrEmpty(Expression value) => Or(value, Expression.Text(""));

    /// <summary>The value, or the zero value where there is none. Only fields can be absent.</summary>
    public static Expression Or(Expression value, Expression zero) =>
        value is Expression.Ref { Target: not Algebra.Fields.Reference.Column } ? new Expression.Coalesce([value, zero]) { Span = value.Span } : value;

    static bool Holds(OrderRelation relation, int sign) => relation switch
    {
        OrderRelation.Less => sign < 0,
        OrderRelation.LessOrEqual => sign <= 0,
        OrderRelation.Greater => sign > 0,
        _ => sign >= 0,
    };

    static double? Number(Expression.Constant constant) => constant.Value switch
    {
        Literal.Integer whole => whole.Value,
        Literal.Real real => real.Value,
        Literal.Duration length => length.Ticks,
        _ => null,
    };
}
