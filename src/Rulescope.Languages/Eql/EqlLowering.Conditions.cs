using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public static partial class EqlLowering
{
    // What an expression says of one event.
    sealed partial class Queries
    {
        // A value of another type or none is no match in Elasticsearch and unknown in Endgame, where text always folds case.
        static readonly Semantics Endgame = new()
        {
            Fold = new Folding.PythonLower(),
            OnMissing = Truth.Unknown,
            OnNull = Truth.Unknown,
            OnWrongType = Truth.Unknown,
            Multi = MultiValue.Scalar,
        };

        static readonly Semantics AnyCase = IndexFields.Keyword with { Fold = new Folding.UnicodeSimple() };

        // A condition whose truth is a value is computed by a script, and what is computed from nothing is null.
        bool _asValue;

        Semantics Exactly => Folded(false);

        Semantics Folded(bool folds)
        {
            if (IsEndgame)
                return Endgame;
            var semantics = folds ? AnyCase : IndexFields.Keyword;
            return _asValue ? semantics with { OnMissing = Truth.Unknown, OnNull = Truth.Unknown } : semantics;
        }

        public Predicate Condition(EqlExpression expression) => expression switch
        {
            EqlExpression.And and => Terms.All([.. and.Terms.Select(Condition)], and.Span),
            EqlExpression.Or or => Terms.Any([.. or.Terms.Select(Condition)], or.Span),
            EqlExpression.Not not => Not(not),
            EqlExpression.Boolean flag => new Predicate.Constant(Kleene.Of(flag.Value)) { Span = flag.Span },
            EqlExpression.Null => new Predicate.Constant(Truth.Unknown) { Span = expression.Span },
            EqlExpression.Compare compare => Compare(compare),
            EqlExpression.In @in => In(@in),
            EqlExpression.Match match => Match(match),
            EqlExpression.Call call => Test(call) ?? IsTrue(call),
            EqlExpression.Field => IsTrue(expression),
            EqlExpression.Related related => NoModel(related, "a relation to the events of another query"),
            EqlExpression.Unsupported unread => new Predicate.Unsupported(unread.SourceText) { Span = unread.Span },
            EqlExpression.Text or EqlExpression.Integer or EqlExpression.Decimal or EqlExpression.Negate or EqlExpression.Arithmetic => NotACondition(expression),
            _ => throw new UnreachableException(expression.GetType().Name),
        };

        Predicate Not(EqlExpression.Not not)
        {
            // "x not in (...)" says no in its own operator; "not x in (...)" does not.
            var written = not.Operand is EqlExpression.In @in && @in.Span.Start == not.Span.Start
                ? new Written(@in.IgnoreCase ? "not in~" : "not in", After(@in.Subject, not)) { Negated = true }
                : null;
            return new Predicate.Not(Condition(not.Operand)) { Span = not.Span, Written = written };
        }

        Predicate IsTrue(EqlExpression value) => IsEndgame
            ? new Predicate.Truthy(Value(value), Dialect.Endgame) { Span = value.Span }
            : new Predicate.Test(Value(value), new Algebra.Predicates.Match.Exact(), [new Expression.Constant(new Literal.Boolean(true))], IndexFields.Keyword) { Span = value.Span };

        Predicate.Unsupported NotACondition(EqlExpression expression)
        {
            var text = EqlWriter.Write(expression);
            _findings.Add(Diagnostic.At(expression.Span, EqlCodes.NotACondition, text));
            return new(text) { Span = expression.Span };
        }

        Predicate.Unsupported NoModel(EqlExpression expression, string what)
        {
            _findings.Add(Diagnostic.At(expression.Span, EqlCodes.NoModel, what));
            return new(EqlWriter.Write(expression)) { Span = expression.Span };
        }

        // Where an operator stands: between its operands, or from the first operand to the end of a negation.
        static SourceSpan Between(EqlExpression left, EqlExpression right) =>
            new(left.Span.End, Math.Max(0, right.Span.Start - left.Span.End));

        static SourceSpan After(EqlExpression left, EqlExpression whole) =>
            new(left.Span.End, Math.Max(0, whole.Span.End - left.Span.End));
    }
}
