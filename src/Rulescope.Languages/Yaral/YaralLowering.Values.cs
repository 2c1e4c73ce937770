using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public static partial class YaralLowering
{
    // Values of fields, functions and outcomes; placeholders were replaced before.
    sealed partial class Lowering
    {
        Expression Value(YaralExpression node)
        {
            var value = ValueOf(node);
            return value.Span == default ? value with { Span = node.Span } : value;
        }

        Expression ValueOf(YaralExpression node) => node switch
        {
            YaralExpression.Text text => Expression.Text(text.Value),
            YaralExpression.Regex regex => Expression.Text(regex.Pattern),
            YaralExpression.Number number => Number(number.Digits),
            YaralExpression.Boolean flag => new Expression.Constant(new Literal.Boolean(flag.Value)),
            YaralExpression.Duration length => Ticks(length.Written[..^1], length.Written[^1..]) is { } ticks ? new Expression.Constant(new Literal.Duration(ticks)) : NoValue(node),
            YaralExpression.Field field => Reference(field),
            YaralExpression.Each each when _quantified is var (bound, name) && ReferenceEquals(each, bound) => new Expression.Ref(new Reference.LoopVariable(name) { Lookup = KeyLookup.ProtoJson, Span = each.Span }),
            YaralExpression.Variable variable => Variable(variable),
            YaralExpression.Count count => Counted(count),
            YaralExpression.Array array => new Expression.ListOf([.. array.Items.Items.Select(Value)]),
            YaralExpression.Call call => Call(call),
            YaralExpression.Arithmetic arithmetic => new Expression.Arithmetic(OperatorOf(arithmetic.Op), Summand(arithmetic.Left), Summand(arithmetic.Right), Dialect.YaraL),
            YaralExpression.Negate { Operand: YaralExpression.Number number } => Number("-" + number.Digits),
            YaralExpression.Negate negate => new Expression.Arithmetic(ArithmeticOperator.Subtract, Expression.Number(0), Summand(negate.Operand), Dialect.YaraL),
            YaralExpression.And or YaralExpression.Or or YaralExpression.Not or YaralExpression.Compare or YaralExpression.In or YaralExpression.NoCase or YaralExpression.SomeOf =>
                new Expression.Boolean(Condition(node)),
            YaralExpression.List or YaralExpression.Each or YaralExpression.Unsupported => NoValue(node),
            _ => throw new UnreachableException(node.GetType().Name),
        };

        // An absent number is zero in a sum.
        Expression Summand(YaralExpression node) => Zeros.Or(Value(node), Expression.Number(0));

        Expression.Unsupported NoValue(YaralExpression node)
        {
            var text = YaralWriter.Write(node);
            if (!IsReported(node))
                Report(node.Span, YaralCodes.NoMeaning, text);
            return new(text) { Span = node.Span };
        }

        static Expression.Constant Number(string digits) => new(
            long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole)
            : new Literal.Real(double.Parse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)));

        static ArithmeticOperator OperatorOf(YaralArithmetic op) => op switch
        {
            YaralArithmetic.Add => ArithmeticOperator.Add,
            YaralArithmetic.Subtract => ArithmeticOperator.Subtract,
            YaralArithmetic.Multiply => ArithmeticOperator.Multiply,
            YaralArithmetic.Divide => ArithmeticOperator.Divide,
            YaralArithmetic.Modulo => ArithmeticOperator.Modulo,
            _ => throw new UnreachableException(op.ToString()),
        };

        Expression Variable(YaralExpression.Variable variable)
        {
            if (_bindings.IsOutcome(variable.Name))
                return new Expression.Ref(new Reference.Column(variable.Name) { Span = variable.Span });
            return _bindings.IsEvent(variable.Name) ? EventOf(variable.Name) : Unknown(variable, "$" + variable.Name);
        }

        Expression.Unsupported Unknown(YaralExpression node, string name)
        {
            Report(node.Span, YaralCodes.UnknownVariable, name);
            return new(name) { Span = node.Span };
        }

        static Expression.Ref EventOf(string variable) => new(new Reference.Field(new([])) { EventVariable = variable });

        // Distinct events, or distinct values.
        Expression Counted(YaralExpression.Count count)
        {
            if (_bindings.IsEvent(count.Name))
                return new Expression.Aggregate("count", [EventOf(count.Name)]);
            return _bindings.IsPlaceholder(count.Name)
                ? new Expression.Aggregate("dcount", [Value(Resolve(new YaralExpression.Variable(count.Name) { Span = count.Span }))])
                : Unknown(count, "#" + count.Name);
        }

        Named Outcome(YaralEntry entry) => new(entry.Name, Value(Resolve(entry.Value)));

        Expression Call(YaralExpression.Call call)
        {
            if (YaralFunctions.Aggregate(call.Function) is { } aggregate)
            {
                EquatableArray<Expression> arguments = [.. call.Arguments.Items.Select(Value)];
                // Without a match section the rows are the copies of one event.
                return _rule.Match is null ? new Expression.Call(aggregate, arguments, Dialect.YaraL) : new Expression.Aggregate(aggregate, arguments);
            }

            if (!YaralFunctions.Takes(call.Function, call.Arguments.Count))
            {
                Report(call.Span, YaralCodes.UnknownFunction, call.Function, call.Arguments.Count);
                return new Expression.Unsupported(YaralWriter.Write(call)) { Span = call.Span };
            }

            var name = call.Function.ToLowerInvariant();
            switch (name)
            {
                case "if":
                    var then = Value(call.Arguments[1]);
                    return new Expression.If(Condition(call.Arguments[0]), then, call.Arguments.Count > 2 ? Value(call.Arguments[2]) : ZeroLike(then));
                case "strings.to_lower" or "strings.to_upper" or "strings.concat":
                    return new Expression.Call(name["strings.".Length..], [.. call.Arguments.Items.Select(Value)], Dialect.YaraL);
                default:
                    return YaralFunctions.IsTest(name) && IsModelled(name)
                        ? new Expression.Boolean(Condition(call))
                        : new Expression.Call(name, [.. call.Arguments.Items.Select(Value)], Dialect.YaraL);
            }
        }

        static Expression.Constant ZeroLike(Expression value) => value is Expression.Constant { Value: Literal.Integer or Literal.Real } or Expression.Arithmetic ? Expression.Number(0)
            : value is Expression.Constant { Value: Literal.Boolean } or Expression.Boolean ? new(new Literal.Boolean(false))
            : Expression.Text("");

        static bool IsModelled(string test) => test is "re.regex" or "net.ip_in_range_cidr" or "strings.contains" or "strings.starts_with" or "strings.ends_with" or "arrays.contains";

        Predicate BooleanCall(YaralExpression.Call call, bool folds)
        {
            var name = call.Function.ToLowerInvariant();
            if (!YaralFunctions.IsTest(name) || !YaralFunctions.Takes(name, call.Arguments.Count))
            {
                if (name == "if" && Value(call) is Expression.If choice)
                    return new Predicate.IsTrue(choice) { Span = call.Span };
                Report(call.Span, YaralCodes.NoMeaning, YaralWriter.Write(call));
                return new Predicate.Unsupported(YaralWriter.Write(call)) { Span = call.Span };
            }

            return name switch
            {
                "re.regex" => Pattern(call, call.Arguments[0], call.Arguments[1], folds),
                "net.ip_in_range_cidr" => Against(call, new Match.Cidr(), folds),
                "strings.contains" => Against(call, new Match.Contains(), folds),
                "strings.starts_with" => Against(call, new Match.Prefix(), folds),
                "strings.ends_with" => Against(call, new Match.Suffix(), folds),
                // An absent list has no element, not an empty one.
                "arrays.contains" => new Predicate.Test(Value(call.Arguments[0]), new Match.Exact(), [Value(call.Arguments[1])], Zeros.Of(folds, Truth.False)) { Span = call.Span },
                _ => new Predicate.IsTrue(new Expression.Call(name, [.. call.Arguments.Items.Select(Value)], Dialect.YaraL) { Span = call.Span }) { Span = call.Span },
            };
        }

        Predicate Against(YaralExpression.Call call, Match match, bool folds) => IsConstant(call.Arguments[1])
            ? Meets(call.Arguments[0], Value(call.Arguments[1]), match, folds, call.Span)
            : new Predicate.Test(Zeros.OrEmpty(Value(call.Arguments[0])), match, [Zeros.OrEmpty(Value(call.Arguments[1]))], Zeros.Of(folds, Truth.False)) { Span = call.Span };
    }
}
