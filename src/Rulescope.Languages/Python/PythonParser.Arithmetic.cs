namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // Operators of one level go from left to right.
    PythonExpression ReadBinary(int floor = 0)
    {
        var start = Start;
        var outer = _height;
        _height = 0;
        var left = ReadUnary();
        while (BinaryOperator() is var (read, level) && level > floor)
        {
            Advance();
            var right = ReadBinary(level);
            Link();
            left = new PythonExpression.Binary(left, read, right) { Span = From(start) };
        }

        _height = Math.Max(outer, _height);
        return left;
    }

    (PythonBinaryOperator Operator, int Level) BinaryOperator() =>
        Current.Kind != PythonTokenKind.Operator ? (PythonBinaryOperator.Add, 0) : _text.AsSpan(Current.Span.Start, Current.Span.Length) switch
        {
            "|" => (PythonBinaryOperator.BitOr, 1),
            "^" => (PythonBinaryOperator.BitXor, 2),
            "&" => (PythonBinaryOperator.BitAnd, 3),
            "<<" => (PythonBinaryOperator.LeftShift, 4),
            ">>" => (PythonBinaryOperator.RightShift, 4),
            "+" => (PythonBinaryOperator.Add, 5),
            "-" => (PythonBinaryOperator.Subtract, 5),
            "*" => (PythonBinaryOperator.Multiply, 6),
            "/" => (PythonBinaryOperator.Divide, 6),
            "//" => (PythonBinaryOperator.FloorDivide, 6),
            "%" => (PythonBinaryOperator.Modulo, 6),
            "@" => (PythonBinaryOperator.MatrixMultiply, 6),
            _ => (PythonBinaryOperator.Add, 0),
        };

    PythonUnaryOperator? UnaryOperator() =>
        Is("-") ? PythonUnaryOperator.Minus
        : Is("+") ? PythonUnaryOperator.Plus
        : Is("~") ? PythonUnaryOperator.Invert
        : null;

    // Signs bind less than `**` on their right: -x ** 2 is -(x ** 2).
    PythonExpression ReadUnary()
    {
        if (UnaryOperator() is null)
            return ReadPower();
        var outer = _height;
        _height = 0;
        var signs = new Stack<(PythonUnaryOperator, int)>();
        while (UnaryOperator() is { } sign)
        {
            signs.Push((sign, Start));
            Advance();
        }

        var operand = ReadPower();
        while (signs.TryPop(out var sign))
        {
            Link();
            operand = new PythonExpression.Unary(sign.Item1, operand) { Span = From(sign.Item2) };
        }

        _height = Math.Max(outer, _height);
        return operand;
    }

    PythonExpression ReadPower()
    {
        var start = Start;
        var left = ReadAwait();
        if (!Accept("**"))
            return left;
        PythonExpression power = new PythonExpression.None { Span = From(start) };
        if (Enter())
            power = new PythonExpression.Binary(left, PythonBinaryOperator.Power, ReadUnary()) { Span = From(start) };
        Leave();
        return power;
    }

    PythonExpression ReadAwait()
    {
        var start = Start;
        return Accept("await") ? new PythonExpression.Await(ReadPrimary()) { Span = From(start) } : ReadPrimary();
    }
}
