using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // summarize and make-series.
    sealed partial class Lowering
    {
        KustoFlow Summarize(KustoOperator.Summarize summarize, KustoFlow flow, KustoScope scope)
        {
            var taken = new Dictionary<string, int>(StringComparer.Ordinal);
            var keys = Columns(summarize.Keys, scope, taken);
            if (summarize.Bin is { } bin)
            {
                var width = Value(bin, scope);
                keys = [.. keys.Select(k => k with { Value = new Expression.Call("bin", [k.Value, width], Dialect.Kusto) { Span = k.Value.Span } })];
            }

            var unnamed = keys.Count(k => k.Name.StartsWith("Column", StringComparison.Ordinal));
            var outcomes = summarize.Aggregates.SelectMany(item => Outcomes(item, scope, taken, ref unnamed)).ToList();
            var isOpen = summarize.Aggregates.Any(a => a.Value is KustoExpression.Call call && call.Arguments.Any(p => p.Value is KustoExpression.Wildcard));
            var names = keys.Concat(outcomes).Select(n => n.Name).Where(n => n != "*").ToList();
            // With arg_max(x, *) every other column is still there.
            var row = isOpen ? flow.Row.With(names) : KustoRow.Of(names);
            return flow.To(new Plan.Aggregate(flow.Plan, AggregateKind.Collapse, [.. keys], [.. outcomes]) { KeepsNullKeys = true }, row with { First = names.Count > 0 ? names[0] : null });
        }

        List<Named> Outcomes(KustoPart.Item item, KustoScope scope, Dictionary<string, int> taken, ref int unnamed)
        {
            if (item.Value is KustoExpression.Call { Callee: "arg_max" or "arg_min" or "argmax" or "argmin", Arguments.Count: > 0 } extreme)
                return Extremes(item, extreme, scope, taken);
            if (item.Value is KustoExpression.Call { Callee: "take_any" or "any", Arguments: [{ Value: KustoExpression.Wildcard }] or { Count: > 1 } } any)
                return [.. any.Arguments.Select(a => new Named(Outcome(a, null, taken), new Expression.Aggregate("any", [Value(a.Value, scope)]) { Span = any.Span }))];
            _aggregating = true;
            var value = Value(item.Value, scope);
            _aggregating = false;
            if (item.Value is KustoExpression.Call { Callee: "percentiles" or "percentilesw" } several && value is Expression.Aggregate { Arguments.Count: > 1 } percentiles)
                return Percentiles(item, several, percentiles, taken);
            if (item.Names.Count > 1)
                return [.. item.Names.Select((n, i) => new Named(KustoNames.Unique(n, taken), new Expression.Call("member", [value, Expression.Number(i)], Dialect.Kusto) { Span = item.Span }))];
            var name = item.Names is [var given] ? given : KustoNames.Of(item.Value) ?? $"Column{++unnamed}";
            return [new(KustoNames.Unique(name, taken), value)];
        }

        static string Outcome(KustoPart.Item item, string? given, Dictionary<string, int> taken) =>
            item.Value is KustoExpression.Wildcard ? "*" : KustoNames.Unique(given ?? KustoNames.Of(item.Value) ?? "Column1", taken);

        // arg_max(x, a, b) gives x, a and b of the row in which x is greatest.
        List<Named> Extremes(KustoPart.Item item, KustoExpression.Call extreme, KustoScope scope, Dictionary<string, int> taken)
        {
            var word = extreme.Callee.EndsWith("max", StringComparison.Ordinal) ? "max" : "min";
            var by = Value(extreme.Arguments[0].Value, scope);
            var outcomes = new List<Named>();
            for (var i = 0; i < extreme.Arguments.Count; i++)
            {
                var argument = extreme.Arguments[i];
                var given = i < item.Names.Count ? item.Names[i] : i == 0 ? KustoNames.Of(argument.Value) ?? $"{word}_" : null;
                var value = i == 0
                    ? new Expression.Aggregate(word, [by]) { Span = extreme.Span }
                    : new Expression.Aggregate($"arg_{word}", [by, Value(argument.Value, scope)]) { Span = argument.Span };
                outcomes.Add(new(Outcome(argument, given, taken), value));
            }

            return outcomes;
        }

        static List<Named> Percentiles(KustoPart.Item item, KustoExpression.Call call, Expression.Aggregate value, Dictionary<string, int> taken)
        {
            var fixedCount = call.Callee is "percentilesw" ? 2 : 1;
            var subject = call.Arguments.Count > 0 ? KustoNames.Of(call.Arguments[0].Value) : null;
            var outcomes = new List<Named>();
            for (var i = fixedCount; i < value.Arguments.Count; i++)
            {
                var percent = call.Arguments[i].Value is KustoExpression.Literal(_, var text) ? text : "";
                var name = i - fixedCount < item.Names.Count ? item.Names[i - fixedCount] : $"percentile_{subject}_{percent}";
                outcomes.Add(new(KustoNames.Unique(name, taken), value with
                {
                    Function = fixedCount == 2 ? "percentilew" : "percentile",
                    Arguments = [.. value.Arguments.Items.Take(fixedCount), value.Arguments[i]],
                }));
            }

            return outcomes;
        }

        // A row per group with lists along the time axis.
        KustoFlow MakeSeries(KustoOperator.MakeSeries series, KustoFlow flow, KustoScope scope)
        {
            var taken = new Dictionary<string, int>(StringComparer.Ordinal);
            var keys = Columns(series.Keys, scope, taken);
            var axis = Columns([series.On], scope, taken)[0];
            var bounds = new[] { series.From, series.To, series.Step }.OfType<KustoExpression>().Concat(series.InRange.Select(i => i.Value)).Select(b => Value(b, scope)).ToList();
            var unnamed = 0;
            var outcomes = series.Columns.SelectMany(c => Outcomes(c.Aggregate, scope, taken, ref unnamed))
                .Select(o => o with { Value = new Expression.Aggregate("make_series", [o.Value, axis.Value, .. bounds]) { Span = o.Value.Span } }).ToList();
            outcomes.Add(axis with { Value = new Expression.Aggregate("make_series_axis", [axis.Value, .. bounds]) { Span = axis.Value.Span } });
            var names = keys.Concat(outcomes).Select(n => n.Name).ToList();
            return flow.To(new Plan.Aggregate(flow.Plan, AggregateKind.Collapse, [.. keys], [.. outcomes]) { KeepsNullKeys = true }, KustoRow.Of(names));
        }
    }
}
