using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>The value of an expression, or the truth that a test on it has whatever the value: unknown or error.</summary>
public readonly record struct Evaluated(EventValue Value, Truth? Trouble)
{
    /// <summary>A value that cannot be told.</summary>
    public static Evaluated Unclear { get; } = new(EventValue.Nothing, Truth.Unknown);

    /// <summary>A value that could not be computed.</summary>
    public static Evaluated Failed { get; } = new(EventValue.Nothing, Truth.Error);

    public static implicit operator Evaluated(EventValue value) => new(value, null);

    /// <summary>A plain value.</summary>
    public static Evaluated ToEvaluated(EventValue value) => value;
}

public sealed partial class ReferenceEvaluator
{
    /// <summary>The value of an expression over a scope.</summary>
    public Evaluated Evaluate(Expression expression, Scope scope) => expression switch
    {
        Expression.Constant constant => OfLiteral(constant.Value),
        Expression.Ref { Target: Reference.Parameter { Default: null } } => Evaluated.Unclear,
        Expression.Ref reference => Resolve(reference.Target, scope),
        Expression.Call call => EvaluateCall(call, scope),
        Expression.If choice => Evaluate(Evaluate(choice.Condition, scope) is Truth.True ? choice.Then : choice.Else, scope),
        Expression.Case @case => Evaluate(@case.Arms.Items.FirstOrDefault(arm => Evaluate(arm.Condition, scope) is Truth.True)?.Value ?? @case.Else, scope),
        Expression.Coalesce coalesce => EvaluateCoalesce(coalesce, scope),
        Expression.Arithmetic arithmetic => EvaluateArithmetic(arithmetic, scope),
        Expression.Boolean condition => Evaluate(condition.Value, scope) switch
        {
            Truth.Error => Evaluated.Failed,
            Truth.Unknown => EventValue.NullValue,
            var truth => new EventValue.Bool(truth is Truth.True),
        },
        Expression.ListOf list => All(list.Items, scope, items => new EventValue.Array(items)),
        Expression.ObjectOf record => All(
            [.. record.Members.Select(m => m.Value)], scope, values => new EventValue.Object([.. values.Select((v, i) => new EventValue.Member(record.Members[i].Name, v))])),
        Expression.Lambda or Expression.Aggregate or Expression.Window or Expression.Unsupported => Evaluated.Unclear,
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    Evaluated EvaluateCoalesce(Expression.Coalesce coalesce, Scope scope)
    {
        Evaluated last = EventValue.Nothing;
        foreach (var item in coalesce.Items)
        {
            last = Evaluate(item, scope);
            if (last.Trouble is not null || last.Value.HasValue)
                return last;
        }

        return last;
    }

    Evaluated All(EquatableArray<Expression> expressions, Scope scope, Func<ImmutableArray<EventValue>, EventValue> make)
    {
        var values = ImmutableArray.CreateBuilder<EventValue>(expressions.Count);
        foreach (var expression in expressions)
        {
            var value = Evaluate(expression, scope);
            if (value.Trouble is not null)
                return value;
            values.Add(value.Value);
        }

        return make(values.ToImmutable());
    }

    Evaluated EvaluateArithmetic(Expression.Arithmetic arithmetic, Scope scope)
    {
        var left = Evaluate(arithmetic.Left, scope);
        if (left.Trouble is not null)
            return left;
        var right = Evaluate(arithmetic.Right, scope);
        if (right.Trouble is not null)
            return right;
        return Calculation.Of(arithmetic.Operator, arithmetic.Dialect, left.Value, right.Value);
    }

    Evaluated EvaluateCall(Expression.Call call, Scope scope)
    {
        if (!Functions.IsKnown(call))
            return Evaluated.Unclear;
        return All(call.Arguments, scope, arguments => Functions.Call(call, arguments));
    }
}
