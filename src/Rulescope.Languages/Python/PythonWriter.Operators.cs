using System.Diagnostics;

namespace Rulescope.Languages.Python;

public sealed partial class PythonWriter
{
    static string Operator(PythonUnaryOperator op) => op switch
    {
        PythonUnaryOperator.Plus => "+",
        PythonUnaryOperator.Minus => "-",
        PythonUnaryOperator.Invert => "~",
        _ => throw new UnreachableException(op.ToString()),
    };

    static string Operator(PythonBinaryOperator op) => op switch
    {
        PythonBinaryOperator.Add => "+",
        PythonBinaryOperator.Subtract => "-",
        PythonBinaryOperator.Multiply => "*",
        PythonBinaryOperator.MatrixMultiply => "@",
        PythonBinaryOperator.Divide => "/",
        PythonBinaryOperator.FloorDivide => "//",
        PythonBinaryOperator.Modulo => "%",
        PythonBinaryOperator.Power => "**",
        PythonBinaryOperator.LeftShift => "<<",
        PythonBinaryOperator.RightShift => ">>",
        PythonBinaryOperator.BitOr => "|",
        PythonBinaryOperator.BitXor => "^",
        PythonBinaryOperator.BitAnd => "&",
        _ => throw new UnreachableException(op.ToString()),
    };

    static string Operator(PythonComparisonOperator op) => op switch
    {
        PythonComparisonOperator.Equal => "==",
        PythonComparisonOperator.NotEqual => "!=",
        PythonComparisonOperator.Less => "<",
        PythonComparisonOperator.LessOrEqual => "<=",
        PythonComparisonOperator.Greater => ">",
        PythonComparisonOperator.GreaterOrEqual => ">=",
        PythonComparisonOperator.Is => "is",
        PythonComparisonOperator.IsNot => "is not",
        PythonComparisonOperator.In => "in",
        PythonComparisonOperator.NotIn => "not in",
        _ => throw new UnreachableException(op.ToString()),
    };
}
