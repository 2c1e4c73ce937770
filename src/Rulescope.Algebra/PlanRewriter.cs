using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Algebra;

/// <summary>The identity on whole queries: plans with the predicates and expressions in them; a pass overrides what it changes.</summary>
public abstract class PlanRewriter : Rewriter
{
    /// <summary>A query with its plan and its views rewritten.</summary>
    public RuleQuery Rewrite(RuleQuery query) => query with
    {
        Plan = Rewrite(query.Plan),
        Views = Each(query.Views, view => view.Plan is { } plan ? view with { Plan = Rewrite(plan) } : view),
    };

    /// <summary>A plan with its parts rewritten.</summary>
    public virtual Plan Rewrite(Plan plan) => plan switch
    {
        Plan.Source or Plan.Use or Plan.Inflow => plan,
        Plan.Rows rows => rows with { Items = Each(rows.Items, row => row with { Values = Each(row.Values, Rewrite) }) },
        Plan.Filter filter => filter with { Input = Rewrite(filter.Input), Condition = Rewrite(filter.Condition) },
        Plan.Derive derive => derive with { Input = Rewrite(derive.Input), Columns = Each(derive.Columns, Rewrite) },
        Plan.Project project => project with { Input = Rewrite(project.Input), Columns = Each(project.Columns, Rewrite) },
        Plan.Rename rename => rename with { Input = Rewrite(rename.Input), Columns = Each(rename.Columns, Rewrite) },
        Plan.Aggregate aggregate => aggregate with
        {
            Input = Rewrite(aggregate.Input),
            Keys = Each(aggregate.Keys, Rewrite),
            Outcomes = Each(aggregate.Outcomes, Rewrite),
            Order = Each(aggregate.Order, Rewrite),
        },
        Plan.Join join => join with
        {
            Left = Rewrite(join.Left),
            Right = Rewrite(join.Right),
            On = Each(join.On, Rewrite),
        },
        Plan.Union union => union with { Inputs = Each(union.Inputs, Rewrite) },
        Plan.Expand expand => expand with { Input = Rewrite(expand.Input), Columns = Each(expand.Columns, Rewrite) },
        Plan.Parse parse => parse with { Input = Rewrite(parse.Input), Subject = Rewrite(parse.Subject) },
        Plan.Lookup lookup => lookup with { Input = Rewrite(lookup.Input), On = Each(lookup.On, Rewrite), Outputs = Each(lookup.Outputs, Rewrite) },
        Plan.Distinct distinct => distinct with { Input = Rewrite(distinct.Input), Keys = Each(distinct.Keys, Rewrite) },
        Plan.Sort sort => sort with { Input = Rewrite(sort.Input), Keys = Each(sort.Keys, Rewrite) },
        Plan.Take take => take with { Input = Rewrite(take.Input) },
        Plan.Fork fork => fork with { Input = Rewrite(fork.Input), Branches = Each(fork.Branches, Rewrite) },
        Plan.History history => history with { Input = Rewrite(history.Input), Keys = Each(history.Keys, Rewrite) },
        Plan.Schedule schedule => schedule with { Input = Rewrite(schedule.Input) },
        Plan.Correlate correlate => Correlation(correlate),
        Plan.Opaque opaque => opaque with { Input = Rewrite(opaque.Input) },
        Plan.Unsupported unsupported => unsupported with { Inputs = Each(unsupported.Inputs, Rewrite) },
        _ => throw new UnreachableException(plan.GetType().Name),
    };

    /// <inheritdoc/>
    protected override ValueSet Rewrite(ValueSet set) => set is ValueSet.Subplan subplan ? subplan with { Plan = Rewrite(subplan.Plan) } : base.Rewrite(set);

    Plan.Correlate Correlation(Plan.Correlate correlate) => correlate with
    {
        Patterns = Each(correlate.Patterns, pattern => pattern with { Plan = Rewrite(pattern.Plan) }),
        Keys = Each(correlate.Keys, key => key with { PerPattern = Each(key.PerPattern, Rewrite) }),
        Joins = Each(correlate.Joins, Rewrite),
        Where = correlate.Where is { } where ? Rewrite(where) : null,
        Until = correlate.Until is { } until ? Rewrite(until) : null,
        Condition = correlate.Condition is { } condition ? Rewrite(condition) : null,
        Outcomes = Each(correlate.Outcomes, Rewrite),
    };

    Plan.JoinKey Rewrite(Plan.JoinKey key) => key with { Left = Rewrite(key.Left), Right = Rewrite(key.Right) };

    SortKey Rewrite(SortKey key) => key with { Value = Rewrite(key.Value) };
}
