using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Operators that bring tables together, and searches over many.
    sealed partial class Lowering
    {
        KustoFlow Join(KustoOperator.Join join, KustoFlow left, KustoScope scope)
        {
            var right = Table(join.Right, scope.Outside);
            if (join.Condition is not null)
                return NoStage(join, left, right);
            var kind = Option(join.Options, "kind") ?? "innerunique";
            var on = Keys(join.On, left.Row, right.Row, scope);
            var plan = new Plan.Join(left.Plan, right.Plan, KindOf(kind), on) { UniqueLeft = kind is "innerunique" };
            var row = plan.Kind switch
            {
                JoinKind.LeftSemi or JoinKind.LeftAnti => left.Row,
                JoinKind.RightSemi or JoinKind.RightAnti => right.Row,
                _ => Joined(left.Row, right.Row, SameNames(join.On), renamesKeys: true),
            };
            return new(plan, row, Math.Max(left.Depth, right.Depth) + 1);
        }

        static JoinKind KindOf(string kind) => kind switch
        {
            "leftouter" => JoinKind.LeftOuter,
            "rightouter" => JoinKind.RightOuter,
            "fullouter" => JoinKind.FullOuter,
            "leftsemi" => JoinKind.LeftSemi,
            "rightsemi" => JoinKind.RightSemi,
            "leftanti" or "anti" or "leftantisemi" => JoinKind.LeftAnti,
            "rightanti" or "rightantisemi" => JoinKind.RightAnti,
            _ => JoinKind.Inner,
        };

        // A lookup is a join whose right keys are not in the result.
        KustoFlow Lookup(KustoOperator.Lookup lookup, KustoFlow left, KustoScope scope)
        {
            var right = Table(lookup.Right, scope.Outside);
            var kind = Option(lookup.Options, "kind") is "inner" ? JoinKind.Inner : JoinKind.LeftOuter;
            var plan = new Plan.Join(left.Plan, right.Plan, kind, Keys(lookup.On, left.Row, right.Row, scope));
            return new(plan, Joined(left.Row, right.Row, SameNames(lookup.On), renamesKeys: false), Math.Max(left.Depth, right.Depth) + 1);
        }

        // Columns of the right side whose names the left side has get a 1 behind them.
        static KustoRow Joined(KustoRow left, KustoRow right, List<string> keys, bool renamesKeys)
        {
            var doubled = right.Columns.Where(c => left.Columns.Contains(c) || keys.Contains(c, StringComparer.Ordinal)).ToList();
            var renamed = (renamesKeys ? doubled.Concat(keys) : doubled.Except(keys, StringComparer.Ordinal)).Select(c => $"{c}1");
            return new(left.Columns.Union(right.Columns.Except(doubled)).Union(renamed), left.Closed && right.Closed, left.First);
        }

        static List<string> SameNames(IEnumerable<KustoExpression> on) =>
            [.. on.SelectMany(c => c is KustoExpression.And and ? and.Terms.Items : [c]).OfType<KustoExpression.Name>().Select(n => n.Value)];

        EquatableArray<Plan.JoinKey> Keys(IEnumerable<KustoExpression> on, KustoRow left, KustoRow right, KustoScope scope)
        {
            var keys = new List<Plan.JoinKey>();
            foreach (var condition in on.SelectMany(c => c is KustoExpression.And and ? and.Terms.Items : [c]))
            {
                var (first, second) = condition is KustoExpression.Compare { Operator: KustoComparison.Equal or KustoComparison.EqualFold } compare
                    ? SideOf(compare.Left) is "$right" || SideOf(compare.Right) is "$left" ? (compare.Right, compare.Left) : (compare.Left, compare.Right)
                    : (condition, condition);
                if (first is KustoExpression.Compare || (condition is KustoExpression.Compare && (SideOf(first) is null || SideOf(second) is null)))
                {
                    var unread = NoValue(condition, $"'{KustoWriter.Write(condition)}' as the condition of a join");
                    keys.Add(new(unread, unread));
                    continue;
                }

                keys.Add(new(Value(first, scope with { Row = left }), Value(second, scope with { Row = right })));
            }

            return [.. keys];
        }

        static string? SideOf(KustoExpression side) => side switch
        {
            KustoExpression.Path { Root: KustoExpression.Name { Value: "$left" or "$right" } root } => root.Value,
            // A function of one side: tolower($left.a).
            KustoExpression.Call call => call.Arguments.Select(a => SideOf(a.Value)).FirstOrDefault(s => s is not null),
            _ => null,
        };

        KustoFlow Union(KustoOperator.Union union, KustoFlow? input, KustoScope scope)
        {
            var legs = union.Tables.Select(t => Table(t, scope.Outside)).ToList();
            if (input is { } flow)
                legs.Insert(0, flow);
            var column = Option(union.Options, "withsource") ?? Option(union.Options, "with_source");
            if (legs is [var only] && column is null)
                return only;
            var row = legs.Count == 0 ? KustoRow.Open : legs.Skip(1).Aggregate(legs[0].Row, (all, leg) => all.Or(leg.Row));
            var plan = new Plan.Union([.. legs.Select(l => l.Plan)])
            {
                ByNameAndType = true,
                InnerSchema = Option(union.Options, "kind") is "inner",
                SourceColumn = column,
            };
            return new(plan, column is null ? row : row.With([column]), legs.Select(l => l.Depth).Append(0).Max() + 1);
        }

        KustoFlow Search(KustoOperator.Search search, KustoFlow? input, KustoScope scope)
        {
            var exact = Option(search.Options, "kind") is "case_sensitive";
            var source = input ?? Everywhere(search.Tables, scope);
            return source.To(new Plan.Filter(source.Plan, Searched(search.Condition, scope with { Row = source.Row }, exact)), source.Row.With(["$table"]));
        }

        KustoFlow Find(KustoOperator.Find find, KustoScope scope)
        {
            var source = Everywhere(find.Tables, scope);
            var found = source.To(new Plan.Filter(source.Plan, Searched(find.Condition, scope with { Row = source.Row }, exact: false)) { Span = find.Span });
            if (find.Columns.IsEmpty)
                return found;
            var columns = find.Columns.Select(c => new Named(c.Name, new Expression.Ref(Target(c.Name, found.Row, c.Span)) { Span = c.Span })).Where(c => c.Name is not ("*" or "pack(*)")).ToList();
            return columns.Count == find.Columns.Count ? found.To(new Plan.Project(found.Plan, ProjectKind.Keep, [.. columns])) : found;
        }

        KustoFlow Everywhere(EquatableArray<KustoExpression> tables, KustoScope scope)
        {
            if (tables.IsEmpty)
                return new(new Plan.Source(everywhere), KustoRow.Open, 1);
            var legs = tables.Select(t => Table(t, scope.Outside)).ToList();
            return legs is [var only] ? only : new(new Plan.Union([.. legs.Select(l => l.Plan)]) { ByNameAndType = true }, KustoRow.Open, legs.Max(l => l.Depth) + 1);
        }

        // In a search a text alone is looked for in every column.
        Predicate Searched(KustoExpression syntax, KustoScope scope, bool exact)
        {
            if (!Enter(syntax.Span))
                return new Predicate.Unsupported("…") { Span = syntax.Span };
            var (behind, outer) = Behind(syntax, scope);
            Predicate predicate = behind switch
            {
                KustoExpression.And and => Combine.All([.. and.Terms.Select(t => Searched(t, outer, exact))]),
                KustoExpression.Or or => Combine.Any([.. or.Terms.Select(t => Searched(t, outer, exact))]),
                KustoExpression.Call { Callee: "not", Arguments: [var only] } => new Predicate.Not(Searched(only.Value, outer, exact)),
                KustoExpression.String(var text, _) => Sought(new Expression.Ref(new Algebra.Fields.Reference.AnyField()) { Span = behind.Span }, text, behind.Span, exact),
                KustoExpression.Wildcard { Pattern: "*" } => new Predicate.Constant(Algebra.Values.Truth.True),
                KustoExpression.Compare { Operator: KustoComparison.Search } compare => SearchIn(compare, outer, exact),
                _ => Condition(behind, outer),
            };
            _depth--;
            return predicate.Span == default ? predicate with { Span = syntax.Span } : predicate;
        }

        // column : "text"
        Predicate SearchIn(KustoExpression.Compare compare, KustoScope scope, bool exact)
        {
            var subject = Value(compare.Left, scope);
            return Behind(compare.Right, scope).Syntax is KustoExpression.String(var text, _)
                ? Sought(subject, text, compare.Right.Span, exact) with { Span = compare.Span }
                : new Predicate.Test(subject, new Match.Exact(), [Value(compare.Right, scope)], KustoTests.SemanticsOf(new Match.Exact(), !exact, [])) { Span = compare.Span };
        }

        // A star at an edge of the text leaves that edge of the term open; one inside makes a pattern of it.
        static Predicate Sought(Expression subject, string text, SourceSpan span, bool exact)
        {
            var (starts, ends) = (text.StartsWith('*'), text.EndsWith('*'));
            var inner = text.Trim('*');
            if (inner.Length == 0)
                return new Predicate.Constant(Algebra.Values.Truth.True) { Span = span };
            Match match = inner.Contains('*', StringComparison.Ordinal) ? new Match.Regex(RegexDialect.Re2) { Flags = exact ? "" : "i" }
                : (starts, ends) switch
                {
                    (true, true) => new Match.Contains(),
                    (true, false) => new Match.Term(TermSplitter.KustoAlphanumeric) { Edge = TermEdge.End },
                    (false, true) => new Match.Term(TermSplitter.KustoAlphanumeric) { Edge = TermEdge.Start },
                    _ => new Match.Term(TermSplitter.KustoAlphanumeric),
                };
            if (match is Match.Regex)
            {
                var pieces = inner.Split('*', StringSplitOptions.RemoveEmptyEntries).Select(System.Text.RegularExpressions.Regex.Escape);
                inner = $"{(starts ? "" : @"\b")}{string.Join(".*", pieces)}{(ends ? "" : @"\b")}";
            }

            Expression operand = Expression.Text(inner) with { Span = span, Spelling = text == inner ? null : text };
            return new Predicate.Test(subject, match, [operand], KustoTests.SemanticsOf(match, !exact, [operand])) { Span = span };
        }
    }
}
