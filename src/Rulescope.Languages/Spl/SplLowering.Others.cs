using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    sealed partial class Pipelines
    {
        // ctime(field) AS name, parted by commas; a wildcard stands for the columns that are known.
        Plan Convert(Plan input, SplCommand.Plain command)
        {
            var columns = ImmutableArray.CreateBuilder<Named>();
            var format = OptionOf(command, "timeformat");
            var arguments = command.Arguments.Items;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i] is not SplArgument.Group { Name: var function, Arguments: [SplArgument.Item { Value: var field }] } group)
                    continue;
                var alias = i + 2 < arguments.Length && Word(arguments[i + 1]) is "as" ? Item(arguments[i + 2]) : null;
                foreach (var name in SplColumns.HasWildcard(field.Text) ? _columns.Matching(field.Text) : [field.Text])
                {
                    EquatableArray<Expression> given = [Find(name, field.Span), .. format is null ? ImmutableArray<Expression>.Empty : [Expression.Text(format.Text) with { Span = format.Span }]];
                    columns.Add(new(alias?.Text ?? name, new Expression.Call(function.ToLowerInvariant(), given, Dialect.Spl) { Span = group.Span }));
                }
            }

            _columns = _columns.With(columns.Select(c => c.Name));
            return columns.Count == 0 ? Passed(input, command.Span) : new Plan.Derive(input, columns.ToImmutable());
        }

        static string Word(SplArgument argument) => argument is SplArgument.Item { Value: { Quoting: SplQuoting.None } value } ? value.Text.ToLowerInvariant() : "";

        // replace "a*" with "b*" in fields: a value that fits the first is written anew.
        Plan Replace(Plan input, SplCommand.Plain command)
        {
            var words = command.Arguments.Items.Select(Word).ToList();
            var start = words.IndexOf("in");
            if (start < 0)
                return Unread(input, command.Span, command.Name);
            var fields = command.Arguments.Items.Skip(start + 1).Select(Item).OfType<SplValue>().ToList();
            var pairs = new List<(SplValue From, SplValue To)>();
            for (var i = 1; i < start - 1; i++)
            {
                if (words[i] == "with" && Item(command.Arguments[i - 1]) is { } from && Item(command.Arguments[i + 1]) is { } to)
                    pairs.Add((from, to));
            }

            var columns = fields.Select(f => new Named(f.Text, Replaced(Find(f), pairs))).ToEquatableArray();
            _columns = _columns.With(fields.Select(f => f.Text));
            return new Plan.Derive(input, columns);
        }

        static Expression Replaced(Expression field, List<(SplValue From, SplValue To)> pairs) => pairs.Count == 0 ? field : new Expression.Case(
            [
                .. pairs.Select(p => new Expression.Arm(
                    Equal(field, p.From, Searched with { Fold = new Folding.Ordinal() }) with { Span = p.From.Span },
                    SplColumns.HasWildcard(p.From.Text)
                        ? new Expression.Call("replace_wildcards", [field, Expression.Text(p.From.Text), Expression.Text(p.To.Text)], Dialect.Spl)
                        : Expression.Text(p.To.Text))),
            ],
            field);

        // The commonest or the rarest combinations, with how many there are and their share.
        Plan Frequent(Plan input, SplCommand.Plain command)
        {
            var limit = OptionOf(command, "limit") is { } written && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var most) ? most : (long?)null;
            var names = new List<SplValue>();
            var by = -1;
            foreach (var item in ItemsOf(command))
            {
                if (by < 0 && string.Equals(item.Text, "by", StringComparison.OrdinalIgnoreCase))
                    by = names.Count;
                else if (names.Count == 0 && limit is null && long.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
                    limit = given;
                else
                    names.Add(item);
            }

            var count = OptionOf(command, "countfield")?.Text ?? "count";
            var percent = OptionOf(command, "percentfield")?.Text ?? "percent";
            var keys = names.Select(n => new Named(n.Text, Find(n))).ToEquatableArray();
            var grouped = new Plan.Aggregate(input, AggregateKind.Collapse, keys,
            [
                new(count, new Expression.Aggregate("count", []) { CountsNulls = true }),
                new(percent, new Expression.Aggregate("percent", [])),
            ])
            { KeysPerElement = true, Span = command.Span };
            _columns = SplColumns.None.With([.. names.Select(n => n.Text), count, percent]);
            var sorted = new Plan.Sort(grouped, [new(Find(count, command.Span)) { Descending = command.Name == "top" }]) { Span = command.Span };
            // Behind BY the limit holds in each group.
            return by < 0 ? new Plan.Take(sorted, limit ?? TopLimit) { Defaulted = limit is null }
                : new Plan.Distinct(sorted, [.. names.Skip(by).Select(Find)]) { Keep = limit ?? TopLimit };
        }

        Plan AddTotals(Plan input, SplCommand.Plain command)
        {
            var names = ItemsOf(command);
            var total = (OptionOf(command, "fieldname")?.Text ?? "Total").TrimEnd(',');
            Expression sum = names.IsEmpty
                ? new Expression.Unsupported(Slice(command.Span))
                : new Expression.Call("sum", [.. names.Select(Find)], Dialect.Spl);
            _columns = _columns.With(total);
            return new Plan.Derive(input, [new(total, sum with { Span = command.Span })]);
        }

        // The pipeline once per column that fits, its placeholders filled; the columns must be known, and only eval can be put together so.
        Plan Foreach(Plan input, SplCommand.Foreach each)
        {
            var names = each.Fields.Items.SelectMany(f => SplColumns.HasWildcard(f.Text) ? _columns.Matching(f.Text).Select(n => (f.Text, Name: n)) : [(f.Text, Name: f.Text)]).DistinctBy(n => n.Name, StringComparer.Ordinal).Take(MaxColumns + 1).ToList();
            if (_columns.All is null && Folded(input, each) is { } folded)
                return folded;
            var isKnown = _columns.All is not null || !each.Fields.Items.Any(f => SplColumns.HasWildcard(f.Text));
            if (!isKnown || names.Count > MaxColumns || ++_texts > MaxTexts || each.Template.Commands.Items.Any(c => c is not SplCommand.Eval))
            {
                _columns = _columns.WithUnread("foreach", each.Template.Commands.Items.OfType<SplCommand.Eval>().SelectMany(e => e.Assignments.Items).Select(a => a.Field).Where(f => !f.Contains("<<", StringComparison.Ordinal)));
                return Unread(input, each.Span, "foreach");
            }

            var columns = ImmutableArray.CreateBuilder<Named>();
            foreach (var (pattern, name) in names)
            {
                var filled = SplParser.Parse("| " + Filled(Slice(each.Template.Span).Trim('[', ']', ' ', '\n', '|'), pattern, name));
                foreach (var assignment in filled.Value.Commands.Items.OfType<SplCommand.Eval>().SelectMany(e => e.Assignments.Items))
                {
                    columns.Add(new(assignment.Field, new Anchored(_ => each.Span).Rewrite(Value(assignment.Value))));
                    _columns = _columns.With(assignment.Field);
                }
            }

            return columns.Count == 0 ? Passed(input, each.Span) : new Plan.Derive(input, columns.ToImmutable());
        }

        // One column that each field changes in turn, whichever fields there are: foreach(column, fields, (field, column) => value).
        Plan.Derive? Folded(Plan input, SplCommand.Foreach each)
        {
            if (each.Template.Commands is not [SplCommand.Eval { Assignments: [var only] }] || each.Fields is not [var pattern] || !SplColumns.HasWildcard(pattern.Text)
                || only.Field.Contains("<<", StringComparison.Ordinal) || Slice(each.Template.Span).Contains("<<MATCH", StringComparison.Ordinal))
            {
                return null;
            }

            var (initial, outer) = (Find(only.Field, each.Span), _loops);
            _loops = _loops.SetItem(Placeholder, new Expression.Ref(new Reference.LoopVariable(Placeholder))).SetItem(only.Field, new Expression.Ref(new Reference.LoopVariable(only.Field)));
            var body = new Expression.Lambda([Placeholder, only.Field], Value(only.Value)) { Span = each.Template.Span };
            _loops = outer;
            _columns = _columns.With(only.Field);
            return new(input, [new(only.Field, new Expression.Call("foreach", [initial, new Expression.Ref(new Reference.FieldPattern(pattern.Text) { Span = pattern.Span }) { Span = pattern.Span }, body], Dialect.Spl) { Span = each.Span })]);
        }

        const string Placeholder = "<<FIELD>>";

        /// <summary>Columns that one foreach runs over.</summary>
        const int MaxColumns = 100;

        static string Filled(string template, string pattern, string name)
        {
            var stars = SplColumns.Stars(pattern, name) ?? [];
            var text = template.Replace("<<FIELD>>", name, StringComparison.Ordinal).Replace("<<MATCHSTR>>", string.Concat(stars), StringComparison.Ordinal);
            for (var i = 0; i < stars.Length; i++)
                text = text.Replace($"<<MATCHSEG{i + 1}>>", stars[i], StringComparison.Ordinal);
            return text;
        }

        // A search per row, with the row's values for $field$: what is sought is read, how it hangs on the row is not.
        Plan Map(Plan input, SplCommand.Plain map)
        {
            if (OptionOf(map, "search") is not { } search || ++_texts > MaxTexts)
                return Unread(input, map.Span, "map");
            var expansion = SplExpansion.Of(search.Text, macros);
            var parsed = SplParser.Parse(expansion.Text);
            var inner = new Pipelines(search.Text, macros, source) { _texts = _texts };
            // Where nothing in the quotes is escaped, what stands in them has its own place.
            var isPlain = string.Equals(Slice(new(search.Span.Start + 1, search.Text.Length)), search.Text, StringComparison.Ordinal);
            SourceSpan Place(SourceSpan span) => isPlain && span.Length > 0 && expansion.ToOuter(span) is var inside ? inside with { Start = search.Span.Start + 1 + inside.Start } : search.Span;
            var plan = new Anchored(Place, expansion.ToMacro).Rewrite(inner.Pipeline(parsed.Value, null));
            _texts = inner._texts;
            _columns = SplColumns.OfTable("map");
            return Unread(input, map.Span, "map", plan);
        }

        // What was read from a text made up on the way stands where that text does.
        sealed class Anchored(Func<SourceSpan, SourceSpan> place, Func<SourceSpan, Excerpt?>? draw = null) : PlanRewriter
        {
            public override Plan Rewrite(Plan plan) => base.Rewrite(plan) with { Span = place(plan.Span) };

            public override Predicate Rewrite(Predicate predicate) => base.Rewrite(predicate) with { Span = place(predicate.Span), Written = predicate.Written is { } written ? written with { OperatorSpan = place(written.OperatorSpan) } : null };

            public override Expression Rewrite(Expression expression) => base.Rewrite(expression) switch
            {
                Expression.Ref reference => reference with { Target = reference.Target with { Span = place(reference.Target.Span) }, Span = place(reference.Span) },
                var other => other with { Span = place(other.Span), Drawn = other.Drawn ?? draw?.Invoke(other.Span) },
            };
        }
    }
}
