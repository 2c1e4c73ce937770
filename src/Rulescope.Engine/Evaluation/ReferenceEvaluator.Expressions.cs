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
        Expression.If choice => Chosen([new(choice.Condition, choice.Then)], choice.Else, scope),
        Expression.Case @case => Chosen(@case.Arms, @case.Else, scope),
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

    // An error in a condition leaves no value; an unknown one is not true.
    Evaluated Chosen(EquatableArray<Expression.Arm> arms, Expression otherwise, Scope scope)
    {
        foreach (var arm in arms)
        {
            var truth = Evaluate(arm.Condition, scope);
            if (truth is Truth.Error)
                return Evaluated.Failed;
            if (truth is Truth.True)
                return Evaluate(arm.Value, scope);
        }

        return Evaluate(otherwise, scope);
    }

    Evaluated EvaluateCoalesce(Expression.Coalesce coalesce, Scope scope)
    {
        Evaluated last = EventValue.Nothing;
        foreach (var item in coalesce.Items)
        {
            last = Evaluate(item, scope);
            if (last.Trouble is not null || last.Value.HasValue || (coalesce.KeepsNull && last.Value is EventValue.Null))
                return last;
        }

        return last;
    }

    Evaluated All(EquatableArray<Expression> expressions, Scope scope, Func<ImmutableArray<EventValue>, Evaluated> make)
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
        return call.Dialect is Dialect.Python && PythonFunctions.OverElements.Contains(call.Function)
            ? OverElements(call, scope)
            : All(call.Arguments, scope, arguments => Functions.Call(call, arguments));
    }

    // A list of what a lambda gives for each element, or of the elements for which it is true.
    Evaluated OverElements(Expression.Call call, Scope scope)
    {
        if (call.Arguments is not [var collection, Expression.Lambda { Parameters: [var variable] } lambda])
            return Evaluated.Unclear;
        var elements = Elements(collection, scope);
        if (elements.Trouble is not null || elements.Value is not EventValue.Array list)
            return elements;
        var results = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var item in list.Items)
        {
            var result = Evaluate(lambda.Body, Bind(scope, variable, item));
            if (result.Trouble is not null)
                return result;
            if (call.Function == "map" || result.Value is EventValue.Bool { Value: true })
                results.Add(call.Function == "map" ? result.Value : item);
        }

        return new EventValue.Array(results.ToImmutable());
    }
}
