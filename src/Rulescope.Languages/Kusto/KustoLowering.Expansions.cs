using System.Text;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Operators that make rows of lists and columns of texts, and those that run a subquery over the rows.
    sealed partial class Lowering
    {
        KustoFlow Expand(EquatableArray<KustoPart.Option> options, EquatableArray<KustoPart.Expansion> expansions, KustoExpression? limit, KustoFlow flow, KustoScope scope)
        {
            var columns = Columns(expansions.Select(e => e.Source).OfType<KustoPart.Item>(), scope);
            if (columns.Count == 0)
                return flow;
            var expanded = flow.To(
                new Plan.Expand(flow.Plan, [.. columns]) { Limit = limit is null ? null : Whole(Value(limit, scope)), Span = SourceSpan.Cover(expansions[0].Span, expansions[^1].Span) },
                flow.Row.With(columns.Select(c => c.Name)));
            if (Option(options, "with_itemindex") is not { } index)
                return expanded;
            var value = new Expression.Window("item_index", [], []);
            return expanded.To(new Plan.Derive(expanded.Plan, [new(index, value)]), expanded.Row.With([index]));
        }

        // Where its subquery looks at single elements, mv-apply is an expansion and then the subquery.
        KustoFlow Apply(KustoOperator.MvApply apply, KustoFlow flow, KustoScope scope) =>
            Each(apply, apply.Query, Expand(apply.Options, apply.Columns, apply.Limit, flow, scope), scope);

        KustoFlow Partition(KustoOperator.Partition partition, KustoFlow flow, KustoScope scope) =>
            partition.Whole ? NoStage(partition, flow) : Each(partition, partition.Query, flow, scope);

        KustoFlow Each(KustoOperator stage, KustoExpression query, KustoFlow flow, KustoScope scope)
        {
            if (query is not KustoExpression.Pipeline { Source: null } body)
                return NoStage(stage, flow);
            var rowwise = body.Operators.TakeWhile(o => o is KustoOperator.Where or KustoOperator.Extend or KustoOperator.Project or KustoOperator.ProjectAway
                or KustoOperator.ProjectKeep or KustoOperator.ProjectRename or KustoOperator.MvExpand or KustoOperator.Parse).ToEquatableArray();
            var result = rowwise.IsEmpty ? flow : Pipeline(new KustoExpression.Pipeline(null, rowwise), scope, flow);
            // What comes behind works within the rows of one record or one key.
            return rowwise.Count == body.Operators.Count ? result : NoStage(stage, result);
        }

        KustoFlow Fork(KustoOperator.Fork fork, KustoFlow flow, KustoScope scope)
        {
            var inflow = new KustoFlow(new Plan.Inflow(), flow.Row, 1);
            var branches = fork.Branches.Select(b => Table(b.Query, scope, inflow)).ToList();
            return new(new Plan.Fork(flow.Plan, [.. branches.Select(b => b.Plan)]), KustoRow.Open, branches.Select(b => b.Depth).Append(flow.Depth).Max() + 1);
        }

        KustoFlow Parse(KustoOperator.Parse parse, KustoFlow flow, KustoScope scope)
        {
            var columns = parse.Pattern.Select(p => p.Target?.Name).OfType<string>().ToList();
            var isRegex = Option(parse.Options, "kind") is "regex";
            return flow.To(
                new Plan.Parse(flow.Plan, isRegex ? ParseKind.Regex : ParseKind.KustoPattern, Value(parse.Subject, scope), isRegex ? RegexOf(parse) : PatternOf(parse), [.. columns])
                {
                    DropsUnmatched = parse.Filters,
                },
                flow.Row.With(columns));
        }

        static string PatternOf(KustoOperator.Parse parse) => string.Join(' ', parse.Pattern.Select(p =>
            p.Target is { } column ? column.Type is null ? column.Name : $"{column.Name}:{column.Type}" : p.Text is { } text ? KustoWriter.Write(text) : ""));

        // The documented expansion: a star is .*?, a column a group, texts are patterns.
        static string RegexOf(KustoOperator.Parse parse)
        {
            var pattern = new StringBuilder();
            if (Option(parse.Options, "flags") is { Length: > 0 } flags)
                pattern.Append("(?").Append(flags).Append(')');
            foreach (var piece in parse.Pattern)
            {
                _ = piece switch
                {
                    { Target: { } column } => pattern.Append("(?P<").Append(column.Name).Append('>').Append(column.Type is "long" or "int" ? @"\-?\d+" : ".*?").Append(')'),
                    { Text: KustoExpression.String(var text, _) } => pattern.Append(text),
                    _ => pattern.Append(".*?"),
                };
            }

            return pattern.ToString();
        }

        KustoFlow ParseKeyValue(KustoOperator.ParseKv parse, KustoFlow flow, KustoScope scope)
        {
            var columns = parse.Columns.Columns.Select(c => c.Name).ToList();
            var pattern = string.Join(' ', parse.Options.Select(o => $"{o.Name}={KustoWriter.Write(o.Value)}"));
            return flow.To(new Plan.Parse(flow.Plan, ParseKind.KeyValue, Value(parse.Subject, scope), pattern, [.. columns]), flow.Row.With(columns));
        }

        // Steps that look at single rows only are a sequence; states that steps hand on have no model.
        KustoFlow Scan(KustoOperator.Scan scan, KustoFlow flow, KustoScope scope)
        {
            var names = scan.Steps.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            var isSimple = scan.Steps.Count > 1 && scan.Declarations.IsEmpty
                && scan.Steps.All(s => !s.Optional && s.Assignments.IsEmpty && !KustoWriter.Write(s.Condition).Split(NameBreaks).Any(names.Contains));
            if (!isSimple)
                return NoStage(scan, flow);
            // Every pattern reads the same rows.
            var view = new Plan.Use(NewView("scan", flow)) { Span = scan.Span };
            var patterns = scan.Steps.Select(s => new Pattern(s.Name, new Plan.Filter(view, Condition(s.Condition, scope)) { Span = s.Span }));
            return new(
                new Plan.Correlate([.. patterns])
                {
                    Keys = [.. scan.PartitionBy.Select(k => new CorrelationKey([Value(k, scope)]) { Nullable = true })],
                    Order = PatternOrder.Listed,
                    Selection = Selection.Latest,
                    Emit = Emission.Each,
                },
                flow.Row,
                2);
        }

        static readonly char[] NameBreaks = [' ', '.', '(', ')', ',', '=', '<', '>', '+', '-', '*', '/', '[', ']'];
    }
}
