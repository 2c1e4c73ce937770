using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlLowering
{
    // Conditions: Kleene's connectives over tests that are unknown where there is no value, or more than one.
    sealed partial class Pipelines
    {
        // Text against a number is refused when the query is planned, so such a row is an error here.
        static readonly Semantics Strict = new()
        {
            OnMissing = Truth.Unknown,
            OnNull = Truth.Unknown,
            OnWrongType = Truth.Error,
            Multi = MultiValue.SingleOrUnknown,
        };

        // What the optimiser makes a constant is no longer unknown for a row without a value.
        static readonly Semantics Decided = new() { OnWrongType = Truth.Error };

        // Full-text search runs in the index: two-valued, and one value of several is enough.
        static readonly Semantics Indexed = new() { Fold = new Folding.Analyzer("standard"), Coerce = new Coercion.ByText() };

        // What is no address is cast to null.
        static readonly Semantics Addresses = Strict with { OnWrongType = Truth.Unknown };

        // One element of a list is the value; a field without a value has none.
        static readonly Semantics Elements = new() { OnWrongType = Truth.Error };

        Predicate Condition(EsqlExpression expression)
        {
            if (++_depth > MaxDepth)
            {
                _depth--;
                Report(expression.Span, EsqlCodes.TooDeep, MaxDepth);
                return new Predicate.Unsupported(Slice(expression.Span)) { Span = expression.Span };
            }

            var predicate = expression switch
            {
                EsqlExpression.And and => All(and.Terms.Items.Select(Condition)),
                EsqlExpression.Or or => Any(or.Terms.Items.Select(Condition)),
                EsqlExpression.Not not => new Predicate.Not(Condition(not.Operand)),
                EsqlExpression.Compare compare => Compared(compare),
                EsqlExpression.Like like => Liked(like),
                EsqlExpression.In list => Listed(list),
                EsqlExpression.InSubquery list => Listed(list),
                EsqlExpression.IsNull isNull => Absent(isNull),
                EsqlExpression.Match match => Matched(match.Subject, match.Query, phrase: false),
                EsqlExpression.Boolean flag => new Predicate.Constant(Kleene.Of(flag.Value)),
                EsqlExpression.Null => new Predicate.Constant(Truth.Unknown),
                EsqlExpression.Unsupported unread => new Predicate.Unsupported(unread.SourceText),
                EsqlExpression.Call call => TestOf(call) ?? True(Value(call)),
                _ => True(Value(expression)),
            };
            _depth--;
            return predicate with { Span = expression.Span };
        }

        static Predicate True(Expression value) => value switch
        {
            Expression.Unsupported unread => new Predicate.Unsupported(unread.SourceText),
            Expression.Boolean condition => condition.Value,
            _ => new Predicate.IsTrue(value),
        };

        Predicate Compared(EsqlExpression.Compare compare)
        {
            var (subject, op, operand) = IsConstant(compare.Left) && !IsConstant(compare.Right)
                ? (compare.Right, Mirrored(compare.Op), compare.Left)
                : (compare.Left, compare.Op, compare.Right);
            if (Located(subject, op, operand) is { } located)
                return located;
            if (operand is EsqlExpression.Boolean flag && op is EsqlComparison.Equal or EsqlComparison.NotEqual && IsCondition(subject))
                return flag.Value == (op == EsqlComparison.Equal) ? Condition(subject) : new Predicate.Not(Condition(subject));
            var test = new Predicate.Test(Value(subject), MatchOf(op, subject, operand), [Value(operand)], SemanticsOf(subject, op, operand)) { Span = compare.Span };
            return op == EsqlComparison.NotEqual ? Negated(test, "!=", compare.Left.Span.End, compare.Right.Span.Start) : test;
        }

        static Match MatchOf(EsqlComparison op, EsqlExpression subject, EsqlExpression operand) => op switch
        {
            EsqlComparison.Equal or EsqlComparison.NotEqual => new Match.Exact(),
            EsqlComparison.Less => new Match.Order(OrderRelation.Less) { Kind = OrderOf(subject, operand) },
            EsqlComparison.LessOrEqual => new Match.Order(OrderRelation.LessOrEqual) { Kind = OrderOf(subject, operand) },
            EsqlComparison.Greater => new Match.Order(OrderRelation.Greater) { Kind = OrderOf(subject, operand) },
            EsqlComparison.GreaterOrEqual => new Match.Order(OrderRelation.GreaterOrEqual) { Kind = OrderOf(subject, operand) },
            _ => throw new UnreachableException(op.ToString()),
        };

        static EsqlComparison Mirrored(EsqlComparison op) => op switch
        {
            EsqlComparison.Less => EsqlComparison.Greater,
            EsqlComparison.LessOrEqual => EsqlComparison.GreaterOrEqual,
            EsqlComparison.Greater => EsqlComparison.Less,
            EsqlComparison.GreaterOrEqual => EsqlComparison.LessOrEqual,
            _ => op,
        };

        // Text in small letters never equals one with a capital in it.
        Semantics SemanticsOf(EsqlExpression subject, EsqlComparison op, EsqlExpression operand)
        {
            if (op is not (EsqlComparison.Equal or EsqlComparison.NotEqual) || operand is not EsqlExpression.String text || subject is not EsqlExpression.Call { Arguments.Count: 1 } call)
                return Strict;
            var folded = call.Function switch
            {
                "to_lower" => text.Value.ToLowerInvariant(),
                "to_upper" => text.Value.ToUpperInvariant(),
                _ => text.Value,
            };
            if (string.Equals(folded, text.Value, StringComparison.Ordinal))
                return Strict;
            Report(operand.Span, EsqlCodes.NeverEqual, call.Function, text.Value);
            return Decided;
        }

        Predicate Liked(EsqlExpression.Like like)
        {
            var word = like.Kind == EsqlLikeKind.Like ? "LIKE" : "RLIKE";
            var end = like.Patterns.IsEmpty ? like.Span.End : like.Patterns[0].Span.Start;
            // A pattern that anything fits asks for a value, so its negation keeps rows without one.
            if (like.Patterns is [EsqlExpression.String only] && FitsAnything(like.Kind, only.Value))
            {
                var absent = new Predicate.Absent(Value(like.Operand), Absence.Missing | Absence.Null) { Span = like.Span };
                return like.IsNegated ? absent : Negated(absent, word, like.Operand.Span.End, end);
            }

            Match match = like.Kind == EsqlLikeKind.Like
                ? new Match.Glob(GlobSyntax.Lucene)
                : new Match.Regex(RegexDialect.Lucene) { Anchor = RegexAnchor.Whole };
            var test = OneOf(Value(like.Operand), [.. like.Patterns.Items.Select(Value)], match, Strict, like.Span, like.IsList);
            return like.IsNegated ? Negated(test, "NOT " + word, like.Operand.Span.End, end) : test;
        }

        static bool FitsAnything(EsqlLikeKind kind, string pattern) =>
            kind == EsqlLikeKind.RLike ? pattern is ".*" : GlobPattern.Parse(pattern, GlobSyntax.Lucene).IsAnything;

        Predicate Listed(EsqlExpression.In list)
        {
            var items = list.Items.Items.Select(Value).ToEquatableArray();
            // A constant among fields asks whether one of them is it.
            Predicate test = IsConstant(list.Operand) && items.Items.Any(i => i is not Expression.Constant)
                ? Any(list.Items.Items.Select((item, i) => IsConstant(item)
                    ? Equal(Value(list.Operand), items[i], list.Span)
                    : Equal(items[i], Value(list.Operand), list.Span)))
                : OneOf(Value(list.Operand), items, new Match.Exact(), Strict, list.Span, isList: true);
            test = test with { Span = list.Span };
            return list.IsNegated ? Negated(test, "NOT IN", list.Operand.Span.End, list.Items.IsEmpty ? list.Span.End : list.Items[0].Span.Start) : test;
        }

        static Predicate.Test Equal(Expression subject, Expression operand, SourceSpan span) => new(subject, new Match.Exact(), [operand], Strict) { Span = span };

        Predicate Listed(EsqlExpression.InSubquery list)
        {
            var subject = Value(list.Operand);
            var outer = _columns;
            var plan = Pipeline(list.Pipeline.Commands, null) with { Span = list.Pipeline.Span };
            _columns = outer;
            var test = new Predicate.InSet(subject, new ValueSet.Subplan(plan, OnlyColumn(list.Pipeline)) { Span = list.Pipeline.Span }, new Match.Exact(), Strict) { Span = list.Span };
            return list.IsNegated ? Negated(test, "NOT IN", list.Operand.Span.End, list.Pipeline.Span.Start) : test;
        }

        // A subquery of IN has one column; empty where the pipeline does not say which.
        string OnlyColumn(EsqlPipeline pipeline) => pipeline.Commands.Items.LastOrDefault(c => c is EsqlCommand.Keep or EsqlCommand.Stats) switch
        {
            EsqlCommand.Keep { Columns: [var only] } => only.Text,
            EsqlCommand.Stats { Aggregates: [], By: [var only] } => NameOf(only),
            EsqlCommand.Stats { Aggregates: [{ Name: { } only }], By: [] } => only.Text,
            _ => "",
        };

        Predicate Absent(EsqlExpression.IsNull isNull)
        {
            var absent = new Predicate.Absent(Value(isNull.Operand), Absence.Missing | Absence.Null) { Span = isNull.Span };
            return isNull.IsNegated ? Negated(absent, "IS NOT NULL", isNull.Operand.Span.End, isNull.Span.End) : absent;
        }

        static Predicate OneOf(Expression subject, EquatableArray<Expression> operands, Match match, Semantics semantics, SourceSpan span, bool isList) =>
            isList || operands.Count != 1
                ? new Predicate.InSet(subject, new ValueSet.List(operands), match, semantics) { Span = span }
                : new Predicate.Test(subject, match, operands, semantics) { Span = span };

        // The operator itself says no: where it stands is what lies between its sides.
        Predicate.Not Negated(Predicate test, string op, int from, int to)
        {
            var between = SourceSpan.FromBounds(from, to);
            var written = Slice(between);
            var start = written.Length - written.AsSpan().TrimStart().Length;
            var length = written.AsSpan(start).TrimEnd(" \t\r\n(").Length;
            return new(test) { Span = test.Span, Written = new(op, new(between.Start + start, length)) { Negated = true } };
        }
    }
}
