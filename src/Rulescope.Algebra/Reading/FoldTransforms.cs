using System.Collections.Frozen;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;

namespace Rulescope.Algebra.Reading;

/// <summary>The subject of a leaf: which field it is about, and whether a function around it folded its case.</summary>
sealed record Subject(string Field, Reference? Target, bool Folds);

/// <summary>Pass 3: functions that only change the letter case, the type or a default do not change what a test is about.</summary>
static class FoldTransforms
{
    static readonly FrozenSet<string> CaseFunctions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "lower", "tolower", "to_lower", "upper", "toupper", "to_upper", "casefold");
    static readonly FrozenSet<string> TypeFunctions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "tostring", "to_string", "str", "trim", "strip", "iter", "toint", "tolong", "tonumber", "string");

    public static Subject Of(Expression expression)
    {
        var folds = false;
        while (true)
        {
            switch (expression)
            {
                // A name that stands for different fields on different logs.
                case { Spelling: { } name }:
                    return new(name, OnlyReference(expression), folds);
                case Expression.Ref reference:
                    return new(reference.Target.Display, reference.Target, folds);
                case Expression.Call { Arguments.Count: 1 } call when CaseFunctions.Contains(call.Function):
                    folds = true;
                    expression = call.Arguments[0];
                    break;
                case Expression.Call { Arguments.Count: 1 } call when TypeFunctions.Contains(call.Function):
                    expression = call.Arguments[0];
                    break;
                case Expression.Coalesce { Items: [Expression.Ref or Expression.Call or Expression.Coalesce or Expression.If, Expression.Constant] } coalesce:
                    expression = coalesce.Items[0];
                    break;
                // x or "": a default for whatever counts as false.
                case Expression.If { Condition: Predicate.Truthy, Else: Expression.Constant } choice:
                    expression = choice.Then;
                    break;
                case Expression.Call { Function: "member" or "item" or "path" or "deep_walk" } when Member(expression) is { } member:
                    return member with { Folds = folds };
                // What is cut off at the edges changes no field.
                case Expression.Call { Function: "strip" or "lstrip" or "rstrip", Dialect: Dialect.Python } cut:
                    expression = cut.Arguments[0];
                    break;
                default:
                    return new(Name(expression, 0), OnlyReference(expression), folds);
            }
        }
    }

    // The way into a JSON text is part of the field: parse_json(a).b is a.b.
    static Subject? Member(Expression expression)
    {
        var keys = new List<PathSegment>();
        while (true)
        {
            switch (expression)
            {
                case Expression.Call { Function: "deep_walk", Arguments: [_, Expression.Constant { Value: Literal.Array walked }, ..] } walk:
                    keys.InsertRange(0, walked.Items.Items.Select(k => new PathSegment.Key(k.Display)));
                    expression = walk.Arguments[0];
                    break;
                case Expression.Coalesce { Items: [var first, Expression.Constant] }:
                    expression = first;
                    break;
                case Expression.If { Spelling: null, Condition: Predicate.Truthy, Else: Expression.Constant } choice:
                    expression = choice.Then;
                    break;
                case Expression.Call { Function: "member" or "item" or "path", Arguments.Count: > 1 } call:
                    var steps = call.Arguments.Skip(1).Select(Step).OfType<PathSegment>().ToList();
                    if (steps.Count < call.Arguments.Count - 1)
                        return null;
                    keys.InsertRange(0, steps);
                    expression = call.Arguments[0];
                    break;
                case Expression.Call { Arguments: [var only], Function: "parse_json" or "tostring" or "str" or "iter" or "set" }:
                    expression = only;
                    break;
                default:
                    var field = expression is Expression.Ref { Target: Reference.Field found } ? found with { Path = new([.. found.Path.Segments, .. keys]) } : null;
                    var name = expression.Spelling is { } spelling ? new FieldPath([new PathSegment.Key(spelling), .. keys]).Display : field?.Display;
                    return name is null ? null : new(name, field, Folds: false);
            }
        }
    }

    static PathSegment? Step(Expression key) => key switch
    {
        Expression.Constant { Value: Literal.String text } => new PathSegment.Key(text.Value),
        Expression.Constant { Value: Literal.Integer { Value: > int.MinValue and < int.MaxValue } index } => new PathSegment.Index((int)index.Value),
        _ => null,
    };

    // A computed subject keeps its shape in the name: length(CommandLine).
    static string Name(Expression expression, int depth) => depth > 8 ? "…" : expression switch
    {
        Expression.Ref reference => reference.Target.Display,
        Expression.Constant constant => constant.Value.Display,
        Expression.Call call => $"{call.Function}({string.Join(", ", call.Arguments.Select(a => Name(a, depth + 1)))})",
        Expression.Aggregate aggregate => $"{aggregate.Function}({string.Join(", ", aggregate.Arguments.Select(a => Name(a, depth + 1)))})",
        Expression.Arithmetic sum => $"{Name(sum.Left, depth + 1)} {Sign(sum.Operator)} {Name(sum.Right, depth + 1)}",
        Expression.If choice => Name(choice.Then, depth + 1),
        Expression.Coalesce { Items: [not Expression.Constant and var only, Expression.Constant] } => Name(only, depth + 1),
        Expression.Coalesce coalesce => $"coalesce({string.Join(", ", coalesce.Items.Select(i => Name(i, depth + 1)))})",
        _ => TreeShapeName(expression),
    };

    static string TreeShapeName(Expression expression) => $"({expression.GetType().Name.ToLowerInvariant()})";

    static string Sign(ArithmeticOperator value) => value switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
        ArithmeticOperator.FloorDivide => "//",
        ArithmeticOperator.Modulo => "%",
        _ => "^",
    };

    static Reference? OnlyReference(Expression expression)
    {
        var probe = new References();
        probe.Rewrite(expression);
        return probe.Found is [var only] ? only : null;
    }

    sealed class References : Rewriter
    {
        public List<Reference> Found { get; } = [];

        public override Expression Rewrite(Expression expression)
        {
            if (expression is Expression.Ref reference && !Found.Contains(reference.Target))
                Found.Add(reference.Target);
            return base.Rewrite(expression);
        }
    }
}
