using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>Connectives that keep source order and say nothing twice. Constants go where the outcome is the same on every event that raises no error.</summary>
static class Conditions
{
    public static Predicate True { get; } = new Predicate.Constant(Truth.True);

    public static Predicate False { get; } = new Predicate.Constant(Truth.False);

    public static Predicate Error { get; } = new Predicate.Constant(Truth.Error);

    public static bool IsTrue(Predicate p) => p is Predicate.Constant { Value: Truth.True };

    public static bool IsFalse(Predicate p) => p is Predicate.Constant { Value: Truth.False };

    public static Predicate Of(bool value) => value ? True : False;

    public static Predicate Not(Predicate p) => p switch
    {
        Predicate.Constant constant => new Predicate.Constant(Kleene.Not(constant.Value)),
        Predicate.Not not => not.Operand,
        // What excludes what is not so asks for it: not (a != 1 or b) is a == 1 and not b. Order, and with it errors, stays.
        Predicate.Or any when any.Terms.Items.Any(IsNegative) => And([.. any.Terms.Items.Select(Not)]),
        Predicate.And all when IsNegative(all) => Or([.. all.Terms.Items.Select(Not)]),
        // No element that is not so: every element is so.
        Predicate.Some some when IsNegative(some.Body) && !some.KeepsEmpty => new Predicate.Every(some.Collection, some.Variable, Not(some.Body)) { Span = some.Span },
        Predicate.Every { OnEmpty: Truth.True } every when IsNegative(every.Body) => new Predicate.Some(every.Collection, every.Variable, Not(every.Body)) { Span = every.Span },
        _ => new Predicate.Not(p) { Span = p.Span },
    };

    static bool IsNegative(Predicate p) => p switch
    {
        Predicate.Not => true,
        Predicate.And and => and.Terms.Items.All(IsNegative),
        Predicate.Some some => IsNegative(some.Body),
        _ => false,
    };

    public static Predicate And(params ReadOnlySpan<Predicate> terms)
    {
        var kept = ImmutableArray.CreateBuilder<Predicate>();
        foreach (var term in terms)
        {
            if (IsTrue(term))
                continue;
            if (IsFalse(term))
                return False;
            if (term is Predicate.And inner)
                kept.AddRange(inner.Terms.Items);
            else
                kept.Add(term);
            if (term is Predicate.Constant)
                break;
        }

        return kept.Count switch { 0 => True, 1 => kept[0], _ => new Predicate.And(kept.ToImmutable()) { Span = Cover(kept) } };
    }

    public static Predicate Or(params ReadOnlySpan<Predicate> terms)
    {
        var kept = ImmutableArray.CreateBuilder<Predicate>();
        foreach (var term in terms)
        {
            if (IsFalse(term))
                continue;
            if (IsTrue(term))
                return True;
            if (term is Predicate.Or inner)
                kept.AddRange(inner.Terms.Items);
            else
                kept.Add(term);
            if (term is Predicate.Constant)
                break;
        }

        return kept.Count switch { 0 => False, 1 => kept[0], _ => new Predicate.Or(kept.ToImmutable()) { Span = Cover(kept) } };
    }

    /// <summary>One condition or another by a third: <c>g and a or not g and b</c>, shorter where a side is constant.</summary>
    public static Predicate Select(Predicate guard, Predicate then, Predicate otherwise) => (then, otherwise) switch
    {
        _ when IsTrue(guard) => then,
        _ when IsFalse(guard) => otherwise,
        _ when ReferenceEquals(then, otherwise) || (IsTrue(then) && IsTrue(otherwise)) || (IsFalse(then) && IsFalse(otherwise)) => then,
        _ when IsTrue(then) => Or(guard, otherwise),
        _ when IsFalse(then) => And(Not(guard), otherwise),
        _ when IsTrue(otherwise) => Or(Not(guard), then),
        _ when IsFalse(otherwise) => And(guard, then),
        // "a or b" compared with a value: where a is that value it counts as true.
        _ when guard is Predicate.Truthy { Value: var tested } && Implies(then, tested) => Or(then, And(Not(guard), otherwise)),
        _ => Or(And(guard, then), And(Not(guard), otherwise)),
    };

    static bool Implies(Predicate condition, Expression counts) => condition switch
    {
        Predicate.Test { Match: Match.Exact, Operands: [Expression.Constant { Value: var value }] } test => ReferenceEquals(test.Subject, counts) && Counts(value),
        Predicate.InSet { Match: Match.Exact, Set: ValueSet.List list } set => ReferenceEquals(set.Subject, counts) && list.Items.Items.All(i => i is Expression.Constant { Value: var value } && Counts(value)),
        _ => false,
    };

    static bool Counts(Literal value) => value is Literal.String { Value.Length: > 0 } or Literal.Integer { Value: not 0 } or Literal.Boolean { Value: true };

    // The terms of a group may come from other places of the file; its span is that of those that have one.
    static SourceSpan Cover(ImmutableArray<Predicate>.Builder terms)
    {
        SourceSpan span = default;
        foreach (var term in terms)
        {
            if (term.Span.Length > 0)
                span = span.Length == 0 ? term.Span : SourceSpan.Cover(span, term.Span);
        }

        return span;
    }
}
