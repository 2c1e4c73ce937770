using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Algebra;

/// <summary>The identity on predicates and expressions; a pass overrides what it changes. Unchanged parts keep their identity, spans stay.</summary>
public abstract class Rewriter
{
    /// <summary>A predicate with its parts rewritten.</summary>
    public virtual Predicate Rewrite(Predicate predicate) => predicate switch
    {
        Predicate.And and => and with { Terms = Each(and.Terms, Rewrite) },
        Predicate.Or or => or with { Terms = Each(or.Terms, Rewrite) },
        Predicate.Not not => not with { Operand = Rewrite(not.Operand) },
        Predicate.Test test => test with { Subject = Rewrite(test.Subject), Operands = Each(test.Operands, Rewrite) },
        Predicate.InSet set => set with { Subject = Rewrite(set.Subject), Set = Rewrite(set.Set) },
        Predicate.Absent absent => absent with { Subject = Rewrite(absent.Subject) },
        Predicate.Some some => some with { Collection = Rewrite(some.Collection), Body = Rewrite(some.Body) },
        Predicate.Every every => every with { Collection = Rewrite(every.Collection), Body = Rewrite(every.Body) },
        Predicate.IsTrue isTrue => isTrue with { Value = Rewrite(isTrue.Value) },
        Predicate.Truthy truthy => truthy with { Value = Rewrite(truthy.Value) },
        Predicate.Fails fails => fails with { Value = Rewrite(fails.Value) },
        Predicate.AtLeast atLeast => atLeast with { Terms = Each(atLeast.Terms, Rewrite) },
        Predicate.Constant or Predicate.Unsupported => predicate,
        _ => throw new UnreachableException(predicate.GetType().Name),
    };

    /// <summary>An expression with its parts rewritten.</summary>
    public virtual Expression Rewrite(Expression expression) => expression switch
    {
        Expression.Constant or Expression.Ref or Expression.Unsupported => expression,
        Expression.Call call => call with { Arguments = Each(call.Arguments, Rewrite) },
        Expression.If choice => choice with { Condition = Rewrite(choice.Condition), Then = Rewrite(choice.Then), Else = Rewrite(choice.Else) },
        Expression.Case @case => @case with
        {
            Arms = Each(@case.Arms, arm => arm with { Condition = Rewrite(arm.Condition), Value = Rewrite(arm.Value) }),
            Else = Rewrite(@case.Else),
        },
        Expression.Coalesce coalesce => coalesce with { Items = Each(coalesce.Items, Rewrite) },
        Expression.Arithmetic sum => sum with { Left = Rewrite(sum.Left), Right = Rewrite(sum.Right) },
        Expression.Lambda lambda => lambda with { Body = Rewrite(lambda.Body) },
        Expression.Boolean condition => condition with { Value = Rewrite(condition.Value) },
        Expression.ListOf list => list with { Items = Each(list.Items, Rewrite) },
        Expression.ObjectOf value => value with { Members = Each(value.Members, Rewrite) },
        Expression.Aggregate aggregate => aggregate with
        {
            Arguments = Each(aggregate.Arguments, Rewrite),
            Filter = aggregate.Filter is { } filter ? Rewrite(filter) : null,
        },
        Expression.Window window => window with
        {
            Arguments = Each(window.Arguments, Rewrite),
            Order = Each(window.Order, key => key with { Value = Rewrite(key.Value) }),
            PartitionBy = Each(window.PartitionBy, Rewrite),
        },
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    /// <summary>A set with its members rewritten; a plan inside is left to passes over plans.</summary>
    protected virtual ValueSet Rewrite(ValueSet set) => set switch
    {
        ValueSet.List list => list with { Items = Each(list.Items, Rewrite) },
        ValueSet.Named or ValueSet.Subplan => set,
        _ => throw new UnreachableException(set.GetType().Name),
    };

    /// <summary>A named expression with its value rewritten.</summary>
    protected Named Rewrite(Named named) => named with { Value = Rewrite(named.Value) };

    /// <summary>A sequence with each item rewritten; the same one where none changes.</summary>
    protected static EquatableArray<T> Each<T>(EquatableArray<T> items, Func<T, T> rewrite)
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            var item = rewrite(items[i]);
            if (changed is null && !ReferenceEquals(item, items[i]))
                changed = items.Items.ToBuilder();
            if (changed is not null)
                changed[i] = item;
        }

        return changed is null ? items : new(changed.ToImmutable());
    }
}
