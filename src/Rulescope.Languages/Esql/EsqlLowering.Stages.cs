using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlLowering
{
    // The commands behind a source, and the columns each of them leaves.
    sealed partial class Pipelines
    {
        Plan Stage(Plan input, EsqlCommand command) => command switch
        {
            EsqlCommand.Where where => new Plan.Filter(input, Condition(where.Condition)),
            EsqlCommand.Eval eval => Derive(input, eval.Fields),
            EsqlCommand.Stats stats => Group(input, stats.Aggregates, stats.By, AggregateKind.Collapse),
            EsqlCommand.InlineStats stats => Group(input, stats.Aggregates, stats.By, AggregateKind.Annotate),
            EsqlCommand.Keep keep => Keep(input, keep),
            EsqlCommand.Drop drop => Drop(input, drop),
            EsqlCommand.Rename rename => Rename(input, rename),
            EsqlCommand.Sort sort => new Plan.Sort(input, [.. sort.Keys.Items.Select(Key)]),
            EsqlCommand.Limit limit => Limit(input, limit),
            EsqlCommand.Dissect dissect => Dissect(input, dissect),
            EsqlCommand.Grok grok => Grok(input, grok),
            EsqlCommand.MvExpand expand => Expand(input, expand),
            EsqlCommand.Enrich enrich => Enrich(input, enrich),
            EsqlCommand.LookupJoin join => LookupJoin(input, join),
            EsqlCommand.Fork fork => Fork(input, fork),
            EsqlCommand.Completion completion => Beside(input, completion, completion.Target?.Text ?? "completion"),
            EsqlCommand.Rerank rerank => Beside(input, rerank, rerank.Target?.Text ?? "_score"),
            EsqlCommand.ChangePoint point => Beside(input, point, point.Type?.Text ?? "type", point.PValue?.Text ?? "pvalue"),
            EsqlCommand.TakeApart apart => TakeApart(input, apart),
            EsqlCommand.Fuse fuse => NoModel(input, fuse, "FUSE"),
            EsqlCommand.Sample sample => NoModel(input, sample, "SAMPLE"),
            // The parser has said why it is not read.
            EsqlCommand.Unsupported unread => new Plan.Unsupported(unread.SourceText) { Inputs = [input] },
            EsqlCommand.From or EsqlCommand.TimeSeries or EsqlCommand.Row or EsqlCommand.Show => NoModel(input, command, "a source behind another command"),
            _ => throw new UnreachableException(command.GetType().Name),
        };

        Plan.Derive Derive(Plan input, EquatableArray<EsqlField> fields)
        {
            var columns = ImmutableArray.CreateBuilder<Named>(fields.Count);
            foreach (var field in fields)
            {
                var name = NameOf(field);
                columns.Add(new(name, Value(field.Value)));
                _columns = _columns.With([name]);
            }

            return new(input, columns.ToImmutable());
        }

        Plan Keep(Plan input, EsqlCommand.Keep keep)
        {
            var plan = new Plan.Project(input, ProjectKind.Keep, [.. keep.Columns.Items.Select(Column)]);
            _columns = _columns.Keep(keep.Columns);
            return plan;
        }

        Plan Drop(Plan input, EsqlCommand.Drop drop)
        {
            var plan = new Plan.Project(input, ProjectKind.Drop, [.. drop.Columns.Items.Select(Column)]);
            _columns = _columns.Drop(drop.Columns);
            return plan;
        }

        Named Column(EsqlName name) => new(name.Text, Resolve(name));

        // A name that is given and taken again within one command needs a stage of its own.
        Plan Rename(Plan input, EsqlCommand.Rename rename)
        {
            var plan = input;
            var columns = ImmutableArray.CreateBuilder<Named>();
            var given = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in rename.Renames)
            {
                if (given.Contains(one.Old.Text))
                {
                    plan = new Plan.Rename(plan, columns.ToImmutable()) { Span = rename.Span };
                    columns.Clear();
                    given.Clear();
                }

                columns.Add(new(one.New.Text, Resolve(one.Old)));
                given.Add(one.New.Text);
                _columns = _columns.Drop([one.Old]).With([one.New.Text]);
            }

            return new Plan.Rename(plan, columns.ToImmutable());
        }

        SortKey Key(EsqlOrder order)
        {
            var descending = order.Direction == EsqlDirection.Desc;
            return new(Value(order.Value)) { Descending = descending, NullsFirst = order.Nulls is { } nulls ? nulls == EsqlNulls.First : descending };
        }

        Plan Limit(Plan input, EsqlCommand.Limit limit)
        {
            if (limit.Count is not EsqlExpression.Integer count)
                return NoModel(input, limit, "a LIMIT whose number is not written");
            return limit.By.IsEmpty
                ? new Plan.Take(input, count.Value)
                : new Plan.Distinct(input, [.. limit.By.Items.Select(Value)]) { Keep = count.Value };
        }

        Plan Expand(Plan input, EsqlCommand.MvExpand expand)
        {
            // Elasticsearch keeps no empty lists: such a field has no value, and its row stays.
            var plan = new Plan.Expand(input, [Column(expand.Field)]) { KeepsEmpty = true };
            _columns = _columns.With([expand.Field.Text]);
            return plan;
        }

        Plan Fork(Plan input, EsqlCommand.Fork fork)
        {
            var before = _columns;
            var branches = ImmutableArray.CreateBuilder<Plan>();
            EsqlColumns? after = null;
            foreach (var branch in fork.Branches)
            {
                _columns = before;
                branches.Add(Pipeline(branch.Commands, new Plan.Inflow { Span = new(branch.Span.Start, 0) }));
                after = after is null ? _columns : EsqlColumns.Merge(after, _columns);
            }

            _columns = (after ?? before).With(["_fork"]);
            return new Plan.Fork(input, branches.ToImmutable());
        }

        // Every row goes on, with columns that only the running service can fill.
        Plan.Opaque Beside(Plan input, EsqlCommand command, params IEnumerable<string> columns)
        {
            _columns = _columns.With(columns);
            return new(input, Slice(command.Span));
        }

        Plan.Opaque TakeApart(Plan input, EsqlCommand.TakeApart apart)
        {
            _columns = _columns.WithPrefix(apart.Prefix.Text);
            return new(input, Slice(apart.Span));
        }

        Plan.Unsupported NoModel(Plan input, EsqlCommand command, string what)
        {
            Report(command.Span, EsqlCodes.NoModel, what);
            return new(Slice(command.Span)) { Inputs = [input] };
        }

        /// <summary>What a name stands for here, as a value.</summary>
        Expression Resolve(EsqlName name)
        {
            if (name.HasParameter)
                return NoValue(name.Span, "a name that is a parameter");
            if (name.HasWildcard)
                return new Expression.Ref(new Reference.FieldPattern(name.Text) { Span = name.Span }) { Span = name.Span };
            if (_columns.Find(name.Text) is not { } target)
            {
                Report(name.Span, EsqlCodes.UnknownColumn, name.Text);
                return new Expression.Unsupported(Slice(name.Span)) { Span = name.Span };
            }

            if (target is Reference.Field && _columns.LacksMetadata(name.Text))
                Report(name.Span, EsqlCodes.NoMetadata, name.Text);
            return new Expression.Ref(target with { Span = name.Span }) { Span = name.Span };
        }

        Expression.Unsupported NoValue(SourceSpan span, string what)
        {
            Report(span, EsqlCodes.NoModel, what);
            return new(Slice(span)) { Span = span };
        }
    }
}
