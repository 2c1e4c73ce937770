using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Algebra;

/// <summary>Carries the spans of a query from the text it was parsed from to the file around that text.</summary>
public sealed class Relocation : PlanRewriter
{
    readonly Func<SourceSpan, SourceSpan> _move;
    readonly Func<SourceSpan, Excerpt?>? _draw;

    Relocation(Func<SourceSpan, SourceSpan> move, Func<SourceSpan, Excerpt?>? draw) => (_move, _draw) = (move, draw);

    /// <summary>The same query with every span moved; nodes that lowering made up have none and keep none.</summary>
    /// <param name="draw">Where a stretch stands in a text that the rule draws on; null for one of its own.</param>
    public static RuleQuery Of(RuleQuery query, Func<SourceSpan, SourceSpan> move, Func<SourceSpan, Excerpt?>? draw = null) => new Relocation(move, draw).Rewrite(query);

    /// <summary>The same condition with every span moved.</summary>
    public static Predicate Of(Predicate condition, Func<SourceSpan, SourceSpan> move, Func<SourceSpan, Excerpt?>? draw = null) => new Relocation(move, draw).Rewrite(condition);

    /// <inheritdoc/>
    public override Plan Rewrite(Plan plan) => base.Rewrite(plan) with { Span = Move(plan.Span) };

    /// <inheritdoc/>
    public override Predicate Rewrite(Predicate predicate) => base.Rewrite(predicate) with
    {
        Span = Move(predicate.Span),
        Written = predicate.Written is { } written ? written with { OperatorSpan = Move(written.OperatorSpan) } : null,
    };

    /// <inheritdoc/>
    public override Expression Rewrite(Expression expression)
    {
        var rewritten = base.Rewrite(expression);
        if (rewritten is Expression.Ref reference)
            rewritten = reference with { Target = reference.Target with { Span = Move(reference.Target.Span) } };
        return rewritten with { Span = Move(expression.Span), Drawn = Draw(expression.Drawn, expression.Span) };
    }

    /// <inheritdoc/>
    protected override ValueSet Rewrite(ValueSet set) => base.Rewrite(set) with { Span = Move(set.Span), Drawn = Draw(set.Drawn, set.Span) };

    Excerpt? Draw(Excerpt? drawn, SourceSpan span) => drawn ?? (span == default ? null : _draw?.Invoke(span));

    SourceSpan Move(SourceSpan span) => span == default ? default : _move(span);
}
