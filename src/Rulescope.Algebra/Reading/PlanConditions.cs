using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Algebra.Reading;

/// <summary>A condition of a plan, with what is known of the columns it sees.</summary>
/// <param name="Name">For people: <c>filter</c>, <c>pattern start</c>, <c>view Suspicious</c>.</param>
/// <param name="Columns">Columns computed row by row, by name.</param>
/// <param name="Computed">Columns computed over several rows: a test on one is a threshold.</param>
/// <param name="Sources">Where the rows that meet it come from.</param>
/// <param name="Earlier">The conditions these rows have met already, as indices into the found ones.</param>
sealed record FoundCondition(
    string Name,
    Predicate Condition,
    ImmutableDictionary<string, Expression> Columns,
    ImmutableHashSet<string> Computed,
    ImmutableArray<LogSource> Sources,
    ImmutableArray<int> Earlier);

/// <summary>Pass 1: every condition of a plan in the order in which events meet it, inputs before outputs.</summary>
static class PlanConditions
{
    // What a stage hands to the next: its columns by name, where its rows come from and what they have met.
    sealed record Scope(ImmutableDictionary<string, Expression> Columns, ImmutableHashSet<string> Computed)
    {
        public static readonly Scope Empty = new(
            ImmutableDictionary.Create<string, Expression>(StringComparer.Ordinal), ImmutableHashSet.Create<string>(StringComparer.Ordinal));

        public ImmutableArray<LogSource> Sources { get; init; } = [];

        public ImmutableArray<int> Earlier { get; init; } = [];
    }

    public static ImmutableArray<FoundCondition> Of(RuleQuery query, Action<Unread> unread)
    {
        var walk = new Walk(unread);
        foreach (var view in query.Views)
        {
            if (view.Plan is { } plan)
                walk.Views[view.Name] = walk.Visit(plan, $"view {view.Name}");
        }

        walk.Visit(query.Plan, "filter");
        return walk.Found.ToImmutable();
    }

    sealed class Walk(Action<Unread> unread)
    {
        public ImmutableArray<FoundCondition>.Builder Found { get; } = ImmutableArray.CreateBuilder<FoundCondition>();

        public Dictionary<string, Scope> Views { get; } = new(StringComparer.Ordinal);

        public Scope Visit(Plan plan, string name) => plan switch
        {
            Plan.Source source => Scope.Empty with { Sources = [source.LogSource] },
            Plan.Rows or Plan.Inflow => Scope.Empty,
            Plan.Use use => Views.GetValueOrDefault(use.View, Scope.Empty),
            Plan.Filter filter => Condition(Visit(filter.Input, name), filter.Condition, name),
            Plan.Derive derive => Derive(Visit(derive.Input, name), derive.Columns),
            Plan.Project project => Derive(Visit(project.Input, name), project.Kind == ProjectKind.Keep ? project.Columns : []),
            Plan.Rename rename => Derive(Visit(rename.Input, name), rename.Columns),
            Plan.Aggregate aggregate => Aggregate(Visit(aggregate.Input, name), aggregate),
            Plan.Join join => Join(Visit(join.Left, name), Side(join, name)),
            Plan.Union union => union.Inputs.Items.Select((input, i) => Visit(input, $"{name}, leg {i + 1}")).Aggregate(Scope.Empty, Merge),
            Plan.Expand expand => Derive(Visit(expand.Input, name), expand.Columns),
            Plan.Parse parse => Without(Visit(parse.Input, name), parse.Columns),
            Plan.Lookup lookup => Without(Visit(lookup.Input, name), lookup.Outputs.Items.Select(o => o.Name)),
            Plan.Distinct distinct => Visit(distinct.Input, name),
            Plan.Sort sort => Visit(sort.Input, name),
            Plan.Take take => Visit(take.Input, name),
            Plan.Fork fork => fork.Branches.Items.Select((branch, i) => Visit(branch, $"{name}, branch {i + 1}")).Aggregate(Visit(fork.Input, name), Merge),
            Plan.History history => Visit(history.Input, name),
            Plan.Schedule schedule => Visit(schedule.Input, name),
            Plan.Correlate correlate => Correlate(correlate, name),
            Plan.Opaque opaque => Visit(opaque.Input, name),
            Plan.Unsupported unsupported => Unsupported(unsupported, name),
            _ => throw new UnreachableException(plan.GetType().Name),
        };

        Scope Condition(Scope scope, Predicate condition, string name)
        {
            // A second condition of the same chain stands after what was computed in between.
            var stage = Found.Any(f => f.Name == name) ? $"{name} {Found.Count(f => f.Name == name || f.Name.StartsWith(name + " ", StringComparison.Ordinal)) + 1}" : name;
            Found.Add(new(stage, condition, scope.Columns, scope.Computed, scope.Sources, scope.Earlier));
            return scope with { Earlier = scope.Earlier.Add(Found.Count - 1) };
        }

        // What is cut out of a text or fetched from a table takes the place of what had its name.
        static Scope Without(Scope scope, IEnumerable<string> names)
        {
            var gone = names.ToArray();
            return scope with { Columns = scope.Columns.RemoveRange(gone), Computed = scope.Computed.Except(gone) };
        }

        static Scope Derive(Scope scope, IEnumerable<Named> columns)
        {
            foreach (var column in columns)
            {
                var value = InlineColumns.In(column.Value, scope.Columns);
                // What is chosen between values has no name but the column's.
                scope = !InlineColumns.IsSmall(value) || (value is Expression.If or Expression.Case && !InlineColumns.Reads(value, scope.Computed))
                    ? scope with { Columns = scope.Columns.Remove(column.Name) }
                    : value is Expression.Window || InlineColumns.Reads(value, scope.Computed)
                    ? scope with { Columns = scope.Columns.Remove(column.Name), Computed = scope.Computed.Add(column.Name) }
                    : scope with { Columns = scope.Columns.SetItem(column.Name, value), Computed = scope.Computed.Remove(column.Name) };
            }

            return scope;
        }

        static Scope Aggregate(Scope scope, Plan.Aggregate aggregate)
        {
            var outcomes = aggregate.Outcomes.Items.Select(o => o.Name);
            return aggregate.Kind == AggregateKind.Collapse
                ? Derive(scope with { Columns = Scope.Empty.Columns, Computed = [.. outcomes] }, aggregate.Keys.Items.Select(k => k with { Value = InlineColumns.In(k.Value, scope.Columns) }))
                : scope with { Computed = scope.Computed.Union(outcomes) };
        }

        // What an anti-join takes out is an exclusion: its right side is read under a negation.
        Scope Side(Plan.Join join, string name)
        {
            var from = Found.Count;
            var scope = Visit(join.Right, $"{name}, joined");
            if (join.Kind is JoinKind.LeftAnti or JoinKind.RightAnti)
                Negate(from);
            return scope;
        }

        Scope Correlate(Plan.Correlate correlate, string name)
        {
            foreach (var pattern in correlate.Patterns)
            {
                var from = Found.Count;
                Visit(pattern.Plan, correlate.Patterns.Count == 1 && pattern.Variable.Length == 0 ? name : $"pattern {pattern.Variable}");
                if (pattern.Absent)
                    Negate(from);
            }

            if (correlate.Where is { } where)
                Condition(Scope.Empty, where, "combination");
            var until = Found.Count;
            if (correlate.Until is { } plan)
                Visit(plan, "until");
            Negate(until);
            var computed = Scope.Empty with { Computed = [.. correlate.Outcomes.Items.Select(o => o.Name)] };
            return correlate.Condition is { } condition ? Condition(computed, condition, "threshold") : computed;
        }

        Scope Unsupported(Plan.Unsupported unsupported, string name)
        {
            var scope = unsupported.Inputs.Items.Select(input => Visit(input, name)).Aggregate(Scope.Empty, Merge);
            unread(new(unsupported.SourceText, unsupported.Span));
            return scope;
        }

        void Negate(int from)
        {
            for (var i = from; i < Found.Count; i++)
                Found[i] = Found[i] with { Condition = new Predicate.Not(Found[i].Condition) { Span = Found[i].Condition.Span } };
        }

        // A joined row has met the conditions of its left side; those of the right are about another row.
        static Scope Join(Scope left, Scope right) => Merge(left, right) with { Sources = left.Sources, Earlier = left.Earlier };

        // A row of a union came through one of the legs, so nothing is sure that not both have met.
        static Scope Merge(Scope left, Scope right) => new(right.Columns.SetItems(left.Columns), left.Computed.Union(right.Computed))
        {
            Sources = [.. left.Sources, .. right.Sources],
            Earlier = [.. left.Earlier.Intersect(right.Earlier)],
        };
    }
}
