using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public static partial class YaralWriter
{
    enum Level
    {
        Or,
        And,
        Not,
        Comparison,
        Sum,
        Product,
        Sign,
        Primary,
    }

    static Level LevelOf(YaralExpression node) => node switch
    {
        YaralExpression.Or => Level.Or,
        YaralExpression.And => Level.And,
        YaralExpression.Not => Level.Not,
        YaralExpression.Compare or YaralExpression.In or YaralExpression.NoCase => Level.Comparison,
        YaralExpression.Arithmetic { Op: YaralArithmetic.Add or YaralArithmetic.Subtract } => Level.Sum,
        YaralExpression.Arithmetic => Level.Product,
        YaralExpression.Negate => Level.Sign,
        _ => Level.Primary,
    };

    static string Write(YaralExpression node, Level floor)
    {
        var text = new StringBuilder();
        Write(text, node, floor);
        return text.ToString();
    }

    static void Write(StringBuilder text, YaralExpression node, Level floor)
    {
        var bare = LevelOf(node) >= floor;
        if (!bare)
            text.Append('(');
        WriteBare(text, node);
        if (!bare)
            text.Append(')');
    }

    static void WriteBare(StringBuilder text, YaralExpression node)
    {
        switch (node)
        {
            case YaralExpression.Or or:
                Join(text, or.Terms, " or ", Level.And);
                break;
            case YaralExpression.And and:
                Join(text, and.Terms, " and ", Level.Not);
                break;
            case YaralExpression.Not { Operand: YaralExpression.Variable or YaralExpression.Count } absent:
                Write(text.Append('!'), absent.Operand, Level.Primary);
                break;
            case YaralExpression.Not not:
                Write(text.Append("not "), not.Operand, Level.Not);
                break;
            case YaralExpression.Compare compare:
                Write(text, compare.Left, Level.Sum);
                Write(text.Append(' ').Append(SignOf(compare.Op)).Append(' '), compare.Right, Level.Sum);
                break;
            case YaralExpression.In member:
                Write(text, member.Value, Level.Sum);
                text.Append(member.Negated ? " not in " : " in ").Append(WordOf(member.Match));
                Write(text, member.Members, Level.Primary);
                break;
            case YaralExpression.NoCase folded:
                WriteBare(text, folded.Operand);
                text.Append(" nocase");
                break;
            case YaralExpression.Arithmetic arithmetic:
                var level = LevelOf(arithmetic);
                Write(text, arithmetic.Left, level);
                Write(text.Append(' ').Append(SignOf(arithmetic.Op)).Append(' '), arithmetic.Right, level + 1);
                break;
            case YaralExpression.Negate negate:
                Write(text.Append('-'), negate.Operand, Level.Sign);
                break;
            default:
                WritePrimary(text, node);
                break;
        }
    }

    static void WritePrimary(StringBuilder text, YaralExpression node)
    {
        switch (node)
        {
            case YaralExpression.Each each:
                Write(text.Append(each.Quantifier == YaralQuantifier.Any ? "any " : "all "), each.Operand, Level.Primary);
                break;
            case YaralExpression.SomeOf some:
                Join(text.Append(some.Quantity).Append(" of ["), some.Items, ", ", Level.Or);
                text.Append(']');
                break;
            case YaralExpression.Call call:
                Join(text.Append(call.Function).Append('('), call.Arguments, ", ", Level.Or);
                text.Append(')');
                break;
            case YaralExpression.Array array:
                Join(text.Append('['), array.Items, ", ", Level.Or);
                text.Append(']');
                break;
            case YaralExpression.Field field:
                WritePath(text, field);
                break;
            case YaralExpression.Variable variable:
                text.Append('$').Append(variable.Name);
                break;
            case YaralExpression.Count count:
                text.Append('#').Append(count.Name);
                break;
            case YaralExpression.List list:
                text.Append('%').Append(list.Name).Append(list.Column is null ? "" : ".").Append(list.Column);
                break;
            case YaralExpression.Text { Raw: true } raw:
                text.Append('`').Append(raw.Value).Append('`');
                break;
            case YaralExpression.Text plain:
                text.Append(YaralString.Quote(plain.Value));
                break;
            case YaralExpression.Regex regex:
                text.Append('/').Append(regex.Pattern).Append('/');
                break;
            case YaralExpression.Number number:
                text.Append(number.Digits);
                break;
            case YaralExpression.Boolean flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case YaralExpression.Duration length:
                text.Append(length.Written);
                break;
            case YaralExpression.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void WritePath(StringBuilder text, YaralExpression.Field field)
    {
        if (field.Event is { } variable)
            text.Append('$').Append(variable);
        for (var i = 0; i < field.Path.Count; i++)
        {
            _ = field.Path[i] switch
            {
                YaralStep.Name name => text.Append(i == 0 && field.Event is null ? "" : ".").Append(name.Text),
                YaralStep.Key key => text.Append('[').Append(YaralString.Quote(key.Text)).Append(']'),
                YaralStep.Index index => text.Append('[').Append(index.Digits).Append(']'),
                _ => throw new UnreachableException(field.Path[i].GetType().Name),
            };
        }
    }

    static void Join(StringBuilder text, EquatableArray<YaralExpression> items, string joint, Level floor)
    {
        for (var i = 0; i < items.Count; i++)
            Write(i == 0 ? text : text.Append(joint), items[i], floor);
    }

    static string SignOf(YaralComparison op) => op switch
    {
        YaralComparison.Equal => "=",
        YaralComparison.NotEqual => "!=",
        YaralComparison.Less => "<",
        YaralComparison.LessOrEqual => "<=",
        YaralComparison.Greater => ">",
        YaralComparison.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(op.ToString()),
    };

    static char SignOf(YaralArithmetic op) => op switch
    {
        YaralArithmetic.Add => '+',
        YaralArithmetic.Subtract => '-',
        YaralArithmetic.Multiply => '*',
        YaralArithmetic.Divide => '/',
        YaralArithmetic.Modulo => '%',
        _ => throw new UnreachableException(op.ToString()),
    };

    static string WordOf(YaralListMatch match) => match switch
    {
        YaralListMatch.Exact => "",
        YaralListMatch.Regex => "regex ",
        YaralListMatch.Cidr => "cidr ",
        _ => throw new UnreachableException(match.ToString()),
    };
}
