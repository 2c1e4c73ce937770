using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    // Null in, null out; letter case counts. Of several values one is compared: what Splunk does there is not documented, so it is said here and nowhere else.
    static readonly Semantics Evaluated = new()
    {
        OnMissing = Truth.Unknown,
        OnNull = Truth.Unknown,
        Coerce = new Coercion.ByNumberIfBoth(),
        Multi = MultiValue.First,
    };

    sealed partial class Pipelines
    {
        Predicate Condition(SplExpression expression)
        {
            Predicate lowered = expression switch
            {
                SplExpression.Or or => Any(or.Terms.Items.Select(Condition)),
                SplExpression.And and => All(and.Terms.Items.Select(Condition)),
                SplExpression.Xor xor => Either(xor),
                SplExpression.Not not => new Predicate.Not(Condition(not.Operand)),
                SplExpression.Compare compare => Compared(compare),
                SplExpression.Like like => Liked(like),
                SplExpression.In list => Listed(list.Operand, list.Items, list.IsNegated, list.Span),
                SplExpression.Call call => TestOf(call) ?? True(Value(call)),
                SplExpression.Macro macro => new Predicate.Unsupported(macro.Text),
                SplExpression.Unsupported unread => new Predicate.Unsupported(unread.SourceText),
                _ => True(Value(expression)),
            };
            return lowered with { Span = expression.Span };
        }

        static Predicate True(Expression value) => value switch
        {
            Expression.Unsupported unread => new Predicate.Unsupported(unread.SourceText),
            Expression.Boolean condition => condition.Value,
            _ => new Predicate.IsTrue(value),
        };

        // Both sides twice: one of them, and not both.
        Predicate.Or Either(SplExpression.Xor xor)
        {
            var (left, right) = (Condition(xor.Left), Condition(xor.Right));
            return new([new Predicate.And([left, new Predicate.Not(right)]), new Predicate.And([new Predicate.Not(left), right])]);
        }

        Predicate Compared(SplExpression.Compare compare)
        {
            var (subject, op, operand) = IsConstant(compare.Left) && !IsConstant(compare.Right)
                ? (compare.Right, Mirrored(compare.Op), compare.Left)
                : (compare.Left, compare.Op, compare.Right);
            Match match = op is SplComparison.Equal or SplComparison.NotEqual ? new Match.Exact() : new Match.Order(RelationOf(op)) { Kind = OrderKind.Auto };
            var test = new Predicate.Test(Value(subject), match, [Value(operand)], Evaluated) { Span = compare.Span };
            return op == SplComparison.NotEqual ? Negated(test, "!=", compare.Left.Span.End, compare.Right.Span.Start) : test;
        }

        static bool IsConstant(SplExpression expression) => expression is SplExpression.String or SplExpression.Number or SplExpression.Negate { Operand: SplExpression.Number };

        static SplComparison Mirrored(SplComparison op) => op switch
        {
            SplComparison.Less => SplComparison.Greater,
            SplComparison.LessOrEqual => SplComparison.GreaterOrEqual,
            SplComparison.Greater => SplComparison.Less,
            SplComparison.GreaterOrEqual => SplComparison.LessOrEqual,
            _ => op,
        };

        Predicate Liked(SplExpression.Like like)
        {
            var test = new Predicate.Test(Value(like.Left), new Match.Glob(GlobSyntax.SqlLike), [Pattern(like.Pattern)], Evaluated) { Span = like.Span };
            return like.IsNegated ? Negated(test, "NOT LIKE", like.Left.Span.End, like.Pattern.Span.Start) : test;
        }

        // Splunk's like knows no escape: a backslash is one, which the pattern's own syntax writes twice.
        Expression Pattern(SplExpression pattern) =>
            pattern is SplExpression.String text ? Expression.Text(text.Value.Replace(@"\", @"\\", StringComparison.Ordinal)) with { Span = text.Span } : Value(pattern);

        Predicate Listed(SplExpression subject, EquatableArray<SplExpression> items, bool isNegated, SourceSpan span)
        {
            // A list of one field asks whether two fields are equal.
            Predicate test = items is [SplExpression.Field field]
                ? new Predicate.Test(Value(subject), new Match.Exact(), [Value(field)], Evaluated) { Span = span }
                : new Predicate.InSet(Value(subject), new ValueSet.List([.. items.Items.Select(Value)]), new Match.Exact(), Evaluated) { Span = span };
            return isNegated ? Negated(test, "NOT IN", subject.Span.End, items.IsEmpty ? span.End : items[0].Span.Start) : test;
        }

        static Predicate.Not Negated(Predicate test, string op, int from, int to) =>
            new(test) { Span = test.Span, Written = new(op, SourceSpan.FromBounds(from, to)) { Negated = true } };

        /// <summary>The test that a call is, or null for a function without a test form.</summary>
        Predicate? TestOf(SplExpression.Call call) => (call.Function, call.Arguments.Items) switch
        {
            ("true", []) => new Predicate.Constant(Truth.True),
            ("false", []) => new Predicate.Constant(Truth.False),
            ("null", []) => new Predicate.Constant(Truth.Unknown),
            ("isnull", [var subject]) => new Predicate.Absent(Value(subject), Absence.Missing | Absence.Null),
            ("isnotnull", [var subject]) => Negated(new Predicate.Absent(Value(subject), Absence.Missing | Absence.Null) { Span = call.Span }, "isnotnull", call.Span.Start, subject.Span.Start),
            ("match", [var subject, var pattern]) => new Predicate.Test(Value(subject), new Match.Regex(RegexDialect.Pcre), [Value(pattern)], Evaluated),
            ("like", [var subject, var pattern]) => new Predicate.Test(Value(subject), new Match.Glob(GlobSyntax.SqlLike), [Pattern(pattern)], Evaluated),
            ("cidrmatch", [var network, var address]) => new Predicate.Test(Value(address), new Match.Cidr(), [Value(network)], Evaluated),
            ("in", [var subject, .. var items]) when items.Length > 0 => Listed(subject, [.. items], isNegated: false, call.Span),
            ("searchmatch", [SplExpression.String search]) => Within(search),
            ("match" or "like" or "cidrmatch", _) => Miscalled(call, "two arguments"),
            ("isnull" or "isnotnull", _) => Miscalled(call, "one argument"),
            ("in", _) => Miscalled(call, "a field and a list"),
            _ => null,
        };

        static bool IsCondition(SplExpression expression) => expression switch
        {
            SplExpression.And or SplExpression.Or or SplExpression.Xor or SplExpression.Not or SplExpression.Compare or SplExpression.Like or SplExpression.In => true,
            SplExpression.Call call => call.Function is "isnull" or "isnotnull" or "match" or "like" or "cidrmatch" or "in" or "searchmatch" or "true" or "false",
            _ => false,
        };

        // A search in a text, as searchmatch takes it: its places are the text's.
        Predicate Within(SplExpression.String search)
        {
            var expansion = SplExpansion.Of(search.Value, macros);
            var parsed = SplParser.Parse(expansion.Text);
            if (++_texts > MaxTexts || !parsed.IsComplete || parsed.Value.Commands is not [SplCommand.Search only])
                return new Predicate.Unsupported(search.Value);
            return Algebra.Relocation.Of(Condition(only.Condition), _ => search.Span, expansion.ToMacro);
        }

        Predicate.Unsupported Miscalled(SplExpression.Call call, string expected)
        {
            Report(call.Span, SplCodes.WrongArguments, call.Function, expected);
            return new(Slice(call.Span));
        }
    }
}
