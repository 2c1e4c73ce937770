using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Tests.Python;

static partial class PythonDump
{
    static string Of(PythonExpression expression) => expression switch
    {
        PythonExpression.Name e => $"Name({Quote(e.Id)})",
        PythonExpression.None => "None",
        PythonExpression.Boolean e => e.Value ? "True" : "False",
        PythonExpression.Ellipsis => "Ellipsis",
        PythonExpression.Integer e => Hex(e.Value),
        PythonExpression.Float e => "f" + Bits(e.Value),
        PythonExpression.Imaginary e => "j" + Bits(e.Value),
        PythonExpression.Text e => Quote(e.Value),
        PythonExpression.Bytes e => "b" + string.Concat(e.Value.Select(c => ((int)c).ToString("x2", CultureInfo.InvariantCulture))),
        PythonExpression.Formatted e => $"JoinedStr({List(e.Parts, Of)})",
        PythonExpression.Tuple e => $"Tuple({List(e.Items, Of)})",
        PythonExpression.List e => $"List({List(e.Items, Of)})",
        PythonExpression.Set e => $"Set({List(e.Items, Of)})",
        PythonExpression.Dict e => $"Dict({List(e.Items, i => Maybe(i.Key))},{List(e.Items, i => Of(i.Value))})",
        PythonExpression.ListComprehension e => $"ListComp({Of(e.Element)},{Clauses(e.Clauses)})",
        PythonExpression.SetComprehension e => $"SetComp({Of(e.Element)},{Clauses(e.Clauses)})",
        PythonExpression.DictComprehension e => $"DictComp({Of(e.Key)},{Of(e.Value)},{Clauses(e.Clauses)})",
        PythonExpression.Generator e => $"GeneratorExp({Of(e.Element)},{Clauses(e.Clauses)})",
        PythonExpression.Attribute e => $"Attribute({Of(e.Target)},{Quote(e.Member)})",
        PythonExpression.Subscript e => $"Subscript({Of(e.Target)},{Of(e.Index)})",
        PythonExpression.Slice e => $"Slice({Maybe(e.Lower)},{Maybe(e.Upper)},{Maybe(e.Step)})",
        PythonExpression.Call e => $"Call({Of(e.Function)},{Arguments(e.Arguments)})",
        PythonExpression.Unary e => $"UnaryOp({Operator(e.Operator)}(),{Of(e.Operand)})",
        PythonExpression.Binary e => $"BinOp({Of(e.Left)},{Operator(e.Operator)}(),{Of(e.Right)})",
        PythonExpression.And e => $"BoolOp(And(),{List(e.Terms, Of)})",
        PythonExpression.Or e => $"BoolOp(Or(),{List(e.Terms, Of)})",
        PythonExpression.Not e => $"UnaryOp(Not(),{Of(e.Operand)})",
        PythonExpression.Compare e => $"Compare({Of(e.Left)},{List(e.Links, l => Operator(l.Operator) + "()")},{List(e.Links, l => Of(l.Right))})",
        PythonExpression.Conditional e => $"IfExp({Of(e.Test)},{Of(e.Body)},{Of(e.OrElse)})",
        PythonExpression.Lambda e => $"Lambda({Parameters(e.Parameters)},{Of(e.Body)})",
        PythonExpression.Walrus e => $"NamedExpr(Name({Quote(e.Target)}),{Of(e.Value)})",
        PythonExpression.Starred e => $"Starred({Of(e.Value)})",
        PythonExpression.Await e => $"Await({Of(e.Value)})",
        PythonExpression.Yield e => $"Yield({Maybe(e.Value)})",
        PythonExpression.YieldFrom e => $"YieldFrom({Of(e.Value)})",
        PythonExpression.Unsupported => "Unsupported()",
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    static string Of(PythonFormatPart part) => part switch
    {
        PythonFormatPart.Literal p => Quote(p.Text),
        PythonFormatPart.Field p => $"FormattedValue({Of(p.Value)},{Conversion(p.Conversion)},{Maybe(p.Specification)})",
        _ => throw new UnreachableException(part.GetType().Name),
    };

    // CPython has the code of the letter, or -1.
    static int Conversion(PythonConversion? conversion) => conversion switch
    {
        PythonConversion.Str => 's',
        PythonConversion.Repr => 'r',
        PythonConversion.Ascii => 'a',
        _ => -1,
    };

    static string Clauses(EquatableArray<PythonComprehension> clauses) =>
        List(clauses, c => $"comprehension({Of(c.Target)},{Of(c.Iterable)},{List(c.Conditions, Of)},{(c.IsAsync ? 1 : 0)})");

    static string Hex(BigInteger value)
    {
        var digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return "0x" + (digits.Length == 0 ? "0" : digits);
    }

    static string Bits(double value) => BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(value)) is var bits
        ? Convert.ToHexStringLower(BitConverter.GetBytes(bits))
        : "";

    static string Operator(PythonUnaryOperator op) => op switch
    {
        PythonUnaryOperator.Plus => "UAdd",
        PythonUnaryOperator.Minus => "USub",
        _ => "Invert",
    };

    static string Operator(PythonBinaryOperator op) => op switch
    {
        PythonBinaryOperator.Add => "Add",
        PythonBinaryOperator.Subtract => "Sub",
        PythonBinaryOperator.Multiply => "Mult",
        PythonBinaryOperator.MatrixMultiply => "MatMult",
        PythonBinaryOperator.Divide => "Div",
        PythonBinaryOperator.FloorDivide => "FloorDiv",
        PythonBinaryOperator.Modulo => "Mod",
        PythonBinaryOperator.Power => "Pow",
        PythonBinaryOperator.LeftShift => "LShift",
        PythonBinaryOperator.RightShift => "RShift",
        PythonBinaryOperator.BitOr => "BitOr",
        PythonBinaryOperator.BitXor => "BitXor",
        PythonBinaryOperator.BitAnd => "BitAnd",
        _ => throw new UnreachableException(op.ToString()),
    };

    static string Operator(PythonComparisonOperator op) => op switch
    {
        PythonComparisonOperator.Equal => "Eq",
        PythonComparisonOperator.NotEqual => "NotEq",
        PythonComparisonOperator.Less => "Lt",
        PythonComparisonOperator.LessOrEqual => "LtE",
        PythonComparisonOperator.Greater => "Gt",
        PythonComparisonOperator.GreaterOrEqual => "GtE",
        PythonComparisonOperator.Is => "Is",
        PythonComparisonOperator.IsNot => "IsNot",
        PythonComparisonOperator.In => "In",
        PythonComparisonOperator.NotIn => "NotIn",
        _ => throw new UnreachableException(op.ToString()),
    };
}
