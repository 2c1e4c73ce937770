using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    sealed partial class Pipelines
    {
        // Inside mvmap and mvfilter the field is one of its values.
        ImmutableDictionary<string, Expression> _loops = ImmutableDictionary.Create<string, Expression>(StringComparer.Ordinal);

        Expression Value(SplExpression expression)
        {
            if (IsCondition(expression))
                return new Expression.Boolean(Condition(expression)) { Span = expression.Span };
            Expression value = expression switch
            {
                SplExpression.Field field => Find(field.Name, field.Span),
                SplExpression.String text => Expression.Text(text.Value),
                SplExpression.Number number => new Expression.Constant(NumberOf(number.Text)),
                SplExpression.Negate { Operand: SplExpression.Number number } => new Expression.Constant(NumberOf("-" + number.Text)),
                SplExpression.Negate negate => new Expression.Arithmetic(ArithmeticOperator.Subtract, Number(0), Value(negate.Operand), Dialect.Spl),
                SplExpression.Arithmetic sum => new Expression.Arithmetic(OperatorOf(sum.Op), Value(sum.Left), Value(sum.Right), Dialect.Spl),
                SplExpression.Concat concat => Concat(concat),
                SplExpression.Call call => Called(call),
                SplExpression.Macro macro => new Expression.Unsupported(macro.Text),
                SplExpression.Unsupported unread => new Expression.Unsupported(unread.SourceText),
                _ => throw new UnreachableException(expression.GetType().Name),
            };
            return value with { Span = expression.Span };
        }

        static Literal NumberOf(string written) =>
            long.TryParse(written, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole)
            : double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? new Literal.Real(real)
            : new Literal.String(written);

        static ArithmeticOperator OperatorOf(SplArithmetic op) => op switch
        {
            SplArithmetic.Add => ArithmeticOperator.Add,
            SplArithmetic.Subtract => ArithmeticOperator.Subtract,
            SplArithmetic.Multiply => ArithmeticOperator.Multiply,
            SplArithmetic.Divide => ArithmeticOperator.Divide,
            SplArithmetic.Modulo => ArithmeticOperator.Modulo,
            _ => throw new UnreachableException(op.ToString()),
        };

        Expression.Call Concat(SplExpression.Concat concat)
        {
            // Two names with nothing between them but the dot were meant as one name as often as not.
            if (concat.Parts.Items.All(p => p is SplExpression.Field) && !Slice(concat.Span).Any(char.IsWhiteSpace))
                Report(concat.Span, SplCodes.Joined, Slice(concat.Span));
            return new("concat", [.. concat.Parts.Items.Select(Value)], Dialect.Spl);
        }

        Expression Called(SplExpression.Call call)
        {
            switch (call.Function, call.Arguments.Items)
            {
                case ("if", [var condition, var then, var otherwise]):
                    return new Expression.If(Condition(condition), Value(then), Value(otherwise));
                case ("case", { Length: > 0 } arms) when arms.Length % 2 == 0:
                    return Chosen(arms, negated: false);
                case ("validate", { Length: > 0 } arms) when arms.Length % 2 == 0:
                    return Chosen(arms, negated: true);
                case ("coalesce" or "ifnull", { Length: > 0 } items):
                    return new Expression.Coalesce([.. items.Select(Value)]);
                case ("null", []):
                    return new Expression.Constant(new Literal.Null());
                case ("mvmap", [SplExpression.Field field, var body]):
                    return Looped(call, field, () => Value(body));
                case ("mvfilter", [var condition]) when OnlyField(condition) is { } field:
                    return Looped(call, field, () => new Expression.Boolean(Condition(condition)) { Span = condition.Span });
                case ("if", _):
                    return Miscalled(call.Span, "if", "a condition and two values");
                case ("case" or "validate", _):
                    return Miscalled(call.Span, call.Function, "conditions and values in pairs");
                case ("mvmap" or "mvfilter", _):
                    return Miscalled(call.Span, call.Function, "an expression over one field");
            }

            if (!SplFunctions.IsKnown(call.Function))
            {
                Report(call.Span, SplCodes.UnknownFunction, call.Function);
                return new Expression.Unsupported(Slice(call.Span));
            }

            return new Expression.Call(call.Function == "len" ? "length" : call.Function, [.. call.Arguments.Items.Select(Value)], Dialect.Spl);
        }

        // validate gives the value of the first condition that is false.
        Expression.Case Chosen(ImmutableArray<SplExpression> arms, bool negated)
        {
            var pairs = Enumerable.Range(0, arms.Length / 2).Select(i => (Condition: Condition(arms[2 * i]), Value: Value(arms[(2 * i) + 1])));
            return new([.. pairs.Select(p => new Expression.Arm(negated ? new Predicate.Not(p.Condition) : p.Condition, p.Value))], new Expression.Constant(new Literal.Null()));
        }

        Expression.Call Looped(SplExpression.Call call, SplExpression.Field field, Func<Expression> body)
        {
            var collection = Find(field.Name, field.Span);
            var outer = _loops;
            _loops = _loops.SetItem(field.Name, new Expression.Ref(new Reference.LoopVariable(field.Name)));
            var lambda = new Expression.Lambda([field.Name], body()) { Span = call.Span };
            _loops = outer;
            return new(call.Function, [collection, lambda], Dialect.Spl);
        }

        // mvfilter's condition may name one field only.
        static SplExpression.Field? OnlyField(SplExpression expression)
        {
            var fields = FieldsOf(expression).DistinctBy(f => f.Name, StringComparer.Ordinal).ToList();
            return fields is [var only] ? only : null;
        }

        static IEnumerable<SplExpression.Field> FieldsOf(SplExpression expression) => expression switch
        {
            SplExpression.Field field => [field],
            SplExpression.Or or => or.Terms.Items.SelectMany(FieldsOf),
            SplExpression.And and => and.Terms.Items.SelectMany(FieldsOf),
            SplExpression.Xor xor => [.. FieldsOf(xor.Left), .. FieldsOf(xor.Right)],
            SplExpression.Not not => FieldsOf(not.Operand),
            SplExpression.Compare compare => [.. FieldsOf(compare.Left), .. FieldsOf(compare.Right)],
            SplExpression.Like like => [.. FieldsOf(like.Left), .. FieldsOf(like.Pattern)],
            SplExpression.In list => [.. FieldsOf(list.Operand), .. list.Items.Items.SelectMany(FieldsOf)],
            SplExpression.Arithmetic sum => [.. FieldsOf(sum.Left), .. FieldsOf(sum.Right)],
            SplExpression.Concat concat => concat.Parts.Items.SelectMany(FieldsOf),
            SplExpression.Negate negate => FieldsOf(negate.Operand),
            SplExpression.Call call => call.Arguments.Items.SelectMany(FieldsOf),
            _ => [],
        };

        Expression.Unsupported Miscalled(SourceSpan span, string function, string expected)
        {
            Report(span, SplCodes.WrongArguments, function, expected);
            return new(Slice(span));
        }
    }
}
