using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlLowering
{
    // Columns cut out of texts and fetched from other tables, and groups of rows.
    sealed partial class Pipelines
    {
        Plan Dissect(Plan input, EsqlCommand.Dissect dissect)
        {
            if (dissect.Pattern is not EsqlExpression.String pattern)
                return NoModel(input, dissect, "a DISSECT whose pattern is not written");
            var separator = dissect.Options.Items.LastOrDefault(o => o.Name.Equals("append_separator", StringComparison.OrdinalIgnoreCase))?.Value;
            var plan = new Plan.Parse(input, ParseKind.Dissect, Value(dissect.Input), pattern.Value, EsqlPatterns.OfDissect(pattern.Value))
            {
                Separator = separator is EsqlExpression.String written ? written.Value : "",
            };
            _columns = _columns.With(plan.Columns.Items);
            return plan;
        }

        Plan Grok(Plan input, EsqlCommand.Grok grok)
        {
            var patterns = grok.Patterns.Items.OfType<EsqlExpression.String>().Select(p => p.Value).ToList();
            if (patterns.Count == 0 || patterns.Count < grok.Patterns.Count)
                return NoModel(input, grok, "a GROK whose pattern is not written");
            if (patterns.Count > 1)
                Report(grok.Span, EsqlCodes.ReadAs, "a list of GROK patterns", "one pattern of alternatives");
            var pattern = patterns.Count == 1 ? patterns[0] : string.Join('|', patterns.Select(p => $"(?:{p})"));
            var plan = new Plan.Parse(input, ParseKind.Grok, Value(grok.Input), pattern, EsqlPatterns.OfGrok(pattern));
            _columns = _columns.With(plan.Columns.Items);
            return plan;
        }

        // The field that a policy looks its key up in is not written in the query.
        Plan Enrich(Plan input, EsqlCommand.Enrich enrich)
        {
            var key = enrich.On is { } on ? Resolve(on) : Fetched(enrich.Policy, "match_field", enrich.Span);
            var outputs = enrich.With.Items.Select(w => new Named((w.NewName ?? w.Field).Text, Fetched(enrich.Policy, w.Field.Text, w.Field.Span))).ToEquatableArray();
            _columns = outputs.IsEmpty ? _columns.WithTable(enrich.Policy) : _columns.With(outputs.Items.Select(o => o.Name));
            return new Plan.Lookup(input, enrich.Policy, [new(key, Fetched(enrich.Policy, "match_field", enrich.Span))], outputs);
        }

        Plan LookupJoin(Plan input, EsqlCommand.LookupJoin join)
        {
            var table = Pattern(join.Target);
            var keys = ImmutableArray.CreateBuilder<Plan.JoinKey>();
            foreach (var on in join.On)
            {
                switch (on)
                {
                    case EsqlExpression.Field field:
                        keys.Add(new(Resolve(field.Name), Fetched(table, field.Name.Text, field.Span)));
                        break;
                    case EsqlExpression.Compare { Op: EsqlComparison.Equal, Left: EsqlExpression.Field left, Right: EsqlExpression.Field right }:
                        keys.Add(new(Resolve(left.Name), Fetched(table, right.Name.Text, right.Span)));
                        break;
                    default:
                        _columns = _columns.WithTable(table);
                        return NoModel(input, join, "a LOOKUP JOIN on more than equal fields");
                }
            }

            _columns = _columns.WithTable(table);
            return new Plan.Lookup(input, table, keys.ToImmutable(), []);
        }

        static Expression.Ref Fetched(string table, string name, SourceSpan span) =>
            new(new Reference.Column(name) { Stage = table, Span = span }) { Span = span };

        // STATS keeps rows without a key as a group, and counts a row once for each value of a key of several.
        Plan Group(Plan input, EquatableArray<EsqlAggregate> aggregates, EquatableArray<EsqlField> by, AggregateKind kind)
        {
            var keys = by.Items.Select(k => new Named(NameOf(k), Value(k.Value))).ToEquatableArray();
            // The right one of two columns of one name is the one that remains.
            var outcomes = aggregates.Items.Select(Outcome).Reverse().DistinctBy(o => o.Name, StringComparer.Ordinal).Reverse().ToEquatableArray();
            _columns = (kind == AggregateKind.Collapse ? EsqlColumns.None : _columns).With(keys.Items.Concat(outcomes.Items).Select(c => c.Name));
            return new Plan.Aggregate(input, kind, keys, outcomes) { KeepsNullKeys = true, KeysPerElement = kind == AggregateKind.Collapse };
        }

        Named Outcome(EsqlAggregate aggregate)
        {
            var outer = (_inGroups, _filter);
            _inGroups = false;
            _filter = aggregate.Where is { } where ? Condition(where) : null;
            _inGroups = true;
            var value = Value(aggregate.Value);
            (_inGroups, _filter) = outer;
            // Without a name the column is called as it is written, its own condition included.
            var name = aggregate.Name?.Text
                ?? Slice(aggregate.Where is null ? aggregate.Value.Span : SourceSpan.Cover(aggregate.Value.Span, aggregate.Where.Span));
            return new(name, value);
        }
    }
}
