using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>Runs a plan stage by stage over tables in memory: slow, obvious, and what every other way of running is held against.</summary>
/// <remarks>Filters, computed columns, order and limits; what looks at several rows at once is refused before anything runs.</remarks>
public sealed partial class PlanEvaluator
{
    static readonly Scope NoFields = new(new(new(new EventValue.Object([]), "", 0), null, null));

    readonly RuleQuery _query;
    readonly ReferenceEvaluator _evaluator;

    PlanEvaluator(RuleQuery query, ReferenceEvaluator evaluator)
    {
        _query = query;
        _evaluator = evaluator;
    }

    /// <summary>The query, ready to run, or null with findings that say why it does not run.</summary>
    public static Parsed<PlanEvaluator?> Prepare(RuleQuery query)
    {
        var evaluator = new ReferenceEvaluator();
        var parts = new RunnableParts(evaluator);
        foreach (var view in query.Views)
        {
            if (view.Plan is { } plan)
                Check(plan, parts);
            else
                parts.Refuse(default, EngineCodes.UnknownList, view.Name);
        }

        Check(query.Plan, parts);
        return parts.Findings.IsEmpty ? Parsed.Clean<PlanEvaluator?>(new(query, evaluator)) : new(null, parts.Findings);
    }

    /// <summary>The rows that the query gives over the tables of its log sources.</summary>
    public Table Run(Func<LogSource, Table> source)
    {
        var views = new Dictionary<string, Table>(StringComparer.Ordinal);
        foreach (var view in _query.Views)
            views[view.Name] = view.Plan is { } plan ? Run(plan, source, views) : new([], []);
        return Run(_query.Plan, source, views);
    }

    Table Run(Plan plan, Func<LogSource, Table> source, Dictionary<string, Table> views)
    {
        var stages = new Stack<Plan>();
        for (var input = InputOf(plan); input is not null; input = InputOf(plan))
        {
            stages.Push(plan);
            plan = input;
        }

        var table = plan switch
        {
            Plan.Source events => source(events.LogSource),
            Plan.Use use => views.GetValueOrDefault(use.View, new([], [])),
            Plan.Rows rows => Written(rows),
            Plan.Union union => Together(union, [.. union.Inputs.Select(input => Run(input, source, views))]),
            _ => throw new UnreachableException(plan.GetType().Name),
        };
        foreach (var stage in stages)
            table = Apply(stage, table);
        return table;
    }

    // What a stage that runs reads from; null for the plan's source and for a stage that does not run.
    static Plan? InputOf(Plan stage) => stage switch
    {
        Plan.Filter filter => filter.Input,
        Plan.Derive derive => derive.Input,
        Plan.Project project => project.Input,
        Plan.Rename rename => rename.Input,
        Plan.Sort sort => sort.Input,
        Plan.Take take => take.Input,
        Plan.Distinct distinct => distinct.Input,
        _ => null,
    };

    static void Check(Plan plan, RunnableParts parts)
    {
        for (var input = InputOf(plan); input is not null; input = InputOf(plan))
        {
            parts.Stage(plan);
            plan = input;
        }

        if (plan is Plan.Unsupported unread)
            parts.Refuse(unread.Span, EngineCodes.UnreadPart, unread.SourceText);
        else if (plan is Plan.Rows rows)
            Check(rows, parts);
        else if (plan is Plan.Union { SourceColumn: null } union)
            Check(union, parts);
        else if (plan is not (Plan.Source or Plan.Use))
            parts.Refuse(plan.Span, EngineCodes.StageNotRun, plan.GetType().Name);
    }

    static void Check(Plan.Rows rows, RunnableParts parts)
    {
        parts.Values(rows.Items.SelectMany(r => r.Values));
        if (rows.Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { Key: var name })
            parts.Refuse(rows.Span, EngineCodes.SameName, name);
    }

    static void Check(Plan.Union union, RunnableParts parts)
    {
        foreach (var input in union.Inputs)
            Check(input, parts);
    }

    Table Written(Plan.Rows rows) => new(rows.Columns.Items, [.. rows.Items.Select(row => rows.Columns.Items.Zip(row.Values).Aggregate(
        NoFields, (scope, cell) => With(scope, cell.First, Value(cell.Second, NoFields))))]);

    Table Apply(Plan stage, Table input) => stage switch
    {
        Plan.Filter filter => input with { Rows = [.. input.Rows.Where(row => _evaluator.Evaluate(filter.Condition, row) is Truth.True)] },
        Plan.Derive derive => new(
            [.. input.Columns.Union(derive.Columns.Select(c => c.Name), StringComparer.Ordinal)],
            [.. input.Rows.Select(row => derive.Columns.Items.Aggregate(row, (next, column) => With(next, column.Name, Value(column.Value, derive.Sequential ? next : row))))]),
        Plan.Project { Kind: ProjectKind.Keep } keep => Keep(keep, input),
        Plan.Project drop => Without(input, drop.Columns.SelectMany(c => Names(c, input))),
        Plan.Rename rename => Renamed(rename, input),
        Plan.Sort sort => input with { Rows = [.. sort.Keys.Items.Reverse().Aggregate(input.Rows.AsEnumerable(), Ordered)] },
        Plan.Take { Kind: LimitKind.Last } take => input with { Rows = [.. input.Rows.TakeLast(Count(take))] },
        Plan.Take take => input with { Rows = [.. input.Rows.Take(Count(take))] },
        Plan.Distinct distinct => input with { Rows = [.. input.Rows.Where(row => !distinct.DropsNullKeys || distinct.Keys.Items.All(k => Value(k, row).HasValue)).GroupBy(row => Key(distinct, row)).SelectMany(g => g.Take((int)long.Clamp(distinct.Keep, 0, int.MaxValue)))] },
        _ => throw new UnreachableException(stage.GetType().Name),
    };

    // Fields that stay are still fields, so that what comes later finds them by their path.
    Table Keep(Plan.Project keep, Table input)
    {
        var columns = keep.Columns.SelectMany(c => IsPattern(c) is { } glob ? input.Matching(glob).Select(n => new Named(n, c.Value)) : [c]).DistinctBy(c => c.Name, StringComparer.Ordinal).ToArray();
        return new([.. columns.Select(c => c.Name)], [.. input.Rows.Select(row => columns.Aggregate(NoFields, (kept, column) => IsKeptField(column, row)
            ? kept with { Record = kept.Record with { Event = Field(kept, column.Name, Table.Cell(row, column.Name)) } }
            : With(kept, column.Name, IsPattern(column) is null ? Value(column.Value, row) : Table.Cell(row, column.Name))))]);
    }

    static bool IsKeptField(Named column, Scope row) => column.Value switch
    {
        Expression.Ref { Target: Reference.FieldPattern } => !row.Columns.ContainsKey(column.Name),
        Expression.Ref { Target: Reference.Field { Path.Display: var path } } => string.Equals(path, column.Name, StringComparison.Ordinal) && !row.Columns.ContainsKey(path),
        _ => false,
    };

    static Event Field(Scope row, string name, EventValue value) =>
        row.Record.Event with { Content = new([.. row.Record.Event.Content.Members, new EventValue.Member(name, value)]) };

    static string? IsPattern(Named column) => column.Value is Expression.Ref { Target: Reference.FieldPattern { Glob: var glob } } ? glob : null;

    static IEnumerable<string> Names(Named column, Table input) => IsPattern(column) is { } glob ? input.Matching(glob) : [column.Name];

    static Table Without(Table input, IEnumerable<string> names)
    {
        var gone = names.ToHashSet(StringComparer.Ordinal);
        return new([.. input.Columns.Where(c => !gone.Contains(c))], [.. input.Rows.Select(row => Without(row, gone))]);
    }

    static Scope Without(Scope row, HashSet<string> gone) => row with
    {
        Columns = row.Columns.RemoveRange(gone),
        Record = row.Record with { Event = row.Record.Event with { Content = new([.. row.Record.Event.Content.Members.Items.Where(m => !gone.Contains(m.Name))]) } },
    };

    Table Renamed(Plan.Rename rename, Table input)
    {
        var names = rename.Columns.Items.Select(c => (New: c.Name, Old: c.Value is Expression.Ref { Target: var target } ? target.Display : c.Name)).ToArray();
        var gone = names.Select(n => n.Old).ToHashSet(StringComparer.Ordinal);
        var columns = input.Columns.Where(c => !Array.Exists(names, n => string.Equals(n.New, c, StringComparison.Ordinal)))
            .Select(c => Array.Find(names, n => string.Equals(n.Old, c, StringComparison.Ordinal)).New ?? c);
        return new([.. columns], [.. input.Rows.Select(row => rename.Columns.Items.Aggregate(Without(row, gone), (next, column) => With(next, column.Name, Value(column.Value, row))))]);
    }

    // A stable sort by the last key first leaves the rows in the order of all keys.
    IEnumerable<Scope> Ordered(IEnumerable<Scope> rows, SortKey key)
    {
        var order = Comparer<EventValue>.Create((left, right) => Compare(key, left, right));
        return rows.OrderBy(row => Value(key.Value, row), order);
    }

    static int Compare(SortKey key, EventValue left, EventValue right)
    {
        var (a, b) = (Edge(key, left), Edge(key, right));
        if (!a.HasValue || !b.HasValue)
            return key.NullsFirst ? a.HasValue.CompareTo(b.HasValue) : b.HasValue.CompareTo(a.HasValue);
        var sign = ValueOrder.Compare(a, b, key.Fold);
        return key.Descending ? -sign : sign;
    }

    // A list stands where its least element does, or its greatest in descending order.
    static EventValue Edge(SortKey key, EventValue value)
    {
        if (value is not EventValue.Array { Items.IsEmpty: false } list)
            return value;
        var order = Comparer<EventValue>.Create((a, b) => ValueOrder.Compare(a, b, key.Fold));
        return (key.Descending ? list.Items.Max(order) : list.Items.Min(order)) ?? EventValue.Nothing;
    }

    EventValue.Array Key(Plan.Distinct distinct, Scope row) => new([.. distinct.Keys.Select(k => Value(k, row) is { HasValue: true } value ? value : EventValue.NullValue)]);

    EventValue Value(Expression expression, Scope row) => _evaluator.Evaluate(expression, row).Value;

    static Scope With(Scope row, string column, EventValue value) => row with { Columns = row.Columns.SetItem(column, value) };

    static int Count(Plan.Take take) => (int)long.Clamp(take.Count, 0, int.MaxValue);
}
