using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public static partial class EqlLowering
{
    // What an expression gives.
    sealed partial class Queries
    {
        // A run of operators becomes as deep as it is long.
        const int MaxOperators = 500;

        const string EndgameVocabulary = "endgame";

        ImmutableHashSet<string> _variables = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
        int _operators;

        public Expression Value(EqlExpression expression) => expression switch
        {
            EqlExpression.Text text => Expression.Text(text.Value) with { Span = text.Span },
            EqlExpression.Integer number => Expression.Number(number.Value) with { Span = number.Span },
            EqlExpression.Decimal number => new Expression.Constant(new Literal.Real(number.Value)) { Span = number.Span },
            EqlExpression.Boolean flag => new Expression.Constant(new Literal.Boolean(flag.Value)) { Span = flag.Span },
            EqlExpression.Null => new Expression.Constant(new Literal.Null()) { Span = expression.Span },
            EqlExpression.Field field => Field(field.Path, field.Optional, field.Span),
            EqlExpression.Call call => Call(call),
            EqlExpression.Arithmetic sum => Arithmetic(sum),
            EqlExpression.Negate negate => new Expression.Arithmetic(ArithmeticOperator.Subtract, Expression.Number(0), Value(negate.Operand), Dialect) { Span = negate.Span },
            EqlExpression.Unsupported unread => new Expression.Unsupported(unread.SourceText) { Span = unread.Span },
            _ => AsValue(expression) ?? throw new UnreachableException(expression.GetType().Name),
        };

        // A condition whose truth is a value; null where there is none.
        Expression.Boolean? AsValue(EqlExpression expression)
        {
            var outer = _asValue;
            _asValue = true;
            var condition = AsCondition(expression);
            _asValue = outer;
            return condition is null ? null : new(condition) { Span = expression.Span };
        }

        // The condition that an expression is; null for one that gives a value.
        Predicate? AsCondition(EqlExpression expression) => expression switch
        {
            EqlExpression.And or EqlExpression.Or or EqlExpression.Not or EqlExpression.Compare or EqlExpression.In or EqlExpression.Match or EqlExpression.Related => Condition(expression),
            EqlExpression.Call call => Test(call),
            _ => null,
        };

        Expression Call(EqlExpression.Call call)
        {
            if (AsValue(call) is { } test)
                return test;
            var name = NameOf(call);
            if (OperatorOf(name) is { } op && call.Arguments is [var left, var right])
                return new Expression.Arithmetic(op, Value(left), Value(right), Dialect) { Span = call.Span };
            return (name, call.Arguments) switch
            {
                ("safe", [var inner]) => Value(inner),
                ("arraycount", [var list, EqlExpression.Field { Path.Segments: [{ Name: { } variable }] }, var body]) =>
                    new Expression.Call(name, [Value(list), Lambda(variable, body)], Dialect) { Span = call.Span },
                _ => new Expression.Call(call.IgnoreCase ? name + "~" : name, [.. call.Arguments.Select(Value)], Dialect) { Span = call.Span },
            };
        }

        Expression.Lambda Lambda(string variable, EqlExpression body)
        {
            var outer = _variables;
            _variables = _variables.Add(variable);
            var value = Value(body);
            _variables = outer;
            return new([variable], value) { Span = body.Span };
        }

        Expression Arithmetic(EqlExpression.Arithmetic sum)
        {
            _operators += sum.Steps.Count;
            if (_operators > MaxOperators)
            {
                _findings.Add(Diagnostic.At(sum.Span, EqlCodes.NoModel, string.Create(CultureInfo.InvariantCulture, $"arithmetic of more than {MaxOperators} operators")));
                return new Expression.Unsupported(EqlWriter.Write(sum)) { Span = sum.Span };
            }

            var value = Value(sum.First);
            foreach (var step in sum.Steps)
            {
                var op = step.Op switch
                {
                    EqlArithmetic.Add => ArithmeticOperator.Add,
                    EqlArithmetic.Subtract => ArithmeticOperator.Subtract,
                    EqlArithmetic.Multiply => ArithmeticOperator.Multiply,
                    EqlArithmetic.Divide => ArithmeticOperator.Divide,
                    EqlArithmetic.Modulo => ArithmeticOperator.Modulo,
                    _ => throw new UnreachableException(step.Op.ToString()),
                };
                value = new Expression.Arithmetic(op, value, Value(step.Operand), Dialect) { Span = SourceSpan.Cover(sum.First.Span, step.Operand.Span) };
            }

            return value;
        }

        static ArithmeticOperator? OperatorOf(string function) => function switch
        {
            "add" => ArithmeticOperator.Add,
            "subtract" => ArithmeticOperator.Subtract,
            "multiply" => ArithmeticOperator.Multiply,
            "divide" => ArithmeticOperator.Divide,
            "modulo" => ArithmeticOperator.Modulo,
            _ => null,
        };

        Expression.Ref Field(EqlPath path, bool optional, SourceSpan span)
        {
            var segments = path.Segments.Select(PathSegment (s) => s.Name is { } name ? new PathSegment.Key(name) : new PathSegment.Index(s.Index)).ToImmutableArray();
            if (segments is [PathSegment.Key first, ..] && _variables.Contains(first.Name))
                return new(new Reference.LoopVariable(first.Name) { Path = new(segments[1..]), Span = span }) { Span = span };
            if (_counted && segments is [PathSegment.Key { Name: Count }])
                return new(new Reference.Column(Count) { Span = span }) { Span = span };
            var slot = _slot;
            if (_overSlots)
            {
                (slot, segments) = segments is [PathSegment.Key { Name: "events" }, PathSegment.Index index, ..]
                    ? (SlotName(index.Position), segments[2..])
                    : (SlotName(0), segments);
            }

            return new(new Reference.Field(new(segments))
            {
                Lookup = KeyLookup.DottedFirst,
                Vocabulary = IsEndgame ? EndgameVocabulary : IndexFields.Vocabulary,
                EventVariable = slot,
                Optional = optional,
                Span = span,
            })
            { Span = span };
        }
    }
}
