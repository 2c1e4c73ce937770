using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlLowering
{
    // Values: constants, columns, functions, arithmetic; a condition as a value is unknown where it is null.
    sealed partial class Pipelines
    {
        static readonly FrozenSet<string> Aggregates = FrozenSet.Create(
            StringComparer.Ordinal,
            "absent", "absent_over_time", "avg", "avg_over_time", "count", "count_distinct", "count_distinct_over_time", "count_over_time", "delta", "deriv", "first",
            "first_over_time", "idelta", "increase", "irate", "last", "last_over_time", "max", "max_over_time", "median", "median_absolute_deviation", "min",
            "min_over_time", "percentile", "percentile_over_time", "present", "present_over_time", "rate", "sample", "st_centroid_agg", "st_extent_agg", "std_dev",
            "stddev", "stddev_over_time", "sum", "sum_over_time", "top", "values", "variance", "variance_over_time", "weighted_avg");

        // Short spellings of one function, and types as a cast names them.
        static readonly FrozenDictionary<string, string> LongNames = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["to_bool"] = "to_boolean",
            ["to_dbl"] = "to_double",
            ["to_dt"] = "to_datetime",
            ["to_date"] = "to_datetime",
            ["to_int"] = "to_integer",
            ["to_keyword"] = "to_string",
            ["to_str"] = "to_string",
            ["to_text"] = "to_string",
            ["to_ul"] = "to_unsigned_long",
            ["to_ulong"] = "to_unsigned_long",
            ["to_time_duration"] = "to_timeduration",
            ["to_date_period"] = "to_dateperiod",
            ["to_ver"] = "to_version",
        }.ToFrozenDictionary(StringComparer.Ordinal);

        // Aggregates stand only in the outcomes of STATS; each of them sees the rows of its own condition.
        bool _inGroups;
        Predicate? _filter;

        Expression Value(EsqlExpression expression)
        {
            // A chain of steps nests to the left, so it counts with its length.
            var weight = 1 + (expression is EsqlExpression.Arithmetic chain ? chain.Steps.Count : 0);
            if (_depth + weight > MaxDepth)
            {
                Report(expression.Span, EsqlCodes.TooDeep, MaxDepth);
                return new Expression.Unsupported(Slice(expression.Span)) { Span = expression.Span };
            }

            _depth += weight;
            var value = Bare(expression);
            _depth -= weight;
            return value with { Span = expression.Span };
        }

        Expression Bare(EsqlExpression expression) => expression switch
        {
            EsqlExpression.Null => new Expression.Constant(new Literal.Null()),
            EsqlExpression.Boolean flag => new Expression.Constant(new Literal.Boolean(flag.Value)),
            EsqlExpression.Integer number => Expression.Number(number.Value),
            EsqlExpression.UnsignedLong number => Rounded(number),
            EsqlExpression.Decimal number => new Expression.Constant(new Literal.Real(number.Value)),
            EsqlExpression.String written => Expression.Text(written.Value),
            EsqlExpression.TimeSpan span => Span(span),
            EsqlExpression.Parameter { IsIdentifier: true } parameter => NoValue(parameter.Span, "a name that is a parameter"),
            EsqlExpression.Parameter parameter => new Expression.Ref(new Reference.Parameter(parameter.Name) { Span = parameter.Span }),
            EsqlExpression.Array list => List(list),
            EsqlExpression.Map map => new Expression.ObjectOf([.. map.Entries.Items.Select(e => new Named(e.Key, Value(e.Value)))]),
            EsqlExpression.Field field => Resolve(field.Name),
            EsqlExpression.Star => NoValue(expression.Span, "'*' outside of COUNT"),
            EsqlExpression.Call call => Called(call),
            EsqlExpression.Cast cast => new Expression.Call(LongName("to_" + cast.Type), [Value(cast.Operand)], Dialect.Esql),
            EsqlExpression.Negate negate => new Expression.Arithmetic(ArithmeticOperator.Subtract, Expression.Number(0), Value(negate.Operand), Dialect.Esql),
            EsqlExpression.Arithmetic chain => Chain(chain),
            EsqlExpression.Unsupported unread => new Expression.Unsupported(unread.SourceText),
            EsqlExpression.And or EsqlExpression.Or or EsqlExpression.Not or EsqlExpression.Compare or EsqlExpression.Like or EsqlExpression.In
                or EsqlExpression.InSubquery or EsqlExpression.IsNull or EsqlExpression.Match => Boolean(Condition(expression)),
            _ => throw new UnreachableException(expression.GetType().Name),
        };

        static Expression Boolean(Predicate condition) => condition is Predicate.Unsupported unread ? new Expression.Unsupported(unread.SourceText) : new Expression.Boolean(condition);

        Expression Called(EsqlExpression.Call call)
        {
            if (_inGroups && Aggregates.Contains(call.Function))
                return Aggregate(call);
            if (TestOf(call) is { } test)
                return Boolean(test);
            switch (call.Function)
            {
                case "case" when call.Arguments.Count >= 2:
                    return Case(call.Arguments);
                case "coalesce" when call.Arguments.Count >= 1:
                    return new Expression.Coalesce([.. call.Arguments.Items.Select(Value)]);
                case "case":
                    Report(call.Span, EsqlCodes.WrongArguments, Slice(call.Span), "conditions, each with a value");
                    return new Expression.Unsupported(Slice(call.Span));
                default:
                    return new Expression.Call(LongName(call.Function), [.. call.Arguments.Items.Select(Value)], Dialect.Esql);
            }
        }

        // The arguments of an aggregate are values of one row, and so is what its condition sees.
        Expression.Aggregate Aggregate(EsqlExpression.Call call)
        {
            _inGroups = false;
            var countsRows = call.Function == "count" && call.Arguments is [] or [EsqlExpression.Star];
            EquatableArray<Expression> arguments = countsRows ? [] : [.. call.Arguments.Items.Select(Value)];
            _inGroups = true;
            return new(call.Function, arguments) { Filter = _filter, CountsNulls = countsRows };
        }

        Expression.Case Case(EquatableArray<EsqlExpression> arguments)
        {
            var arms = ImmutableArray.CreateBuilder<Expression.Arm>(arguments.Count / 2);
            for (var i = 0; i + 1 < arguments.Count; i += 2)
                arms.Add(new(Condition(arguments[i]), Value(arguments[i + 1])));
            return new(arms.ToImmutable(), arguments.Count % 2 == 1 ? Value(arguments[^1]) : new Expression.Constant(new Literal.Null()));
        }

        Expression Chain(EsqlExpression.Arithmetic chain)
        {
            var value = Value(chain.First);
            foreach (var step in chain.Steps)
            {
                value = new Expression.Arithmetic(OperatorOf(step.Op), value, Value(step.Operand), Dialect.Esql)
                {
                    Span = SourceSpan.Cover(chain.First.Span, step.Operand.Span),
                };
            }

            return value;
        }

        static ArithmeticOperator OperatorOf(EsqlArithmetic op) => op switch
        {
            EsqlArithmetic.Add => ArithmeticOperator.Add,
            EsqlArithmetic.Subtract => ArithmeticOperator.Subtract,
            EsqlArithmetic.Multiply => ArithmeticOperator.Multiply,
            EsqlArithmetic.Divide => ArithmeticOperator.Divide,
            EsqlArithmetic.Modulo => ArithmeticOperator.Modulo,
            _ => throw new UnreachableException(op.ToString()),
        };

        Expression List(EsqlExpression.Array list)
        {
            var items = list.Items.Items.Select(Value).ToEquatableArray();
            return items.Items.All(i => i is Expression.Constant)
                ? new Expression.Constant(new Literal.Array([.. items.Items.OfType<Expression.Constant>().Select(c => c.Value)]))
                : new Expression.ListOf(items);
        }

        Expression.Constant Rounded(EsqlExpression.UnsignedLong number)
        {
            Report(number.Span, EsqlCodes.NumberRounded, number.Value);
            return new(new Literal.Real(number.Value)) { Spelling = Slice(number.Span) };
        }

        // Months and longer have no fixed length.
        Expression Span(EsqlExpression.TimeSpan span)
        {
            long? ticks = span.Unit switch
            {
                EsqlTimeUnit.Millisecond => TimeSpan.TicksPerMillisecond,
                EsqlTimeUnit.Second => TimeSpan.TicksPerSecond,
                EsqlTimeUnit.Minute => TimeSpan.TicksPerMinute,
                EsqlTimeUnit.Hour => TimeSpan.TicksPerHour,
                EsqlTimeUnit.Day => TimeSpan.TicksPerDay,
                EsqlTimeUnit.Week => 7 * TimeSpan.TicksPerDay,
                _ => null,
            };
            if (ticks is null)
                return new Expression.Call("to_dateperiod", [Expression.Number(span.Count), Expression.Text(span.Unit.ToString().ToLowerInvariant())], Dialect.Esql);
            var length = (Int128)span.Count * ticks.Value;
            if (length == (long)length)
                return new Expression.Constant(new Literal.Duration((long)length)) { Spelling = Slice(span.Span) };
            Report(span.Span, EsqlCodes.NumberRange, Slice(span.Span));
            return new Expression.Unsupported(Slice(span.Span));
        }

        static string LongName(string function) => LongNames.GetValueOrDefault(function, function);
    }

    static bool IsConstant(EsqlExpression expression) => expression switch
    {
        EsqlExpression.Null or EsqlExpression.Boolean or EsqlExpression.Integer or EsqlExpression.UnsignedLong or EsqlExpression.Decimal
            or EsqlExpression.String or EsqlExpression.TimeSpan or EsqlExpression.Parameter { IsIdentifier: false } => true,
        EsqlExpression.Array list => list.Items.Items.All(IsConstant),
        _ => false,
    };

    // In which order two values stand, as far as the query says what they are.
    static OrderKind OrderOf(EsqlExpression subject, EsqlExpression operand)
    {
        var (left, right) = (OrderOf(subject), OrderOf(operand));
        return left == OrderKind.Instant || right == OrderKind.Instant ? OrderKind.Instant
            : left == OrderKind.Numeric || right == OrderKind.Numeric ? OrderKind.Numeric
            : left == OrderKind.Text || right == OrderKind.Text ? OrderKind.Text
            : OrderKind.Auto;
    }

    static OrderKind OrderOf(EsqlExpression expression) => expression switch
    {
        EsqlExpression.Integer or EsqlExpression.UnsignedLong or EsqlExpression.Decimal => OrderKind.Numeric,
        EsqlExpression.String => OrderKind.Text,
        EsqlExpression.Field { Name.Text: "@timestamp" } => OrderKind.Instant,
        EsqlExpression.Call { Function: "now" or "date_trunc" or "date_parse" or "to_datetime" or "to_dt" } => OrderKind.Instant,
        EsqlExpression.Cast { Type: "datetime" or "date" } => OrderKind.Instant,
        EsqlExpression.Arithmetic chain when chain.Steps.Items.Any(s => s.Operand is EsqlExpression.TimeSpan) => OrderKind.Instant,
        EsqlExpression.Arithmetic or EsqlExpression.Negate => OrderKind.Numeric,
        _ => OrderKind.Auto,
    };
}
