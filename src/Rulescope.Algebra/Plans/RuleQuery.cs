using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Algebra.Plans;

/// <summary>The logic of one rule: a plan and the views it uses. Everything downstream reads this and never the rule's text.</summary>
public sealed record RuleQuery(Plan Plan)
{
    /// <summary>Named plans that <see cref="Plan.Use"/> points to, in source order; a view sees only earlier ones.</summary>
    public EquatableArray<View> Views { get; init; }

    /// <summary>The query of a rule without logic of its own (machine learning, a policy without code).</summary>
    public static RuleQuery Empty(LogSource source) => new(new Plan.Source(source));

    /// <summary>The commonest rule: one condition over the events of one source.</summary>
    public static RuleQuery Of(LogSource source, Predicate condition) =>
        new(new Plan.Filter(new Plan.Source(source), condition) { Span = condition.Span });
}

/// <summary>A named plan: a <c>let</c>, a data model, a macro's subsearch. Opaque when the plan is null.</summary>
public sealed record View(string Name, Plan? Plan)
{
    /// <summary>The columns it is known to have; empty when unknown.</summary>
    public EquatableArray<string> Columns { get; init; }
}
