using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>An expression made ready, where no event is at hand: its fields have no value.</summary>
public sealed class ExpressionEvaluator
{
    static readonly Scope NoFields = new(new(new(new EventValue.Object([]), "", 0), null, null));

    readonly Expression _expression;
    readonly ReferenceEvaluator _evaluator;

    ExpressionEvaluator(Expression expression, ReferenceEvaluator evaluator)
    {
        _expression = expression;
        _evaluator = evaluator;
    }

    /// <summary>Its value; null where it has none.</summary>
    public EventValue Value => _evaluator.Evaluate(_expression, NoFields).Value;

    /// <summary>The expression, ready to run, or null with findings that say why it does not run.</summary>
    public static Parsed<ExpressionEvaluator?> Prepare(Expression expression)
    {
        var evaluator = new ReferenceEvaluator();
        var parts = new RunnableParts(evaluator);
        parts.Values([expression]);
        return parts.Findings.IsEmpty ? Parsed.Clean<ExpressionEvaluator?>(new(expression, evaluator)) : new(null, parts.Findings);
    }
}
