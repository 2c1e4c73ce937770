using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaLowering
{
    // The aggregations of old conditions mean what a correlation of the same name does.
    sealed partial class Documents
    {
        Plan Pipe(SigmaDocument.Rule rule, SigmaCondition.Pipe pipe, Plan.Source source, List<Predicate> filters)
        {
            var searches = new Searches(rule.Detection, rule.Header, _findings);
            return pipe.Aggregation switch
            {
                SigmaAggregation.Metric metric => Metric(rule, metric, Events(pipe.Input)) with { Span = pipe.Span },
                SigmaAggregation.Near near => Near(rule, [pipe.Input, .. near.Others is SigmaCondition.And and ? and.Terms : [near.Others]]) with { Span = pipe.Span },
                _ => throw new UnreachableException(pipe.Aggregation.GetType().Name),
            };

            Plan.Filter Events(SigmaCondition condition)
            {
                var predicate = searches.Condition(condition);
                return new(source, filters.Count == 0 ? predicate : Combine.All([predicate, .. filters]) with { Span = predicate.Span }) { Span = condition.Span };
            }

            Plan.Correlate Near(SigmaDocument.Rule document, IEnumerable<SigmaCondition> slots) => new([.. slots.Select((slot, i) => Slot(slot, i))])
            {
                Window = Window(document.Detection.Timeframe),
                Reuse = true,
            };

            Pattern Slot(SigmaCondition slot, int place) => slot is SigmaCondition.Not not
                ? new(SigmaWriter.Write(not.Operand), Events(not.Operand)) { Absent = true }
                : new(slot is SigmaCondition.Identifier identifier ? identifier.Name : $"search{place + 1}", Events(slot));
        }

        // Within a time frame a sliding count, without one a count of everything the query reads.
        static Plan Metric(SigmaDocument.Rule rule, SigmaAggregation.Metric metric, Plan.Filter events)
        {
            var distinct = metric is { Function: "count", Field: not null };
            var name = metric.Function;
            Expression[] arguments = metric.Field is null ? [] : [Field(new(metric.Field) { Span = metric.Span }, rule.Header, null)];
            var outcome = new Named(name, new Expression.Aggregate(distinct ? "dcount" : metric.Function, [.. arguments]));
            var condition = Bound(metric.Bound, name);
            if (rule.Detection.Timeframe is null)
            {
                var keys = metric.GroupBy.Select(g => new Named(g.Text, Field(g, rule.Header, null)));
                return new Plan.Filter(new Plan.Aggregate(events, AggregateKind.Collapse, [.. keys], [outcome]) { Span = metric.Span }, condition);
            }

            return new Plan.Correlate([new Pattern("", events)])
            {
                Keys = [.. metric.GroupBy.Select(g => new CorrelationKey([Field(g, rule.Header, null)]))],
                Window = Window(rule.Detection.Timeframe),
                Outcomes = [outcome],
                Condition = condition,
                Emit = Emission([metric.Bound]),
            };
        }
    }
}
