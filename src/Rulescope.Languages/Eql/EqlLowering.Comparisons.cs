using System.Diagnostics;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Elastic;
using Rulescope.Text;
using static Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Languages.Eql;

public static partial class EqlLowering
{
    // Operators between a subject and what it is held against.
    sealed partial class Queries
    {
        Predicate Compare(EqlExpression.Compare compare)
        {
            var (left, op, right) = IsConstant(compare.Left) && !IsConstant(compare.Right)
                ? (compare.Right, Mirrored(compare.Op), compare.Left)
                : (compare.Left, compare.Op, compare.Right);
            if (op is not (EqlComparison.Equal or EqlComparison.NotEqual))
                return Ordered(compare, left, op, right);
            var same = Same(compare, left, right);
            return op == EqlComparison.Equal ? same
                : new Predicate.Not(same) { Span = compare.Span, Written = new("!=", Between(compare.Left, compare.Right)) { Negated = true } };
        }

        Predicate Same(EqlExpression.Compare compare, EqlExpression left, EqlExpression right)
        {
            if (right is EqlExpression.Null || left is EqlExpression.Null)
                return new Predicate.Absent(Value(right is EqlExpression.Null ? left : right), Absence.Missing | Absence.Null) { Span = compare.Span };
            // A condition that is held against true or false is itself or its negation.
            if (right is EqlExpression.Boolean flag && AsCondition(left) is { } condition)
                return flag.Value ? condition : new Predicate.Not(condition) { Span = compare.Span };
            if (!IsEndgame && HasField(left) && HasField(right))
                _findings.Add(Diagnostic.At(compare.Span, EqlCodes.FieldToField));
            var globbed = IsEndgame && IsStarred(right);
            return new Predicate.Test(Value(left), globbed ? new Glob(GlobSyntax.Endgame) : new Exact(), [Value(right)], Exactly) { Span = compare.Span };
        }

        Predicate Ordered(EqlExpression.Compare compare, EqlExpression left, EqlComparison op, EqlExpression right)
        {
            if (!IsEndgame && HasField(left) && HasField(right))
                _findings.Add(Diagnostic.At(compare.Span, EqlCodes.FieldToField));
            var relation = op switch
            {
                EqlComparison.Less => OrderRelation.Less,
                EqlComparison.LessOrEqual => OrderRelation.LessOrEqual,
                EqlComparison.Greater => OrderRelation.Greater,
                EqlComparison.GreaterOrEqual => OrderRelation.GreaterOrEqual,
                _ => throw new UnreachableException(op.ToString()),
            };
            var kind = right switch
            {
                EqlExpression.Text => OrderKind.Text,
                EqlExpression.Integer or EqlExpression.Decimal => OrderKind.Numeric,
                _ => OrderKind.Auto,
            };
            return new Predicate.Test(Value(left), new Order(relation) { Kind = kind }, [Value(right)], Exactly) { Span = compare.Span };
        }

        Predicate In(EqlExpression.In @in)
        {
            var globbed = IsEndgame && @in.Values.Any(IsStarred);
            var alternatives = @in.Values.Select(v => new Alternative(
                globbed && v is EqlExpression.Text ? new Glob(GlobSyntax.Endgame) : new Exact(), Folded(@in.IgnoreCase), Value(v)));
            return Terms.AnyOf(Value(@in.Subject), [.. alternatives], @in.Span, @in.IgnoreCase ? new("in~", After(@in.Subject, @in)) : null);
        }

        Predicate Match(EqlExpression.Match match)
        {
            Algebra.Predicates.Match how = match.Kind switch
            {
                // On a field the index answers, on a computed value a script: two engines of regular expressions.
                EqlMatchKind.Regex or EqlMatchKind.RegexTilde => match.Subject is EqlExpression.Field
                    ? new Regex(RegexDialect.Lucene) { Anchor = RegexAnchor.Whole }
                    : new Regex(RegexDialect.Java),
                _ when match.Patterns.Any(p => p is EqlExpression.Text text && text.Value.AsSpan().IndexOfAny('*', '?') >= 0) => new Glob(GlobSyntax.Eql),
                _ => new Exact(),
            };
            var semantics = Folded(match.Kind is EqlMatchKind.Colon or EqlMatchKind.LikeTilde or EqlMatchKind.RegexTilde);
            var written = new Written(WordOf(match.Kind), After(match.Subject, match));
            return Terms.AnyOf(Value(match.Subject), [.. match.Patterns.Select(p => new Alternative(how, semantics, Value(p)))], match.Span, written);
        }

        static string WordOf(EqlMatchKind kind) => kind switch
        {
            EqlMatchKind.Colon => ":",
            EqlMatchKind.Like => "like",
            EqlMatchKind.LikeTilde => "like~",
            EqlMatchKind.Regex => "regex",
            EqlMatchKind.RegexTilde => "regex~",
            _ => throw new UnreachableException(kind.ToString()),
        };

        static EqlComparison Mirrored(EqlComparison op) => op switch
        {
            EqlComparison.Less => EqlComparison.Greater,
            EqlComparison.LessOrEqual => EqlComparison.GreaterOrEqual,
            EqlComparison.Greater => EqlComparison.Less,
            EqlComparison.GreaterOrEqual => EqlComparison.LessOrEqual,
            _ => op,
        };

        static bool IsConstant(EqlExpression expression) =>
            expression is EqlExpression.Text or EqlExpression.Integer or EqlExpression.Decimal or EqlExpression.Boolean or EqlExpression.Null;

        static bool IsStarred(EqlExpression expression) => expression is EqlExpression.Text text && text.Value.Contains('*', StringComparison.Ordinal);

        static bool HasField(EqlExpression expression) => expression switch
        {
            EqlExpression.Field => true,
            EqlExpression.Call call => call.Arguments.Any(HasField),
            EqlExpression.Arithmetic sum => HasField(sum.First) || sum.Steps.Any(s => HasField(s.Operand)),
            EqlExpression.Negate negate => HasField(negate.Operand),
            _ => false,
        };
    }
}
