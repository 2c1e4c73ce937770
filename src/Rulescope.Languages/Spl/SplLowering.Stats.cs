using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    sealed partial class Pipelines
    {
        Plan Stats(Plan input, SplCommand.Stats stats)
        {
            // The columns of a chart that is split are the values of a field.
            if (stats.Kind is SplStatsKind.Chart or SplStatsKind.TimeChart && stats.By.Count + (stats.Over is null ? 0 : 1) > (stats.Kind == SplStatsKind.Chart ? 1 : 0))
                return Unread(input, stats.Span, stats.Kind == SplStatsKind.Chart ? "chart" : "timechart");
            var groups = stats.Over is { } over ? [new SplGroup(over, null)] : stats.By;
            var keys = groups.Items.Select(g => new Named(g.Field.Text, Key(g, Find(g.Field)))).ToList();
            if (stats.Kind == SplStatsKind.TimeChart)
                keys.Add(new("_time", new Expression.Call("bin", [Find("_time", stats.Span), .. SpanOf(OptionOf(stats.Options, "span"))], Dialect.Spl)));
            var outcomes = Outcomes(stats.Aggregates);
            if (stats.Kind == SplStatsKind.StreamStats && IsFramed(stats.Options))
                return Streamed(input, stats, keys, outcomes);
            var kind = stats.Kind switch
            {
                SplStatsKind.EventStats => AggregateKind.Annotate,
                SplStatsKind.StreamStats => AggregateKind.Running,
                _ => AggregateKind.Collapse,
            };
            _columns = (kind == AggregateKind.Collapse ? SplColumns.None : _columns).With([.. outcomes.Select(o => o.Name), .. kind == AggregateKind.Collapse ? keys.Select(k => k.Name) : []]);
            // Each value of a key with several counts in its own group; rows without a key vanish.
            return new Plan.Aggregate(input, kind, [.. keys], [.. outcomes]) { KeysPerElement = true };
        }

        static bool IsFramed(EquatableArray<SplOption> options) => options.Items.Any(o => o.Name is "window" or "time_window" or "current" or "reset_on_change" or "reset_before" or "reset_after");

        Plan Streamed(Plan input, SplCommand.Stats stats, List<Named> keys, List<Named> outcomes)
        {
            // Only a window of so many rows, this one among them, has a form.
            if (stats.Options.Items.Any(o => o.Name is not ("window" or "current" or "global")) || !IsTrue(OptionOf(stats.Options, "current"), otherwise: true)
                || !long.TryParse(OptionOf(stats.Options, "window")?.Text ?? "0", CultureInfo.InvariantCulture, out var rows) || rows < 0)
            {
                _columns = _columns.With(outcomes.Select(o => o.Name));
                return Unread(input, stats.Span, "streamstats");
            }

            var windows = outcomes.Select(o => o.Value is Expression.Aggregate aggregate
                ? o with { Value = new Expression.Window(aggregate.Function, aggregate.Arguments, []) { FrameRows = rows == 0 ? null : rows - 1, PartitionBy = [.. keys.Select(k => k.Value)], Span = aggregate.Span } }
                : o).ToEquatableArray();
            _columns = _columns.With(outcomes.Select(o => o.Name));
            return new Plan.Derive(input, windows);
        }

        Plan TStats(SplCommand.TStats stats)
        {
            var (model, node) = ModelOf(stats.DataModel);
            _inModel = model.Length > 0;
            _columns = _inModel ? SplColumns.OfModel : SplColumns.OfEvents;
            var events = Events(model.Length > 0 ? ModelTerms(model, node, stats.Condition) : SourceTerms(stats.Condition)) with { Lookback = LookbackOf(stats.Condition) };
            var input = Filtered(events, stats.Condition);
            var fill = OptionOf(stats.Options, "fillnull_value");
            var span = stats.By.Items.Select(g => g.Buckets).FirstOrDefault(b => b is not null) ?? OptionOf(stats.Options, "span");
            var keys = stats.By.Items.Select(g => new Named(g.Field.Text, ModelKey(g, fill, span))).ToEquatableArray();
            if (span is not null && stats.By.Items.All(g => g.Field.Text != "_time"))
                keys = [.. keys, new("_time", Bucketed(Find("_time", stats.Span), span))];
            var outcomes = Outcomes(stats.Aggregates);
            _inModel = false;
            _columns = SplColumns.None.With([.. keys.Select(k => k.Name), .. outcomes.Select(o => o.Name)]);
            return new Plan.Aggregate(input, AggregateKind.Collapse, keys, [.. outcomes]) { KeysPerElement = true };
        }

        // A span belongs to the time, wherever it stands; a value for what is missing to every other key.
        Expression ModelKey(SplGroup group, SplValue? fill, SplValue? span)
        {
            var field = SearchField(group.Field);
            return group.Field.Text == "_time" ? span is null ? field : Bucketed(field, span)
                : fill is null ? field
                : new Expression.Coalesce([field, Expression.Text(fill.Text) with { Span = fill.Span }]) { Span = group.Field.Span };
        }

        static Expression Key(SplGroup group, Expression field) => group.Buckets is { } span ? Bucketed(field, span) : field;

        static Expression.Call Bucketed(Expression field, SplValue span) => new("bin", [field, .. SpanOf(span)], Dialect.Spl) { Span = field.Span };

        static ImmutableArray<Expression> SpanOf(SplValue? span) => span is null ? [] : [new Expression.Constant(SplTimes.Literal(span.Text)) { Span = span.Span }];

        // Endpoint.Processes: a model and its data set.
        static (string Model, string Node) ModelOf(SplValue? written)
        {
            var name = written?.Text ?? "";
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        }

        // nodename picks a data set as the second part of the model's name does.
        static ImmutableArray<LogSource.Term> ModelTerms(string model, string node, SplSearch condition)
        {
            var nodes = (condition is SplSearch.And and ? and.Terms.Items : [condition]).OfType<SplSearch.Compare>()
                .Where(c => c is { Op: SplComparison.Equal, Field.Text: "nodename" }).Select(c => c.Value.Text).Prepend(node).Where(n => n.Length > 0).ToEquatableArray();
            return nodes.IsEmpty ? [new("datamodel", [model])] : [new("datamodel", [model]), new("node", nodes)];
        }

        // All_Changes.Account_Management.user: data sets begin with a capital, and their names are no part of the field.
        static string ModelField(string name)
        {
            var at = 0;
            for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot > at && char.IsUpper(name[at]); dot = name.IndexOf('.', at))
                at = dot + 1;
            return at < name.Length ? name[at..] : name;
        }

        List<Named> Outcomes(EquatableArray<SplAggregate> aggregates) => [.. aggregates.Items.Select(a => new Named(NameOf(a), Aggregate(a)))];

        string NameOf(SplAggregate aggregate) =>
            aggregate.Name is { } given ? given.Text
            : aggregate.Argument is null ? aggregate.Function
            : $"{aggregate.Function}({(aggregate.IsEval ? $"eval({Slice(aggregate.Argument.Span).Trim('(', ')')})" : Slice(aggregate.Argument.Span).Trim('"'))})";

        Expression Aggregate(SplAggregate aggregate)
        {
            if (SplFunctions.Aggregate(aggregate.Function) is not var (function, number))
            {
                Report(aggregate.Span, SplCodes.UnknownFunction, aggregate.Function);
                return new Expression.Unsupported(Slice(aggregate.Span)) { Span = aggregate.Span };
            }

            // count(eval(x>1)) counts the rows for which it is true.
            if (function == "count" && aggregate is { IsEval: true, Argument: { } condition } && IsCondition(condition))
                return new Expression.Aggregate(function, []) { Filter = Condition(condition), CountsNulls = true, Span = aggregate.Span };
            EquatableArray<Expression> arguments = aggregate.Argument is { } argument ? [aggregate.IsEval ? Value(argument) : Argument(argument)] : [];
            if (number is { } percent)
                arguments = [.. arguments, Number(percent)];
            return new Expression.Aggregate(function, arguments) { CountsNulls = function == "count" && arguments.IsEmpty, Span = aggregate.Span };
        }

        Expression Argument(SplExpression argument) =>
            argument is SplExpression.Field field ? Find(_inModel ? ModelField(field.Name) : field.Name, field.Span) : Value(argument);
    }
}
