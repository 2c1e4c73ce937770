using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Elastic;

/// <summary>One value that a field may have, and how it is met.</summary>
sealed record Alternative(Match Match, Semantics Semantics, Expression Operand);

/// <summary>Connectives as flat as they can be, and lists of values as one test.</summary>
static class Terms
{
    /// <summary>A conjunction; one term stands alone, an inner one without a name dissolves.</summary>
    public static Predicate All(IReadOnlyCollection<Predicate> terms, SourceSpan span)
    {
        var flat = terms.SelectMany(t => t is Predicate.And { Written: null } and ? and.Terms : [t]).ToEquatableArray();
        return flat.Count == 1 ? flat[0] : new Predicate.And(flat) { Span = span };
    }

    /// <summary>A disjunction, flat in the same way.</summary>
    public static Predicate Any(IReadOnlyCollection<Predicate> terms, SourceSpan span)
    {
        var flat = terms.SelectMany(t => t is Predicate.Or { Written: null } or ? or.Terms : [t]).ToEquatableArray();
        return flat.Count == 1 ? flat[0] : new Predicate.Or(flat) { Span = span };
    }

    /// <summary>The subject meets one of the alternatives. Those met in one way are one test, in the order of their first ones.</summary>
    public static Predicate AnyOf(Expression subject, IReadOnlyList<Alternative> alternatives, SourceSpan span, Written? written = null)
    {
        var tests = alternatives.GroupBy(a => (a.Match, a.Semantics)).Select(Predicate (group) =>
        {
            var operands = group.Select(a => a.Operand).ToEquatableArray();
            return operands.Count == 1
                ? new Predicate.Test(subject, group.Key.Match, operands, group.Key.Semantics) { Span = span, Written = written }
                : new Predicate.InSet(subject, new ValueSet.List(operands), group.Key.Match, group.Key.Semantics) { Span = span, Written = written };
        });
        return Any([.. tests], span);
    }
}
