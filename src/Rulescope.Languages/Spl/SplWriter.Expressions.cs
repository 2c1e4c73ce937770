using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplWriter
{
    // How tightly an eval expression binds.
    enum Strength
    {
        Xor,
        Or,
        And,
        Not,
        Comparison,
        Joined,
        Sum,
        Product,
        Sign,
        Operand,
    }

    static Strength StrengthOf(SplExpression node) => node switch
    {
        SplExpression.Xor => Strength.Xor,
        SplExpression.Or => Strength.Or,
        SplExpression.And => Strength.And,
        SplExpression.Not => Strength.Not,
        SplExpression.Compare or SplExpression.Like or SplExpression.In => Strength.Comparison,
        SplExpression.Concat => Strength.Joined,
        SplExpression.Arithmetic { Op: SplArithmetic.Add or SplArithmetic.Subtract } => Strength.Sum,
        SplExpression.Arithmetic => Strength.Product,
        SplExpression.Negate => Strength.Sign,
        _ => Strength.Operand,
    };

    static void Write(StringBuilder text, SplExpression node, Strength floor)
    {
        if (StrengthOf(node) >= floor)
        {
            WriteBare(text, node);
            return;
        }

        text.Append('(');
        WriteBare(text, node);
        text.Append(')');
    }

    static void WriteBare(StringBuilder text, SplExpression node)
    {
        switch (node)
        {
            case SplExpression.Xor xor:
                WriteSides(text, xor.Left, Strength.Xor, " XOR ", xor.Right, Strength.Or);
                break;
            case SplExpression.Or or:
                WriteTerms(text, or.Terms, " OR ", Strength.And);
                break;
            case SplExpression.And and:
                WriteTerms(text, and.Terms, " AND ", Strength.Not);
                break;
            case SplExpression.Not not:
                Write(text.Append("NOT "), not.Operand, Strength.Not);
                break;
            case SplExpression.Compare compare:
                WriteSides(text, compare.Left, Strength.Comparison, SignOf(compare.Op), compare.Right, Strength.Joined);
                break;
            case SplExpression.Like like:
                WriteSides(text, like.Left, Strength.Comparison, like.IsNegated ? " NOT LIKE " : " LIKE ", like.Pattern, Strength.Joined);
                break;
            case SplExpression.In list:
                Write(text, list.Operand, Strength.Comparison);
                WriteTerms(text.Append(list.IsNegated ? " NOT IN (" : " IN ("), list.Items, ", ", Strength.Xor);
                text.Append(')');
                break;
            case SplExpression.Concat concat:
                WriteTerms(text, concat.Parts, " . ", Strength.Sum);
                break;
            case SplExpression.Arithmetic sum:
                var own = StrengthOf(sum);
                WriteSides(text, sum.Left, own, SignOf(sum.Op), sum.Right, own + 1);
                break;
            case SplExpression.Negate negate:
                Write(text.Append('-'), negate.Operand, Strength.Sign);
                break;
            case SplExpression.Call call:
                WriteTerms(text.Append(call.Function).Append('('), call.Arguments, ", ", Strength.Xor);
                text.Append(')');
                break;
            default:
                WriteOperand(text, node);
                break;
        }
    }

    static void WriteOperand(StringBuilder text, SplExpression node)
    {
        switch (node)
        {
            case SplExpression.Field field:
                var plain = SplLexer.IsWord(field.Name, SplMode.Eval) && !IsReserved(field.Name);
                text.Append(plain ? "" : "'").Append(field.Name).Append(plain ? "" : "'");
                break;
            case SplExpression.String value:
                text.Append('"').Append(Escaped(value.Value)).Append('"');
                break;
            case SplExpression.Number number:
                text.Append(number.Text);
                break;
            case SplExpression.Macro macro:
                text.Append(macro.Text);
                break;
            case SplExpression.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static bool IsReserved(string name) => name.ToUpperInvariant() is "AND" or "OR" or "XOR" or "NOT" or "IN" or "LIKE";

    static void WriteSides(StringBuilder text, SplExpression left, Strength leftFloor, string sign, SplExpression right, Strength rightFloor)
    {
        Write(text, left, leftFloor);
        Write(text.Append(sign), right, rightFloor);
    }

    static void WriteTerms(StringBuilder text, EquatableArray<SplExpression> terms, string joint, Strength floor)
    {
        for (var i = 0; i < terms.Count; i++)
            Write(i == 0 ? text : text.Append(joint), terms[i], floor);
    }

    static string SignOf(SplArithmetic op) => op switch
    {
        SplArithmetic.Add => "+",
        SplArithmetic.Subtract => "-",
        SplArithmetic.Multiply => "*",
        SplArithmetic.Divide => "/",
        SplArithmetic.Modulo => "%",
        _ => throw new UnreachableException(op.ToString()),
    };
}
