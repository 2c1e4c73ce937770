using System.Diagnostics;
using Rulescope.Algebra.Plans;

namespace Rulescope.Languages.Kusto;

/// <summary>The tables that a query reads, also in views, joins and the legs of a union; names with <c>*</c> are patterns.</summary>
public static class KustoTables
{
    /// <summary>The names in the order in which the query meets them, each once.</summary>
    public static IReadOnlyList<string> Of(RuleQuery query)
    {
        var tables = new List<string>();
        foreach (var view in query.Views)
        {
            if (view.Plan is { } plan)
                Visit(plan, tables);
        }

        Visit(query.Plan, tables);
        return [.. tables.Distinct(StringComparer.Ordinal)];
    }

    static void Visit(Plan plan, List<string> tables)
    {
        if (plan is Plan.Source source)
            tables.AddRange(source.LogSource.Terms.Where(t => t.Key == "table").SelectMany(t => t.Values));
        foreach (var input in Inputs(plan))
            Visit(input, tables);
    }

    static IEnumerable<Plan> Inputs(Plan plan) => plan switch
    {
        Plan.Source or Plan.Use or Plan.Rows or Plan.Inflow => [],
        Plan.Filter filter => [filter.Input],
        Plan.Derive derive => [derive.Input],
        Plan.Project project => [project.Input],
        Plan.Rename rename => [rename.Input],
        Plan.Aggregate aggregate => [aggregate.Input],
        Plan.Join join => [join.Left, join.Right],
        Plan.Union union => union.Inputs,
        Plan.Expand expand => [expand.Input],
        Plan.Parse parse => [parse.Input],
        Plan.Lookup lookup => [lookup.Input],
        Plan.Distinct distinct => [distinct.Input],
        Plan.Sort sort => [sort.Input],
        Plan.Take take => [take.Input],
        Plan.Fork fork => fork.Branches.Prepend(fork.Input),
        Plan.History history => [history.Input],
        Plan.Schedule schedule => [schedule.Input],
        Plan.Correlate correlate => correlate.Patterns.Select(p => p.Plan).Concat(correlate.Until is { } until ? [until] : []),
        Plan.Opaque opaque => [opaque.Input],
        Plan.Unsupported unsupported => unsupported.Inputs,
        _ => throw new UnreachableException(plan.GetType().Name),
    };
}
