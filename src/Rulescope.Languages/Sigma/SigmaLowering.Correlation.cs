using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaLowering
{
    // A correlation is one Correlate over views, one view for every rule it refers to.
    sealed partial class Documents
    {
        const int MaxChain = 50;

        readonly ImmutableArray<View>.Builder _views = ImmutableArray.CreateBuilder<View>();
        readonly HashSet<SigmaDocument> _open = new(ReferenceEqualityComparer.Instance);
        readonly HashSet<string> _known = new(StringComparer.Ordinal);
        int _depth;

        Plan Correlation(SigmaDocument.Correlation document)
        {
            var body = document.Body;
            if (body.Kind == SigmaCorrelationKind.Unknown || body.Rules.IsEmpty)
                return new Plan.Unsupported("correlation") { Span = document.Span };
            _open.Add(document);
            var uses = body.Rules.Select(Use).ToList();
            _open.Remove(document);
            Plan plan = body.Kind is SigmaCorrelationKind.Temporal or SigmaCorrelationKind.TemporalOrdered
                ? Temporal(document, uses)
                : Measure(document, uses);
            return plan with { Span = body.Span };
        }

        // The view of a referred rule, made on first use. What is found in other documents is told when they are lowered.
        Plan Use(SigmaName reference)
        {
            var document = scope.Find(reference.Text);
            var name = document?.Header.Name ?? document?.Header.Id ?? reference.Text;
            if (document is not null && _open.Contains(document))
            {
                _findings.Add(Diagnostic.At(reference.Span, SigmaCodes.CorrelationCycle, name));
                return new Plan.Unsupported(name) { Span = reference.Span };
            }

            if (_known.Add(name))
            {
                if (document is null)
                    _findings.Add(Diagnostic.At(reference.Span, SigmaCodes.RuleNotFound, name));
                var view = new View(name, document is null ? null : Referred(document));
                _views.Add(view);
            }

            return new Plan.Use(name) { Span = reference.Span };
        }

        Plan? Referred(SigmaDocument document)
        {
            var outer = _findings;
            _findings = ImmutableArray.CreateBuilder<Diagnostic>();
            var plan = document switch
            {
                SigmaDocument.Rule rule => Rule(rule),
                // A chain is as deep as people write it; a longer one would only exhaust the stack.
                SigmaDocument.Correlation correlation when _depth < MaxChain => Chained(correlation),
                SigmaDocument.Correlation => new Plan.Unsupported($"a chain of more than {MaxChain} correlations"),
                _ => null,
            };
            outer.AddRange(_findings.Where(f => f.Code == SigmaCodes.CorrelationCycle));
            _findings = outer;
            return plan;
        }

        Plan Chained(SigmaDocument.Correlation correlation)
        {
            _depth++;
            var plan = Correlation(correlation);
            _depth--;
            return plan;
        }

        // event_count, value_count, value_sum ...: one measure over all events of the rules, per group.
        Plan.Correlate Measure(SigmaDocument.Correlation document, List<Plan> uses)
        {
            var body = document.Body;
            var aliases = body.Aliases.Where(a => body.GroupBy.Any(g => g.Text == a.Name)).ToList();
            var inputs = uses.Select((use, i) => WithAliases(use, body.Rules[i].Text, aliases, document.Header)).ToEquatableArray();
            var input = inputs.Count == 1 ? inputs[0] : new Plan.Union(inputs) { Span = body.Span };
            var keys = body.GroupBy.Select(g => new CorrelationKey([aliases.Any(a => a.Name == g.Text)
                ? new Expression.Ref(new Reference.Column(g.Text) { Span = g.Span }) { Span = g.Span }
                : Field(g, document.Header, null)]));
            var (function, name) = Function(body.Kind);
            var arguments = body.Fields.Select(Expression (f) => Field(f, document.Header, null)).ToList();
            if (body is { Kind: SigmaCorrelationKind.ValuePercentile, Percentile: { } percentile })
                arguments.Add(new Expression.Constant(Constant(percentile)));
            var condition = body is { Kind: SigmaCorrelationKind.ValuePercentile, Percentile: null }
                ? Unclear("value_percentile without 'percentile'", body.Span)
                : Bounds(body.Bounds, name);
            return new([new Pattern("", input)])
            {
                Keys = [.. keys],
                Window = Window(body.Timespan),
                Outcomes = [new(name, new Expression.Aggregate(function, [.. arguments]))],
                Condition = condition,
                Emit = Emission(body.Bounds),
            };
        }

        static Plan WithAliases(Plan input, string rule, List<SigmaAlias> aliases, SigmaHeader header)
        {
            var columns = from alias in aliases
                          from field in alias.Fields
                          where field.Rule == rule
                          select new Named(alias.Name, Field(new(field.Field) { Span = field.Span }, header, null));
            var named = columns.ToEquatableArray();
            return named.IsEmpty ? input : new Plan.Derive(input, named) { Span = input.Span };
        }

        static (string Function, string Name) Function(SigmaCorrelationKind kind) => kind switch
        {
            SigmaCorrelationKind.EventCount => ("count", "event_count"),
            SigmaCorrelationKind.ValueCount => ("dcount", "value_count"),
            SigmaCorrelationKind.ValueSum => ("sum", "value_sum"),
            SigmaCorrelationKind.ValueAvg => ("avg", "value_avg"),
            SigmaCorrelationKind.ValuePercentile => ("percentile", "value_percentile"),
            _ => throw new UnreachableException(kind.ToString()),
        };

        Plan.Correlate Temporal(SigmaDocument.Correlation document, List<Plan> uses)
        {
            var body = document.Body;
            // With a condition of its own no rule has to match; without one each has to.
            var free = body.Condition is not null || !body.Bounds.IsEmpty;
            var patterns = uses.Select((use, i) => new Pattern(body.Rules[i].Text, use) { Minimum = free ? 0 : 1 });
            var keys = body.GroupBy.Select(g => new CorrelationKey([.. body.Rules.Select(r => Field(Aliased(body, g, r), document.Header, r.Text))]));
            var counts = body.Rules.Select(r => new Named(CountOf(r.Text), new Expression.Aggregate("count", [Event(r.Text)])));
            return new([.. patterns])
            {
                Keys = [.. keys],
                Order = body.Kind == SigmaCorrelationKind.TemporalOrdered ? PatternOrder.Listed : PatternOrder.Any,
                Window = Window(body.Timespan),
                // One event may be a hit of two rules; in order, each stands after the one before.
                Reuse = body.Kind == SigmaCorrelationKind.Temporal,
                Outcomes = free ? [.. counts] : [],
                Condition = body.Condition is { } condition ? Occurs(condition, body) : body.Bounds.IsEmpty ? null : DistinctRules(body),
                Emit = Emission(body.Bounds),
            };
        }

        static SigmaName Aliased(SigmaCorrelation body, SigmaName group, SigmaName rule)
        {
            var fields = body.Aliases.Where(a => a.Name == group.Text).SelectMany(a => a.Fields);
            return fields.FirstOrDefault(f => f.Rule == rule.Text) is { } field ? new(field.Field) { Span = field.Span } : group;
        }

        static string CountOf(string rule) => $"{rule}_count";

        // The event of a pattern as a whole: a field without a path.
        static Expression.Ref Event(string variable) => new(new Reference.Field(new([])) { EventVariable = variable });

        static Predicate.Test Occurs(string rule, SourceSpan span) =>
            Compare(CountOf(rule), new Match.Order(OrderRelation.GreaterOrEqual), new Literal.Integer(1), span);

        Predicate Occurs(SigmaCondition condition, SigmaCorrelation body) => condition switch
        {
            SigmaCondition.Identifier identifier => Occurs(identifier.Name, identifier.Span),
            SigmaCondition.Not not => new Predicate.Not(Occurs(not.Operand, body)) { Span = not.Span },
            SigmaCondition.And and => Combine.All([.. and.Terms.Select(t => Occurs(t, body))]) with { Span = and.Span },
            SigmaCondition.Or or => Combine.Any([.. or.Terms.Select(t => Occurs(t, body))]) with { Span = or.Span },
            SigmaCondition.Of of => Several(of, [.. body.Rules.Where(r => SigmaParser.Fits(of.Pattern, r.Text)).Select(Predicate (r) => Occurs(r.Text, r.Span))]),
            SigmaCondition.Unread unread => new Predicate.Unsupported(unread.Text) { Span = unread.Span },
            _ => Unclear("an aggregation over rules", condition.Span),
        };

        static Predicate Several(SigmaCondition.Of of, EquatableArray<Predicate> terms) => of.Count switch
        {
            null => new Predicate.And(terms) { Span = of.Span },
            1 => new Predicate.Or(terms) { Span = of.Span },
            { } count => new Predicate.AtLeast(count, terms) { Span = of.Span },
        };

        // "gte: 2" of a temporal correlation counts the rules that matched.
        Predicate DistinctRules(SigmaCorrelation body)
        {
            var terms = body.Rules.Select(Predicate (r) => Occurs(r.Text, r.Span)).ToEquatableArray();
            return Combine.All([.. body.Bounds.Select(b => int.TryParse(b.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? AtLeast(b, count, terms)
                : Unclear($"{b.Value} rules", b.Span))]);
        }

        static Predicate AtLeast(SigmaBound bound, int count, EquatableArray<Predicate> terms)
        {
            var exactly = new Predicate.And([Least(count), new Predicate.Not(Least(count + 1))]) { Span = bound.Span };
            return bound.Comparison switch
            {
                SigmaComparison.GreaterOrEqual => Least(count),
                SigmaComparison.Greater => Least(count + 1),
                SigmaComparison.Less => new Predicate.Not(Least(count)) { Span = bound.Span },
                SigmaComparison.LessOrEqual => new Predicate.Not(Least(count + 1)) { Span = bound.Span },
                SigmaComparison.Equal => exactly,
                _ => new Predicate.Not(exactly) { Span = bound.Span },
            };

            Predicate Least(int least) => new Predicate.AtLeast(least, terms) { Span = bound.Span };
        }

        static Predicate? Bounds(EquatableArray<SigmaBound> bounds, string column) =>
            bounds.IsEmpty ? null : Combine.All([.. bounds.Select(b => Bound(b, column))]) with { Span = SourceSpan.Cover(bounds[0].Span, bounds[^1].Span) };

        static Predicate Bound(SigmaBound bound, string column)
        {
            var literal = Constant(bound.Value);
            var test = bound.Comparison switch
            {
                SigmaComparison.Less => Compare(column, new Match.Order(OrderRelation.Less), literal, bound.Span),
                SigmaComparison.LessOrEqual => Compare(column, new Match.Order(OrderRelation.LessOrEqual), literal, bound.Span),
                SigmaComparison.Greater => Compare(column, new Match.Order(OrderRelation.Greater), literal, bound.Span),
                SigmaComparison.GreaterOrEqual => Compare(column, new Match.Order(OrderRelation.GreaterOrEqual), literal, bound.Span),
                _ => Compare(column, new Match.Exact(), literal, bound.Span),
            };
            return bound.Comparison == SigmaComparison.NotEqual ? new Predicate.Not(test) { Span = bound.Span } : test;
        }

        static Predicate.Test Compare(string column, Match match, Literal literal, SourceSpan span) =>
            new(new Expression.Ref(new Reference.Column(column) { Span = span }) { Span = span }, match, [new Expression.Constant(literal) { Span = span }], new Semantics()) { Span = span };

        static Literal Constant(string number) =>
            long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole)
            : new Literal.Real(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture));

        static TimeWindow? Window(SigmaTimespan? timespan) => timespan is null ? null : new(WindowKind.Sliding, timespan.Ticks);

        // A count that is high enough stays so; that it is low, or just so, is known at the end of the window only.
        static Emission Emission(EquatableArray<SigmaBound> bounds) =>
            bounds.All(b => b.Comparison is SigmaComparison.Greater or SigmaComparison.GreaterOrEqual) ? Algebra.Plans.Emission.First : Algebra.Plans.Emission.AtWindowEnd;

        static Expression.Ref Field(SigmaName name, SigmaHeader header, string? variable) => new(new Reference.Field(FieldPath.OfDotted(name.Text))
        {
            Lookup = name.Text.Contains('.', StringComparison.Ordinal) ? KeyLookup.DottedFirst : KeyLookup.Exact,
            Vocabulary = header.Taxonomy ?? Vendor,
            EventVariable = variable,
            Span = name.Span,
        })
        { Span = name.Span };

        Predicate.Unsupported Unclear(string what, SourceSpan span)
        {
            _findings.Add(Diagnostic.At(span, SigmaCodes.NoMeaning, what));
            return new(what) { Span = span };
        }
    }
}
