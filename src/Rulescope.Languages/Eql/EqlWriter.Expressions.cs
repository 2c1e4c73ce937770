using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public static partial class EqlWriter
{
    // How tightly a node holds together; an operand that holds less than its place asks for is put in parentheses.
    enum Level
    {
        Or,
        And,
        Not,
        Test,
        Sum,
        Product,
        Sign,
        Primary,
    }

    static Level LevelOf(EqlExpression node) => node switch
    {
        EqlExpression.Or => Level.Or,
        EqlExpression.And => Level.And,
        EqlExpression.Not { Operand: EqlExpression.In } => Level.Test,
        EqlExpression.Not => Level.Not,
        EqlExpression.Compare or EqlExpression.In or EqlExpression.Match or EqlExpression.Related => Level.Test,
        EqlExpression.Arithmetic arithmetic => IsSum(arithmetic) ? Level.Sum : Level.Product,
        EqlExpression.Negate or EqlExpression.Integer { Value: < 0 } => Level.Sign,
        EqlExpression.Decimal real => double.IsNegative(real.Value) ? Level.Sign : Level.Primary,
        EqlExpression.Text or EqlExpression.Integer or EqlExpression.Boolean or EqlExpression.Null or EqlExpression.Field
            or EqlExpression.Call or EqlExpression.Unsupported => Level.Primary,
        _ => throw new UnreachableException(node.GetType().Name),
    };

    static bool IsSum(EqlExpression.Arithmetic node) => node.Steps.Any(s => s.Op is EqlArithmetic.Add or EqlArithmetic.Subtract);

    static void Write(StringBuilder text, EqlExpression node, Level floor)
    {
        if (LevelOf(node) >= floor)
        {
            WriteBare(text, node);
            return;
        }

        text.Append('(');
        WriteBare(text, node);
        text.Append(')');
    }

    static void WriteBare(StringBuilder text, EqlExpression node)
    {
        switch (node)
        {
            case EqlExpression.Or or:
                WriteTerms(text, or.Terms, " or ", Level.And);
                break;
            case EqlExpression.And and:
                WriteTerms(text, and.Terms, " and ", Level.Not);
                break;
            case EqlExpression.Not { Operand: EqlExpression.In member }:
                WriteIn(text, member, negated: true);
                break;
            case EqlExpression.Not not:
                Write(text.Append("not "), not.Operand, Level.Not);
                break;
            case EqlExpression.Compare compare:
                // Tests as operands are legal but hard to read, and Elasticsearch takes them with parentheses only.
                Write(text, compare.Left, Level.Sum);
                Write(text.Append(' ').Append(SignOf(compare.Op)).Append(' '), compare.Right, Level.Sum);
                break;
            case EqlExpression.In member:
                WriteIn(text, member, negated: false);
                break;
            case EqlExpression.Match match:
                WriteMatch(text, match);
                break;
            case EqlExpression.Arithmetic arithmetic:
                WriteArithmetic(text, arithmetic);
                break;
            case EqlExpression.Negate negate:
                // A plain number right behind the minus would be read as one literal.
                var plain = negate.Operand is EqlExpression.Integer { Value: >= 0 } || (negate.Operand is EqlExpression.Decimal real && !double.IsNegative(real.Value));
                if (plain)
                    text.Append("-(").Append(Write(negate.Operand)).Append(')');
                else
                    Write(text.Append('-'), negate.Operand, Level.Sign);
                break;
            case EqlExpression.Related related:
                WriteEvent(text.Append(WordOf(related.Relation)).Append(" of ["), related.Filter);
                text.Append(']');
                break;
            default:
                WritePrimary(text, node);
                break;
        }
    }

    static void WritePrimary(StringBuilder text, EqlExpression node)
    {
        switch (node)
        {
            case EqlExpression.Text literal:
                text.Append(Quote(literal.Value));
                break;
            case EqlExpression.Integer literal:
                text.Append(literal.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case EqlExpression.Decimal literal:
                var digits = literal.Value.ToString("R", CultureInfo.InvariantCulture);
                text.Append(digits).Append(digits.AsSpan().IndexOfAny('.', 'E') < 0 ? ".0" : "");
                break;
            case EqlExpression.Boolean literal:
                text.Append(literal.Value ? "true" : "false");
                break;
            case EqlExpression.Null:
                text.Append("null");
                break;
            case EqlExpression.Field field:
                text.Append(field.Optional ? "?" : "").Append(field.Path);
                break;
            case EqlExpression.Call call:
                WriteList(text.Append(call.Name).Append(call.IgnoreCase ? "~" : "").Append('('), call.Arguments);
                text.Append(')');
                break;
            case EqlExpression.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void WriteTerms(StringBuilder text, EquatableArray<EqlExpression> terms, string joint, Level floor)
    {
        for (var i = 0; i < terms.Count; i++)
            Write(i == 0 ? text : text.Append(joint), terms[i], floor);
    }

    // `in`, `:` and their kin bind to a primary in Elasticsearch's grammar, so anything else goes into parentheses.
    static void WriteIn(StringBuilder text, EqlExpression.In member, bool negated)
    {
        Write(text, member.Subject, Level.Primary);
        WriteList(text.Append(negated ? " not in" : " in").Append(member.IgnoreCase ? "~ (" : " ("), member.Values);
        text.Append(')');
    }

    static void WriteMatch(StringBuilder text, EqlExpression.Match match)
    {
        Write(text, match.Subject, Level.Primary);
        text.Append(' ').Append(WordOf(match.Kind)).Append(' ');
        if (match.Patterns.Count == 1)
        {
            Write(text, match.Patterns[0], Level.Sign);
            return;
        }

        WriteList(text.Append('('), match.Patterns);
        text.Append(')');
    }

    static void WriteArithmetic(StringBuilder text, EqlExpression.Arithmetic node)
    {
        var floor = IsSum(node) ? Level.Product : Level.Sign;
        Write(text, node.First, floor);
        foreach (var step in node.Steps)
            Write(text.Append(' ').Append(SignOf(step.Op)).Append(' '), step.Operand, floor);
    }

    static string SignOf(EqlComparison op) => op switch
    {
        EqlComparison.Equal => "==",
        EqlComparison.NotEqual => "!=",
        EqlComparison.Less => "<",
        EqlComparison.LessOrEqual => "<=",
        EqlComparison.Greater => ">",
        EqlComparison.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(op.ToString()),
    };

    static char SignOf(EqlArithmetic op) => op switch
    {
        EqlArithmetic.Add => '+',
        EqlArithmetic.Subtract => '-',
        EqlArithmetic.Multiply => '*',
        EqlArithmetic.Divide => '/',
        EqlArithmetic.Modulo => '%',
        _ => throw new UnreachableException(op.ToString()),
    };

    static string WordOf(EqlMatchKind kind) => kind switch
    {
        EqlMatchKind.Colon => ":",
        EqlMatchKind.Like => "like",
        EqlMatchKind.LikeTilde => "like~",
        EqlMatchKind.Regex => "regex",
        EqlMatchKind.RegexTilde => "regex~",
        _ => throw new UnreachableException(kind.ToString()),
    };

    static string WordOf(EqlRelation relation) => relation switch
    {
        EqlRelation.Event => "event",
        EqlRelation.Child => "child",
        EqlRelation.Descendant => "descendant",
        _ => throw new UnreachableException(relation.ToString()),
    };

    static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x2}}}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
