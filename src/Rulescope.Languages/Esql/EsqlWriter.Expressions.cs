using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlWriter
{
    enum Precedence
    {
        Or,
        And,
        Not,
        Predicate,
        Sum,
        Product,
        Sign,
        Primary,
    }

    static void WriteExpression(StringBuilder text, EsqlExpression expression, Precedence floor)
    {
        var own = PrecedenceOf(expression);
        if (own < floor)
            text.Append('(');
        WriteBare(text, expression, own);
        if (own < floor)
            text.Append(')');
    }

    static Precedence PrecedenceOf(EsqlExpression expression) => expression switch
    {
        EsqlExpression.Or => Precedence.Or,
        EsqlExpression.And => Precedence.And,
        EsqlExpression.Not => Precedence.Not,
        EsqlExpression.Compare or EsqlExpression.Like or EsqlExpression.In or EsqlExpression.InSubquery or EsqlExpression.IsNull or EsqlExpression.Match => Precedence.Predicate,
        EsqlExpression.Arithmetic { Steps: var steps } => steps.IsEmpty || IsSum(steps[0].Op) ? Precedence.Sum : Precedence.Product,
        EsqlExpression.Negate => Precedence.Sign,
        _ => Precedence.Primary,
    };

    static bool IsSum(EsqlArithmetic op) => op is EsqlArithmetic.Add or EsqlArithmetic.Subtract;

    static void WriteBare(StringBuilder text, EsqlExpression expression, Precedence own)
    {
        _ = expression switch
        {
            EsqlExpression.Or or => Joined(text, or.Terms, " OR ", Precedence.And),
            EsqlExpression.And and => Joined(text, and.Terms, " AND ", Precedence.Not),
            EsqlExpression.Not not => Prefixed(text.Append("NOT "), not.Operand, Precedence.Not),
            EsqlExpression.Compare compare => WriteCompare(text, compare),
            EsqlExpression.Like like => WriteLike(text, like),
            EsqlExpression.In { } membership => List(Prefixed(text, membership.Operand, Precedence.Sum).Append(membership.IsNegated ? " NOT IN (" : " IN ("), membership.Items, Expression).Append(')'),
            EsqlExpression.InSubquery { } membership => WritePipeline(Prefixed(text, membership.Operand, Precedence.Sum).Append(membership.IsNegated ? " NOT IN " : " IN "), membership.Pipeline),
            EsqlExpression.IsNull test => Prefixed(text, test.Operand, Precedence.Sum).Append(test.IsNegated ? " IS NOT NULL" : " IS NULL"),
            EsqlExpression.Match match => Prefixed(Prefixed(text, match.Subject, Precedence.Primary).Append(':'), match.Query, Precedence.Primary),
            EsqlExpression.Arithmetic chain => WriteChain(text, chain, own),
            EsqlExpression.Negate negate => WriteNegate(text, negate),
            EsqlExpression.Cast cast => WriteCast(text, cast),
            EsqlExpression.Call call => List(text.Append(WriteFunction(call.Function)).Append('('), call.Arguments, Expression).Append(')'),
            EsqlExpression.Array array => List(text.Append('['), array.Items, Expression).Append(']'),
            EsqlExpression.Map map => List(text.Append('{'), map.Entries, (t, e) => Expression(WriteString(t, e.Key).Append(": "), e.Value)).Append('}'),
            _ => WriteLeaf(text, expression),
        };
    }

    static StringBuilder WriteLeaf(StringBuilder text, EsqlExpression expression) => expression switch
    {
        EsqlExpression.Null => text.Append("NULL"),
        EsqlExpression.Boolean boolean => text.Append(boolean.Value ? "true" : "false"),
        EsqlExpression.Integer integer => text.Append(CultureInfo.InvariantCulture, $"{integer.Value}"),
        EsqlExpression.UnsignedLong number => text.Append(CultureInfo.InvariantCulture, $"{number.Value}"),
        EsqlExpression.Decimal number => text.Append(Real(number.Value)),
        EsqlExpression.String literal => WriteString(text, literal.Value),
        EsqlExpression.TimeSpan span => text.Append(CultureInfo.InvariantCulture, $"{span.Count} {span.Unit.ToString().ToLowerInvariant()}{(span.Count is 1 or -1 ? "" : "s")}"),
        EsqlExpression.Parameter parameter => text.Append(parameter.IsIdentifier ? "??" : "?").Append(parameter.Name),
        EsqlExpression.Field field => text.Append(field.Name.ToAtom()),
        EsqlExpression.Star => text.Append('*'),
        EsqlExpression.Unsupported unread => text.Append(unread.SourceText),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    static StringBuilder Joined(StringBuilder text, EquatableArray<EsqlExpression> terms, string connective, Precedence floor)
    {
        for (var i = 0; i < terms.Count; i++)
            WriteExpression(i > 0 ? text.Append(connective) : text, terms[i], floor);
        return text;
    }

    static StringBuilder Prefixed(StringBuilder text, EsqlExpression operand, Precedence floor)
    {
        WriteExpression(text, operand, floor);
        return text;
    }

    static StringBuilder WriteCompare(StringBuilder text, EsqlExpression.Compare compare)
    {
        var op = compare.Op switch
        {
            EsqlComparison.Equal => " == ",
            EsqlComparison.NotEqual => " != ",
            EsqlComparison.Less => " < ",
            EsqlComparison.LessOrEqual => " <= ",
            EsqlComparison.Greater => " > ",
            EsqlComparison.GreaterOrEqual => " >= ",
            _ => throw new UnreachableException(compare.Op.ToString()),
        };
        return Prefixed(Prefixed(text, compare.Left, Precedence.Sum).Append(op), compare.Right, Precedence.Sum);
    }

    static StringBuilder WriteLike(StringBuilder text, EsqlExpression.Like like)
    {
        Prefixed(text, like.Operand, Precedence.Sum);
        text.Append(like.IsNegated ? " NOT " : " ").Append(like.Kind == EsqlLikeKind.Like ? "LIKE " : "RLIKE ").Append(like.IsList ? "(" : "");
        return List(text, like.Patterns, Expression).Append(like.IsList ? ")" : "");
    }

    // A chain of one precedence inside another of the same stands in parentheses, at either side.
    static StringBuilder WriteChain(StringBuilder text, EsqlExpression.Arithmetic chain, Precedence own)
    {
        WriteExpression(text, chain.First, own + 1);
        foreach (var step in chain.Steps)
        {
            text.Append(step.Op switch
            {
                EsqlArithmetic.Add => " + ",
                EsqlArithmetic.Subtract => " - ",
                EsqlArithmetic.Multiply => " * ",
                EsqlArithmetic.Divide => " / ",
                EsqlArithmetic.Modulo => " % ",
                _ => throw new UnreachableException(step.Op.ToString()),
            });
            WriteExpression(text, step.Operand, own + 1);
        }

        return text;
    }

    // -(1::long) is not -1::long, and -(-x) must not begin with two signs that read as one number's.
    static StringBuilder WriteNegate(StringBuilder text, EsqlExpression.Negate negate)
    {
        var operand = Write(negate.Operand);
        var isSafe = PrecedenceOf(negate.Operand) >= Precedence.Sign && operand is not [>= '0' and <= '9' or '.' or '-', ..];
        return isSafe ? text.Append('-').Append(operand) : text.Append("-(").Append(operand).Append(')');
    }

    static StringBuilder WriteCast(StringBuilder text, EsqlExpression.Cast cast) =>
        Prefixed(text, cast.Operand, Precedence.Primary).Append("::").Append(WriteName(cast.Type));

    static string WriteFunction(string function) =>
        function.Length > 0 && (function[0] == '?' || !EsqlLexer.IsWord(function) || EsqlWords.IsReserved(function))
            ? function[0] == '?' ? function : WriteName(function)
            : Word(function);

    static string Real(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    // Raw quotes where escapes would hide a regular expression or a path, and only where they can hold the text.
    static StringBuilder WriteString(StringBuilder text, string value)
    {
        var isRaw = value.AsSpan().IndexOfAny('\\', '"') >= 0 && value.AsSpan().IndexOfAny('\r', '\n') < 0
            && !value.Contains("\"\"\"", StringComparison.Ordinal) && value[^1] != '"' && value[0] != '"';
        if (isRaw)
            return text.Append("\"\"\"").Append(value).Append("\"\"\"");
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }

        return text.Append('"');
    }
}
