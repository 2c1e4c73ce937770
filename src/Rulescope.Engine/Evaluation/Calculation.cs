using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>Arithmetic under the rules of a dialect (SEMANTICS 3): how whole numbers divide, and which sign a remainder has.</summary>
static class Calculation
{
    public static Evaluated Of(ArithmeticOperator op, Dialect dialect, EventValue left, EventValue right) => (op, left, right) switch
    {
        (_, EventValue.Missing or EventValue.Null, _) or (_, _, EventValue.Missing or EventValue.Null) =>
            dialect is Dialect.Python ? Evaluated.Failed : EventValue.NullValue,
        (ArithmeticOperator.Add, EventValue.Text a, EventValue.Text b) when dialect is Dialect.Python or Dialect.Spl or Dialect.Eql => new EventValue.Text(a.Value + b.Value),
        (_, EventValue.Integer a, EventValue.Integer b) => Whole(op, dialect, a.Value, b.Value),
        (ArithmeticOperator.Subtract, EventValue.Instant a, EventValue.Instant b) => new EventValue.Duration(a.Ticks - b.Ticks),
        (ArithmeticOperator.Subtract, EventValue.Instant a, EventValue.Duration b) => new EventValue.Instant(a.Ticks - b.Ticks),
        (ArithmeticOperator.Add, EventValue.Instant a, EventValue.Duration b) => new EventValue.Instant(a.Ticks + b.Ticks),
        (ArithmeticOperator.Add, EventValue.Duration a, EventValue.Duration b) => new EventValue.Duration(a.Ticks + b.Ticks),
        (ArithmeticOperator.Subtract, EventValue.Duration a, EventValue.Duration b) => new EventValue.Duration(a.Ticks - b.Ticks),
        // JSON writes numbers of 64 bits as texts.
        (_, EventValue.Text a, _) when dialect is Dialect.YaraL && Read(a) is { } number => Of(op, dialect, number, right),
        (_, _, EventValue.Text b) when dialect is Dialect.YaraL && Read(b) is { } number => Of(op, dialect, left, number),
        (ArithmeticOperator.Multiply, EventValue.Duration a, _) when Number(right) is { } times => Length(a.Ticks * times),
        (ArithmeticOperator.Multiply, _, EventValue.Duration b) when Number(left) is { } times => Length(b.Ticks * times),
        (ArithmeticOperator.Divide, EventValue.Duration a, EventValue.Duration b) => b.Ticks == 0 ? EventValue.NullValue : EventValue.OfNumber((double)a.Ticks / b.Ticks),
        (ArithmeticOperator.Divide, EventValue.Duration a, _) when Number(right) is { } parts && parts != 0 => Length(a.Ticks / parts),
        _ when Number(left) is { } a && Number(right) is { } b => Real(op, dialect, a, b),
        _ => dialect is Dialect.Python ? Evaluated.Failed : EventValue.NullValue,
    };

    static EventValue? Read(EventValue.Text text) =>
        long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new EventValue.Integer(whole)
        : double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? EventValue.OfNumber(real)
        : null;

    // A length that no clock holds is null.
    static EventValue Length(double ticks) => Math.Abs(ticks) < long.MaxValue ? new EventValue.Duration((long)Math.Round(ticks)) : EventValue.NullValue;

    static double? Number(EventValue value) => value switch
    {
        EventValue.Integer number => number.Value,
        EventValue.Real number => number.Value,
        _ => null,
    };

    static Evaluated Whole(ArithmeticOperator op, Dialect dialect, long a, long b)
    {
        if (b == 0 && op is ArithmeticOperator.Divide or ArithmeticOperator.FloorDivide or ArithmeticOperator.Modulo)
            return dialect is Dialect.Python ? Evaluated.Failed : EventValue.NullValue;
        if (op is ArithmeticOperator.Divide && dialect is Dialect.Python or Dialect.Spl)
            return EventValue.OfNumber((double)a / b);
        if (op is ArithmeticOperator.Power)
            return EventValue.OfNumber(Math.Pow(a, b));
        Int128 exact = op switch
        {
            ArithmeticOperator.Add => (Int128)a + b,
            ArithmeticOperator.Subtract => (Int128)a - b,
            ArithmeticOperator.Multiply => (Int128)a * b,
            ArithmeticOperator.Divide => dialect is Dialect.Endgame ? Floor(a, b) : (Int128)a / b,
            ArithmeticOperator.FloorDivide => Floor(a, b),
            _ => Remainder(dialect, a, b),
        };
        // Overflow: ES|QL gives null and warns; the others hold bigger numbers than a log ever needs.
        return exact >= long.MinValue && exact <= long.MaxValue ? new EventValue.Integer((long)exact) : dialect is Dialect.Esql ? EventValue.NullValue : EventValue.OfNumber((double)exact);
    }

    static Int128 Floor(Int128 a, Int128 b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);

    static Int128 Remainder(Dialect dialect, Int128 a, Int128 b) => dialect switch
    {
        Dialect.Kusto => ((a % b) + Int128.Abs(b)) % Int128.Abs(b),
        Dialect.Python or Dialect.Endgame => a - (Floor(a, b) * b),
        _ => a % b,
    };

    static Evaluated Real(ArithmeticOperator op, Dialect dialect, double a, double b)
    {
        if (b == 0 && op is ArithmeticOperator.Divide or ArithmeticOperator.FloorDivide or ArithmeticOperator.Modulo && dialect is Dialect.Python or Dialect.Esql)
            return dialect is Dialect.Python ? Evaluated.Failed : EventValue.NullValue;
        return EventValue.OfNumber(op switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.FloorDivide => Math.Floor(a / b),
            ArithmeticOperator.Power => Math.Pow(a, b),
            _ => dialect is Dialect.Python or Dialect.Endgame ? a - (Math.Floor(a / b) * b) : dialect is Dialect.Kusto ? ((a % b) + Math.Abs(b)) % Math.Abs(b) : a % b,
        });
    }
}
