using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
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
        Plan Stage(Plan input, SplCommand command) => command switch
        {
            SplCommand.Search search => Filtered(input, search.Condition),
            SplCommand.Where where => new Plan.Filter(input, Condition(where.Condition)),
            SplCommand.Eval eval => Evaluate(input, eval.Assignments),
            SplCommand.Stats stats => Stats(input, stats),
            SplCommand.TStats stats => Appended(input, stats.Options, () => TStats(stats)),
            SplCommand.Rename rename => Rename(input, rename),
            SplCommand.Rex rex => Rex(input, rex),
            SplCommand.Regex regex => Regex(input, regex),
            SplCommand.Lookup lookup => Lookup(input, lookup),
            SplCommand.InputLookup lookup => Appended(input, lookup.Options, () => InputLookup(lookup)),
            SplCommand.Join join => Join(input, join),
            SplCommand.Branch branch => Branch(input, branch),
            SplCommand.Transaction transaction => Transaction(input, transaction),
            SplCommand.Foreach each => Foreach(input, each),
            SplCommand.Plain plain => Plain(input, plain),
            SplCommand.Macro macro when IsKnownMacro(macro.Call) => Passed(input, macro.Span),
            SplCommand.Macro or SplCommand.Unsupported => new Plan.Unsupported(Slice(command.Span)) { Inputs = [input] },
            _ => throw new UnreachableException(command.GetType().Name),
        };

        Plan.Derive Evaluate(Plan input, EquatableArray<SplAssignment> assignments)
        {
            var columns = ImmutableArray.CreateBuilder<Named>();
            foreach (var assignment in assignments)
            {
                columns.Add(new(assignment.Field, Value(assignment.Value)));
                _columns = _columns.With(assignment.Field);
            }

            return new(input, columns.ToImmutable());
        }

        /// <summary>Rows of a command's own behind those that flow in, where it says <c>append=true</c>; otherwise in their place.</summary>
        Plan Appended(Plan input, EquatableArray<SplOption> options, Func<Plan> rows)
        {
            var before = _columns;
            var plan = rows();
            if (!IsTrue(OptionOf(options, "append"), otherwise: false))
                return plan;
            _columns = SplColumns.Merge(before, _columns);
            return new Plan.Union([input, plan]);
        }

        Plan InputLookup(SplCommand.InputLookup lookup)
        {
            _columns = SplColumns.OfTable(lookup.Table.Text);
            return Filtered(new Plan.Source(new(Vendor, [new("lookup", [lookup.Table.Text])])), lookup.Condition);
        }

        // Pairs of wildcards rename what fits; in raw events nobody knows what that is.
        Plan Rename(Plan input, SplCommand.Rename rename)
        {
            var columns = ImmutableArray.CreateBuilder<Named>();
            var before = _columns;
            foreach (var pair in rename.Pairs)
            {
                if (!SplColumns.HasWildcard(pair.From.Text))
                {
                    columns.Add(new(pair.To.Text, before.Find(pair.From.Text, pair.From.Span)));
                    _columns = _columns.Rename(pair.From.Text, pair.To.Text);
                    continue;
                }

                foreach (var name in before.Matching(pair.From.Text))
                {
                    var renamed = SplColumns.Renamed(name, pair.From.Text, pair.To.Text);
                    columns.Add(new(renamed, before.Find(name, pair.From.Span)));
                    _columns = _columns.Rename(name, renamed);
                }

                if (before.All is null)
                    _columns = _columns.Move(pair.From.Text, pair.To.Text);
            }

            return columns.Count == 0 ? Passed(input, rename.Span) : new Plan.Rename(input, columns.ToImmutable());
        }

        Plan Rex(Plan input, SplCommand.Rex rex)
        {
            var field = OptionOf(rex.Options, "field");
            var subject = field is null ? _columns.Find("_raw", rex.Span) : Find(field);
            if (OptionOf(rex.Options, "mode")?.Text == "sed")
            {
                var name = field?.Text ?? "_raw";
                _columns = _columns.With(name);
                return new Plan.Parse(input, ParseKind.Sed, subject, rex.Pattern.Text, [name]);
            }

            var columns = NamedGroups(rex.Pattern.Text).ToEquatableArray();
            _columns = _columns.With(columns);
            var matches = OptionOf(rex.Options, "max_match") is { } written && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var most) ? most : 1;
            return new Plan.Parse(input, ParseKind.Regex, subject, rex.Pattern.Text, columns) { MaxMatches = matches };
        }

        // (?<name>...) and (?P<name>...); what looks behind has no name.
        static IEnumerable<string> NamedGroups(string pattern)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
            {
                var start = at + 2 < pattern.Length && pattern[at + 2] == 'P' ? at + 3 : at + 2;
                if (start >= pattern.Length || pattern[start] is not ('<' or '\'') || (at > 0 && pattern[at - 1] == '\\'))
                    continue;
                var end = pattern.IndexOf(pattern[start] == '<' ? '>' : '\'', start + 1);
                if (end > start + 1 && pattern.AsSpan(start + 1, end - start - 1).IndexOfAnyExcept(NameCharacters) < 0 && names.Add(pattern[(start + 1)..end]))
                    yield return pattern[(start + 1)..end];
            }
        }

        static readonly System.Buffers.SearchValues<char> NameCharacters =
            System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

        // A row without the field does not fit the pattern.
        Plan.Filter Regex(Plan input, SplCommand.Regex regex)
        {
            var subject = regex.Field is { } field ? Find(field) : _columns.Find("_raw", regex.Span);
            var pattern = Expression.Text(regex.Pattern.Text) with { Span = regex.Pattern.Span };
            var test = new Predicate.Test(subject, new Match.Regex(RegexDialect.Pcre), [pattern], Searched with { Fold = new Algebra.Predicates.Folding.Ordinal() }) { Span = regex.Span };
            return new(input, regex.IsNegated ? Negated(test, "!=", regex.Field?.Span.End ?? regex.Span.Start, regex.Pattern.Span.Start) : test);
        }

        Plan.Lookup Lookup(Plan input, SplCommand.Lookup lookup)
        {
            var table = lookup.Table.Text;
            var keys = lookup.Inputs.Items.Select(i => new Plan.JoinKey(Find(i.To), Fetched(i.From))).ToEquatableArray();
            var outputs = lookup.Outputs.Items.Select(o => new Named(o.To.Text, Output(o))).ToEquatableArray();
            _columns = lookup.Mode == SplOutputs.All ? _columns.WithTable(table) : _columns.With(outputs.Items.Select(o => o.Name));
            return new(input, table, keys, outputs);

            Expression Fetched(SplValue column) => new Expression.Ref(new Reference.Column(column.Text) { Stage = table, Span = column.Span }) { Span = column.Span };

            // OUTPUTNEW fills only what has no value.
            Expression Output(SplRename output) => lookup.Mode == SplOutputs.OutputNew
                ? new Expression.Coalesce([Find(output.To), Fetched(output.From)]) { Span = output.Span }
                : Fetched(output.From);
        }

        Plan Join(Plan input, SplCommand.Join join)
        {
            var (right, columns) = Subsearch(join.Subsearch);
            var keys = join.Fields.Items.Select(f => new Plan.JoinKey(Find(f), columns.Find(f.Text, f.Span))).ToEquatableArray();
            var kind = OptionOf(join.Options, "type")?.Text is "left" or "outer" ? JoinKind.LeftOuter : JoinKind.Inner;
            var most = OptionOf(join.Options, "max") is { } written && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var given) ? given : 1;
            _columns = SplColumns.Merge(_columns, columns);
            return new Plan.Join(input, right, kind, keys) { OnCommonColumns = keys.IsEmpty, MaxMatches = most == 0 ? null : most };
        }

        Plan Branch(Plan input, SplCommand.Branch branch)
        {
            switch (branch.Name)
            {
                case "append" or "union" or "multisearch":
                    var own = (input, _columns);
                    return Together([own, .. branch.Subsearches.Items.Select(Subsearch)]);
                case "appendpipe":
                    var outer = _columns;
                    var branches = branch.Subsearches.Items.Select(p =>
                    {
                        _columns = outer;
                        return Pipeline(p, new Plan.Inflow());
                    }).ToEquatableArray();
                    _columns = SplColumns.Merge(outer, _columns);
                    return new Plan.Fork(input, [new Plan.Inflow(), .. branches]);
                default:
                    var others = branch.Subsearches.Items.Select(Subsearch).ToList();
                    _columns = others.Select(o => o.Columns).Aggregate(_columns, SplColumns.Merge);
                    return Unread(input, branch.Span, branch.Name, [.. others.Select(o => o.Plan)]);
            }
        }

        // Rows of one key that lie together; with bounds, from a row that begins to one that ends.
        Plan Transaction(Plan input, SplCommand.Transaction transaction)
        {
            var span = OptionOf(transaction.Options, "maxspan") is { } written ? SplTimes.Ticks(written.Text) : null;
            var pause = OptionOf(transaction.Options, "maxpause") is { } given ? SplTimes.Ticks(given.Text) : null;
            var starts = transaction.StartsWith is { } first ? Condition(first) : null;
            var ends = transaction.EndsWith is { } last ? Condition(last) : null;
            var view = $"transaction {_views.Count + 1}";
            _views.Add(new(view, input));
            var patterns = new[] { (Name: "startswith", Condition: starts), (Name: "endswith", Condition: ends) }
                .Where(p => p.Condition is not null)
                .Select(p => new Pattern(p.Name, new Plan.Filter(new Plan.Use(view), p.Condition ?? new Predicate.Constant(Algebra.Values.Truth.True))))
                .DefaultIfEmpty(new Pattern("", new Plan.Use(view))).ToEquatableArray();
            var keys = transaction.Fields.Items.Select(f => new CorrelationKey([Find(f)])).ToEquatableArray();
            _columns = _columns.With("duration", "eventcount", "closed_txn");
            if (span is not null && pause is not null)
                Report(transaction.Span, SplCodes.NoModel, "maxpause");
            return new Plan.Correlate(patterns)
            {
                Keys = keys,
                Order = patterns.Count > 1 ? PatternOrder.Listed : PatternOrder.Chronological,
                Window = span is { } longest ? new(WindowKind.Sliding, longest) : pause is { } gap ? new(WindowKind.Session, gap) : null,
                Emit = Emission.AtWindowEnd,
                Outcomes =
                [
                    new("duration", new Expression.Aggregate("range", [Find("_time", transaction.Span)])),
                    new("eventcount", new Expression.Aggregate("count", []) { CountsNulls = true }),
                ],
            };
        }
    }
}
