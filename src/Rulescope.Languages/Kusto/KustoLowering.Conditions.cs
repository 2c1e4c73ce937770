using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Conditions over one row.
    sealed partial class Lowering
    {
        Predicate Condition(KustoExpression syntax, KustoScope scope)
        {
            if (!Enter(syntax.Span))
                return new Predicate.Unsupported("…") { Span = syntax.Span };
            var predicate = ConditionOf(syntax, scope);
            _depth--;
            return predicate.Span == default ? predicate with { Span = syntax.Span } : predicate;
        }

        Predicate ConditionOf(KustoExpression syntax, KustoScope scope) => syntax switch
        {
            KustoExpression.And and => Combine.All([.. and.Terms.Select(t => Condition(t, scope))]) with { Span = syntax.Span },
            KustoExpression.Or or => Combine.Any([.. or.Terms.Select(t => Condition(t, scope))]) with { Span = syntax.Span },
            KustoExpression.Compare { Operator: KustoComparison.Search } compare => SearchIn(compare, scope, exact: false),
            KustoExpression.Compare compare => Compare(compare, scope),
            KustoExpression.In membership => Membership(membership, scope),
            KustoExpression.Between between => Between(between, scope),
            KustoExpression.Call call => ConditionCall(call, scope),
            KustoExpression.Name name when Behind(name, scope) is var (behind, outer) && behind is not KustoExpression.Name => Condition(behind, outer),
            KustoExpression.Literal { Type: KustoLiteralType.Bool } literal => new Predicate.Constant(KustoLiterals.Of(literal) switch
            {
                Literal.Boolean flag => Kleene.Of(flag.Value),
                _ => Truth.Unknown,
            }),
            KustoExpression.Missing => new Predicate.Unsupported(""),
            _ => IsTrue(Value(syntax, scope)),
        };

        static Predicate IsTrue(Expression value) => value switch
        {
            Expression.Boolean condition => condition.Value,
            Expression.Unsupported unsupported => new Predicate.Unsupported(unsupported.SourceText) { Span = unsupported.Span },
            _ => new Predicate.IsTrue(value) { Span = value.Span },
        };

        Predicate ConditionCall(KustoExpression.Call call, KustoScope scope)
        {
            if (scope.Find(call.Callee) is KustoBinding.Function { Value.Body.Value: { } result } function)
                return Condition(result, Inside(function, call.Arguments, scope, null));
            var arguments = call.Arguments;
            return (call.Callee, arguments.Count) switch
            {
                ("not", 1) => new Predicate.Not(Condition(arguments[0].Value, scope)),
                ("isempty", 1) => new Predicate.Absent(Value(arguments[0].Value, scope), Absence.Missing | Absence.Null | Absence.Empty),
                ("isnotempty" or "notempty", 1) => Negated(new Predicate.Absent(Value(arguments[0].Value, scope), Absence.Missing | Absence.Null | Absence.Empty) { Span = call.Span }, call),
                ("isnull", 1) => new Predicate.Absent(Value(arguments[0].Value, scope), Absence.Missing | Absence.Null),
                ("isnotnull" or "notnull", 1) => Negated(new Predicate.Absent(Value(arguments[0].Value, scope), Absence.Missing | Absence.Null) { Span = call.Span }, call),
                ("ipv4_is_in_range" or "ipv6_is_in_range", 2) =>
                    new Predicate.Test(Value(arguments[0].Value, scope), new Match.Cidr(), [Value(arguments[1].Value, scope)], KustoTests.Network),
                ("ipv4_is_in_any_range" or "ipv6_is_in_any_range", >= 2) => new Predicate.InSet(
                    Value(arguments[0].Value, scope), new ValueSet.List([.. arguments.Skip(1).SelectMany(a => Listed(a.Value, scope))]), new Match.Cidr(), KustoTests.Network),
                ("iff" or "iif", 3) => Choice(call, scope),
                _ when Conditions.Contains(call.Callee) => NoTest(call, $"'{call.Callee}' of {arguments.Count} arguments"),
                _ => IsTrue(Value(call, scope)),
            };
        }

        // A condition that is not true, also an unknown one, chooses the second value.
        Predicate.Or Choice(KustoExpression.Call call, KustoScope scope)
        {
            var condition = new Predicate.Truthy(new Expression.Boolean(Condition(call.Arguments[0].Value, scope)), Dialect.Kusto) { Span = call.Arguments[0].Span };
            return new([
                new Predicate.And([condition, Condition(call.Arguments[1].Value, scope)]) { Span = call.Span },
                new Predicate.And([new Predicate.Not(condition) { Span = condition.Span }, Condition(call.Arguments[2].Value, scope)]) { Span = call.Span },
            ]);
        }

        static Predicate.Not Negated(Predicate predicate, KustoExpression.Call call) =>
            new(predicate) { Span = call.Span, Written = new(call.Callee, new(call.Span.Start, Math.Min(call.Callee.Length, call.Span.Length))) { Negated = true } };

        Predicate Compare(KustoExpression.Compare compare, KustoScope scope)
        {
            if (KustoTests.Of(compare.Operator) is not { } test)
                return NoTest(compare, $"'{KustoInfix.TextOf(compare.Operator)}'");
            var (left, right) = (Value(compare.Left, scope), Value(compare.Right, scope));
            var match = test.Match;
            // The tested side is the one that is no constant.
            if (left is Expression.Constant && right is not Expression.Constant && match is Match.Exact or Match.Order)
            {
                (left, right) = (right, left);
                match = KustoTests.Mirrored(match);
            }

            if (match is Match.Order order)
                match = order with { Kind = KustoTests.KindOf(right) is not OrderKind.Auto and var kind ? kind : KustoTests.KindOf(left) };
            var written = Word(KustoInfix.TextOf(compare.Operator), compare.Left, compare.Right);
            return Sided(Positive(left, match, right, test.Folds, compare.Span), test.Negated, written);
        }

        static Predicate Positive(Expression left, Match match, Expression right, bool folds, SourceSpan span) => (left, match, right) switch
        {
            // The truth of a condition against true or false: null is neither.
            (Expression.Boolean condition, Match.Exact, Expression.Constant { Value: Literal.Boolean flag }) =>
                new Predicate.Truthy(flag.Value ? condition : new Expression.Boolean(new Predicate.Not(condition.Value) { Span = condition.Span }), Dialect.Kusto) { Span = span },
            // Null equals no value, and against null it is unknown.
            (_, Match.Exact, Expression.Constant { Value: Literal.Null }) =>
                new Predicate.And([new Predicate.Absent(left, Absence.Missing | Absence.Null) { Span = span }, new Predicate.Constant(Truth.Unknown) { Span = span }]) { Span = span },
            _ => new Predicate.Test(left, match, [right], KustoTests.SemanticsOf(match, folds, [right])) { Span = span },
        };

        static Predicate Sided(Predicate positive, bool negated, Written written) => negated
            ? new Predicate.Not(positive) { Span = positive.Span, Written = written with { Negated = true } }
            : positive is Predicate.Test or Predicate.InSet ? positive with { Written = written } : positive;

        // Where an operator stands is told by its operands; parentheses and comments between them make it a wider stretch.
        static Written Word(string word, KustoSyntax left, KustoSyntax right)
        {
            var gap = SourceSpan.FromBounds(left.Span.End, right.Span.Start);
            return new(word, gap.Length == word.Length + 2 ? new(gap.Start + 1, word.Length) : gap);
        }

        Predicate Membership(KustoExpression.In membership, KustoScope scope)
        {
            var subject = Value(membership.Subject, scope);
            var (match, folds, negated) = KustoTests.Of(membership.Operator);
            var written = Word(KustoInfix.TextOf(membership.Operator), membership.Subject, membership.Items.IsEmpty ? membership : membership.Items[0]);
            if (membership.Items is [var only] && Behind(only, scope) is var (behind, outer) && IsTabular(behind, outer))
            {
                var rows = Table(behind, outer.Outside);
                var plan = rows.Plan is Algebra.Plans.Plan.Use ? rows.Plan : new Algebra.Plans.Plan.Use(NewView("subquery", rows)) { Span = only.Span };
                if (membership.Operator is KustoMembership.HasAll)
                    return NoTest(membership, "'has_all' of a table");
                return Sided(new Predicate.InSet(subject, new ValueSet.Subplan(plan, rows.Row.First ?? "") { Span = only.Span }, match, KustoTests.SemanticsOf(match, folds, [])) { Span = membership.Span }, negated, written);
            }

            var items = membership.Items.SelectMany(i => Listed(i, scope)).ToEquatableArray();
            if (membership.Operator is KustoMembership.HasAll)
            {
                return Combine.All(items.Select(i => new Predicate.Test(subject, match, [i], KustoTests.SemanticsOf(match, folds, [i]))
                {
                    Span = membership.Span,
                    Written = written,
                })) with
                { Span = membership.Span };
            }

            return Sided(new Predicate.InSet(subject, new ValueSet.List(items), match, KustoTests.SemanticsOf(match, folds, items)) { Span = membership.Span }, negated, written);
        }

        Predicate Between(KustoExpression.Between between, KustoScope scope)
        {
            var (subject, low, high) = (Value(between.Subject, scope), Value(between.Low, scope), Value(between.High, scope));
            var kind = KustoTests.KindOf(low);
            // A point in time with a length of time behind it ends so much later.
            if (kind is OrderKind.Instant && high is Expression.Constant { Value: Literal.Duration })
                high = new Expression.Arithmetic(ArithmeticOperator.Add, low, high, Dialect.Kusto) { Span = between.High.Span };
            var match = new Match.Between { Kind = kind is OrderKind.Auto ? KustoTests.KindOf(high) : kind };
            var test = new Predicate.Test(subject, match, [low, high], KustoTests.SemanticsOf(match, folds: false, [low, high])) { Span = between.Span };
            return Sided(test, between.Negated, Word(between.Negated ? "!between" : "between", between.Subject, between.Low));
        }
    }
}
