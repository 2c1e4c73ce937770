using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Operators over the rows of one table.
    sealed partial class Lowering
    {
        KustoFlow Stage(KustoOperator stage, KustoFlow flow, KustoScope scope) => stage switch
        {
            KustoOperator.Where where => Where(where, flow, scope),
            KustoOperator.Extend extend => Extend(extend.Columns, flow, scope),
            KustoOperator.Serialize { Columns.IsEmpty: true } => Opaque(stage, flow),
            KustoOperator.Serialize serialize => Extend(serialize.Columns, flow, scope),
            KustoOperator.Project project => Project(project, flow, scope),
            KustoOperator.ProjectAway away => Choose(ProjectKind.Drop, away.Columns, flow, scope),
            KustoOperator.ProjectKeep keep => Choose(ProjectKind.Keep, keep.Columns, flow, scope),
            KustoOperator.ProjectRename rename => Rename(rename, flow, scope),
            KustoOperator.Summarize summarize => Summarize(summarize, flow, scope),
            KustoOperator.MakeSeries series => MakeSeries(series, flow, scope),
            KustoOperator.Count(var column) => flow.To(
                new Plan.Aggregate(flow.Plan, AggregateKind.Collapse, [], [new(column ?? "Count", new Expression.Aggregate("count", []) { CountsNulls = true, Span = stage.Span })]),
                KustoRow.Of([column ?? "Count"])),
            KustoOperator.Distinct distinct => Distinct(distinct.Columns, flow, scope),
            KustoOperator.SampleDistinct sample => Limited(Distinct([sample.Of], flow, scope), sample.Number, LimitKind.Sample, stage, scope),
            KustoOperator.Take take => Limited(flow, take.Number, LimitKind.Sample, stage, scope),
            KustoOperator.Sample sample => Limited(flow, sample.Number, LimitKind.Sample, stage, scope),
            KustoOperator.Sort sort => flow.To(new Plan.Sort(flow.Plan, [.. sort.Keys.Select(k => Key(k, scope))])),
            KustoOperator.Top top => Limited(flow.To(new Plan.Sort(flow.Plan, [Key(top.By, scope)]) { Span = stage.Span }), top.Number, LimitKind.First, stage, scope),
            KustoOperator.TopHitters hitters => TopHitters(hitters, flow, scope),
            KustoOperator.Join join => Join(join, flow, scope),
            KustoOperator.Lookup lookup => Lookup(lookup, flow, scope),
            KustoOperator.Union union => Union(union, flow, scope),
            KustoOperator.Search search => Search(search, flow, scope),
            KustoOperator.MvExpand expand => Expand(expand.Options, expand.Columns, expand.Limit, flow, scope),
            KustoOperator.MvApply apply => Apply(apply, flow, scope),
            KustoOperator.Parse parse => Parse(parse, flow, scope),
            KustoOperator.ParseKv parse => ParseKeyValue(parse, flow, scope),
            KustoOperator.Partition partition => Partition(partition, flow, scope),
            KustoOperator.Fork fork => Fork(fork, flow, scope),
            KustoOperator.Scan scan => Scan(scan, flow, scope),
            KustoOperator.Invoke invoke => Invoke(invoke, flow, scope),
            KustoOperator.Evaluate { Plugin: KustoExpression.Call { Callee: "bag_unpack" } } => Opaque(stage, flow with { Row = flow.Row with { Closed = false } }),
            KustoOperator.ProjectReorder or KustoOperator.As or KustoOperator.Render or KustoOperator.Consume or KustoOperator.AssertSchema => Opaque(stage, flow),
            _ => NoStage(stage, flow),
        };

        static KustoFlow Opaque(KustoOperator stage, KustoFlow flow) => flow.To(new Plan.Opaque(flow.Plan, Written(stage)));

        KustoFlow Where(KustoOperator.Where where, KustoFlow flow, KustoScope scope)
        {
            if (where.Condition.Names is [var name, ..])
                Report(where.Condition.Span, KustoCodes.NamedCondition, name);
            var condition = Condition(where.Condition.Value, scope);
            return flow.To(new Plan.Filter(flow.Plan, condition) { Span = where.Span });
        }

        // The columns of an item: one, or several that a function gives.
        List<Named> Columns(IEnumerable<KustoPart.Item> items, KustoScope scope, Dictionary<string, int>? taken = null)
        {
            taken ??= new(StringComparer.Ordinal);
            var columns = new List<Named>();
            var unnamed = 0;
            foreach (var item in items)
            {
                var value = Value(item.Value, scope);
                if (item.Names.Count > 1)
                {
                    columns.AddRange(item.Names.Select((n, i) => new Named(KustoNames.Unique(n, taken), new Expression.Call("member", [value, Expression.Number(i)], Dialect.Kusto) { Span = item.Span })));
                    continue;
                }

                var name = item.Names is [var given] ? given : KustoNames.Of(item.Value) ?? $"Column{++unnamed}";
                columns.Add(new(KustoNames.Unique(name, taken), value));
            }

            return columns;
        }

        KustoFlow Extend(EquatableArray<KustoPart.Item> items, KustoFlow flow, KustoScope scope)
        {
            var columns = Columns(items, scope);
            // The columns of one extend do not see one another.
            return flow.To(new Plan.Derive(flow.Plan, [.. columns]) { Sequential = false }, flow.Row.With(columns.Select(c => c.Name)));
        }

        // A column that is kept under its own name is still the field it was.
        static bool IsKept(Named column) => column.Value is Expression.Ref { Target: Reference.Field { Path.Segments: [PathSegment.Key key] } } && key.Name == column.Name;

        KustoFlow Project(KustoOperator.Project project, KustoFlow flow, KustoScope scope)
        {
            var columns = Columns(project.Columns, scope);
            var row = flow.Row.Without(columns.Where(IsKept).Select(c => c.Name)).With(columns.Where(c => !IsKept(c)).Select(c => c.Name));
            return flow.To(new Plan.Project(flow.Plan, ProjectKind.Keep, [.. columns]), row with { First = columns.Count > 0 ? columns[0].Name : null });
        }

        KustoFlow Choose(ProjectKind kind, EquatableArray<KustoExpression> patterns, KustoFlow flow, KustoScope scope)
        {
            var columns = patterns.Select(p => new Named(p is KustoExpression.Wildcard(var glob) ? glob : KustoNames.Of(p) ?? KustoWriter.Write(p), Value(p, scope))).ToList();
            var row = kind == ProjectKind.Drop ? flow.Row.Without(columns.Select(c => c.Name)) : flow.Row with { First = columns.Count > 0 ? columns[0].Name : null };
            return flow.To(new Plan.Project(flow.Plan, kind, [.. columns]), row);
        }

        KustoFlow Rename(KustoOperator.ProjectRename rename, KustoFlow flow, KustoScope scope)
        {
            var columns = Columns(rename.Columns, scope);
            var old = rename.Columns.Select(c => KustoNames.Of(c.Value)).OfType<string>();
            return flow.To(new Plan.Rename(flow.Plan, [.. columns]), flow.Row.Without(old).With(columns.Select(c => c.Name)));
        }

        KustoFlow Distinct(EquatableArray<KustoPart.Item> items, KustoFlow flow, KustoScope scope)
        {
            if (items is [{ Value: KustoExpression.Wildcard { Pattern: "*" } }])
                return flow.To(new Plan.Distinct(flow.Plan, []));
            var columns = Columns(items, scope);
            // A computed key is a column of its own.
            var computed = columns.Where(c => c.Value is not Expression.Ref).ToList();
            if (computed.Count > 0)
                flow = flow.To(new Plan.Derive(flow.Plan, [.. computed]) { Sequential = false }, flow.Row.With(computed.Select(c => c.Name)));
            var keys = columns.Select(c => computed.Contains(c) ? new Expression.Ref(new Reference.Column(c.Name)) { Span = c.Value.Span } : c.Value);
            return flow.To(new Plan.Distinct(flow.Plan, [.. keys]), flow.Row with { First = columns.Count > 0 ? columns[0].Name : null });
        }

        SortKey Key(KustoPart.Key key, KustoScope scope)
        {
            var ascends = key.Direction is KustoDirection.Asc or KustoDirection.GrannyAsc;
            return new(Value(key.By.Value, scope))
            {
                Descending = !ascends,
                NullsFirst = key.Nulls == KustoNulls.Unstated ? ascends : key.Nulls == KustoNulls.First,
            };
        }

        KustoFlow Limited(KustoFlow flow, KustoPart.Item number, LimitKind kind, KustoOperator stage, KustoScope scope) =>
            Whole(Value(number.Value, scope.Outside)) is { } count
                ? flow.To(new Plan.Take(flow.Plan, count) { Kind = kind })
                : flow.To(new Plan.Opaque(flow.Plan, Written(stage)));

        KustoFlow TopHitters(KustoOperator.TopHitters hitters, KustoFlow flow, KustoScope scope)
        {
            var key = Columns([hitters.Of], scope)[0];
            var weight = hitters.By is { } by ? Value(by.Value, scope) : null;
            var name = weight is null ? $"approximate_count_{key.Name}" : $"approximate_sum_{KustoNames.Of(hitters.By?.Value ?? hitters.Of.Value)}";
            var outcome = new Named(name, weight is null ? new Expression.Aggregate("count", []) { CountsNulls = true } : new Expression.Aggregate("sum", [weight]));
            var counted = flow.To(new Plan.Aggregate(flow.Plan, AggregateKind.Collapse, [key], [outcome]) { KeepsNullKeys = true, Span = hitters.Span }, KustoRow.Of([key.Name, name]));
            var sorted = counted.To(new Plan.Sort(counted.Plan, [new SortKey(new Expression.Ref(new Reference.Column(name))) { Descending = true }]) { Span = hitters.Span });
            return Limited(sorted, hitters.Number, LimitKind.First, hitters, scope);
        }

        // A function of the query text is put in; of the others only those are known that add columns to every row.
        KustoFlow Invoke(KustoOperator.Invoke invoke, KustoFlow flow, KustoScope scope) => invoke.Function switch
        {
            KustoExpression.Call call when scope.Outside.Find(call.Callee) is KustoBinding.Function => Called(call, scope, flow) is var result ? result with { Depth = Math.Max(result.Depth, 1) } : flow,
            KustoExpression.Call { Callee: "FileProfile" or "DeviceFromIP" or "SeenBy" or "AssignedIPAddresses" } => Opaque(invoke, flow with { Row = flow.Row with { Closed = false } }),
            _ => NoStage(invoke, flow),
        };

        static string? Option(EquatableArray<KustoPart.Option> options, string name) => options.FirstOrDefault(o => o.Name == name)?.Value switch
        {
            KustoExpression.Name(var word) => word,
            KustoExpression.String(var text, _) => text,
            KustoExpression.Literal literal when KustoLiterals.Of(literal) is { } value => value.Display,
            _ => null,
        };
    }
}
