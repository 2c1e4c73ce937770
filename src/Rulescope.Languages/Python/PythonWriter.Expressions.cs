using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonWriter
{
    /// <summary>How strongly an expression binds, and how strong one must be to stand in a place without parentheses.</summary>
    enum Level
    {
        Walrus,

        /// <summary>A <c>yield</c>, which stands free only as a statement or right of <c>=</c>.</summary>
        Yield,
        Lambda,
        Conditional,
        Or,
        And,
        Not,
        Compare,
        BitOr,
        BitXor,
        BitAnd,
        Shift,
        Sum,
        Product,
        Sign,
        Power,
        Await,
        Primary,
    }

    string Of(PythonExpression expression, Level place) =>
        LevelOf(expression) < place ? $"({Bare(expression)})" : Bare(expression);

    static Level LevelOf(PythonExpression expression) => expression switch
    {
        PythonExpression.Yield or PythonExpression.YieldFrom => Level.Yield,
        PythonExpression.Walrus => Level.Walrus,
        PythonExpression.Lambda => Level.Lambda,
        PythonExpression.Conditional => Level.Conditional,
        PythonExpression.Or => Level.Or,
        PythonExpression.And => Level.And,
        PythonExpression.Not => Level.Not,
        PythonExpression.Compare => Level.Compare,
        PythonExpression.Binary e => LevelOf(e.Operator),
        PythonExpression.Unary => Level.Sign,
        PythonExpression.Await => Level.Await,
        _ => Level.Primary,
    };

    static Level LevelOf(PythonBinaryOperator op) => op switch
    {
        PythonBinaryOperator.BitOr => Level.BitOr,
        PythonBinaryOperator.BitXor => Level.BitXor,
        PythonBinaryOperator.BitAnd => Level.BitAnd,
        PythonBinaryOperator.LeftShift or PythonBinaryOperator.RightShift => Level.Shift,
        PythonBinaryOperator.Add or PythonBinaryOperator.Subtract => Level.Sum,
        PythonBinaryOperator.Power => Level.Power,
        _ => Level.Product,
    };

    string Bare(PythonExpression expression) => expression switch
    {
        PythonExpression.Name e => e.Id,
        PythonExpression.None => "None",
        PythonExpression.Boolean e => e.Value ? "True" : "False",
        PythonExpression.Ellipsis => "...",
        PythonExpression.Integer e => Number(e.Value),
        PythonExpression.Float e => Real(e.Value),
        PythonExpression.Imaginary e => Real(e.Value) + "j",
        PythonExpression.Text e => Text(e.Value, ""),
        PythonExpression.Bytes e => Text(e.Value, "b"),
        PythonExpression.Formatted e => Formatted(e.Parts),
        PythonExpression.Tuple e => e.Items.Count == 1 ? $"({List(e.Items)},)" : $"({List(e.Items)})",
        PythonExpression.List e => $"[{List(e.Items)}]",
        PythonExpression.Set e => $"{{{List(e.Items)}}}",
        PythonExpression.Dict e => $"{{{string.Join(", ", e.Items.Select(i => i.Key is { } key ? $"{Of(key, Level.Lambda)}: {Of(i.Value, Level.Lambda)}" : "**" + Of(i.Value, Level.BitOr)))}}}",
        PythonExpression.ListComprehension e => $"[{Comprehension(e.Element, e.Clauses)}]",
        PythonExpression.SetComprehension e => $"{{{Comprehension(e.Element, e.Clauses)}}}",
        PythonExpression.DictComprehension e => $"{{{Of(e.Key, Level.Lambda)}: {Comprehension(e.Value, e.Clauses)}}}",
        PythonExpression.Generator e => $"({Comprehension(e.Element, e.Clauses)})",
        // A point behind digits would be read as theirs.
        PythonExpression.Attribute { Target: PythonExpression.Integer or PythonExpression.Float } e => $"({Bare(e.Target)}).{e.Member}",
        PythonExpression.Attribute e => $"{Of(e.Target, Level.Primary)}.{e.Member}",
        PythonExpression.Subscript e => $"{Of(e.Target, Level.Primary)}[{Index(e.Index)}]",
        PythonExpression.Slice e => $"{Part(e.Lower)}:{Part(e.Upper)}{(e.Step is null ? "" : ":" + Part(e.Step))}",
        PythonExpression.Call e => $"{Of(e.Function, Level.Primary)}({Arguments(e.Arguments, isCall: true)})",
        PythonExpression.Unary e => Operator(e.Operator) + Of(e.Operand, Level.Sign),
        PythonExpression.Binary { Operator: PythonBinaryOperator.Power } e => $"{Of(e.Left, Level.Await)} ** {Of(e.Right, Level.Sign)}",
        PythonExpression.Binary e => $"{Of(e.Left, LevelOf(e))} {Operator(e.Operator)} {Of(e.Right, LevelOf(e) + 1)}",
        PythonExpression.And e => string.Join(" and ", e.Terms.Select(t => Of(t, Level.Not))),
        PythonExpression.Or e => string.Join(" or ", e.Terms.Select(t => Of(t, Level.And))),
        PythonExpression.Not e => "not " + Of(e.Operand, Level.Not),
        PythonExpression.Compare e => Of(e.Left, Level.BitOr) + string.Concat(e.Links.Select(l => $" {Operator(l.Operator)} {Of(l.Right, Level.BitOr)}")),
        PythonExpression.Conditional e => $"{Of(e.Body, Level.Or)} if {Of(e.Test, Level.Or)} else {Of(e.OrElse, Level.Lambda)}",
        PythonExpression.Lambda e => $"lambda{(e.Parameters.IsEmpty ? "" : " " + Parameters(e.Parameters))}: {Of(e.Body, Level.Lambda)}",
        PythonExpression.Walrus e => $"{e.Target} := {Of(e.Value, Level.Lambda)}",
        PythonExpression.Starred e => "*" + Of(e.Value, Level.BitOr),
        PythonExpression.Await e => "await " + Of(e.Value, Level.Primary),
        PythonExpression.Yield e => "yield" + Behind(e.Value),
        PythonExpression.YieldFrom e => "yield from " + Of(e.Value, Level.Lambda),
        PythonExpression.Unsupported e => e.SourceText,
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    string List(EquatableArray<PythonExpression> items) => string.Join(", ", items.Select(i => Of(i, Level.Lambda)));

    string Part(PythonExpression? part) => part is null ? "" : Of(part, Level.Lambda);

    // Slices stand in brackets only, so a tuple of them has no parentheses.
    string Index(PythonExpression index) => index switch
    {
        PythonExpression.Tuple { Items: [var only] } => Of(only, Level.Lambda) + ",",
        PythonExpression.Tuple { Items.IsEmpty: false } tuple => List(tuple.Items),
        _ => Of(index, Level.Lambda),
    };

    string Comprehension(PythonExpression element, EquatableArray<PythonComprehension> clauses) =>
        Of(element, Level.Lambda) + string.Concat(clauses.Select(c =>
            $" {Async(c.IsAsync)}for {Of(c.Target, Level.Lambda)} in {Of(c.Iterable, Level.Or)}{string.Concat(c.Conditions.Select(i => " if " + Of(i, Level.Or)))}"));

    // A generator as the only argument takes the parentheses of a call, but not those of a class.
    string Arguments(EquatableArray<PythonArgument> arguments, bool isCall) =>
        isCall && arguments is [PythonArgument.Positional { Value: PythonExpression.Generator only }]
            ? Comprehension(only.Element, only.Clauses)
            : string.Join(", ", arguments.Select(a => a switch
            {
                PythonArgument.Positional p => Of(p.Value, Level.Lambda),
                PythonArgument.Keyword k => $"{k.Name}={Of(k.Value, Level.Lambda)}",
                PythonArgument.DoubleStar d => "**" + Of(d.Value, Level.BitOr),
                _ => throw new UnreachableException(a.GetType().Name),
            }));

    string Parameters(EquatableArray<PythonParameter> parameters)
    {
        List<string> written = [];
        var last = PythonParameterKind.Positional;
        foreach (var parameter in parameters)
        {
            if (last == PythonParameterKind.PositionalOnly && parameter.Kind != PythonParameterKind.PositionalOnly)
                written.Add("/");
            if (parameter.Kind == PythonParameterKind.KeywordOnly && last is not (PythonParameterKind.Star or PythonParameterKind.KeywordOnly))
                written.Add("*");
            written.Add(Parameter(parameter));
            last = parameter.Kind;
        }

        if (last == PythonParameterKind.PositionalOnly)
            written.Add("/");
        return string.Join(", ", written);
    }

    string Parameter(PythonParameter parameter)
    {
        var stars = parameter.Kind switch
        {
            PythonParameterKind.Star => "*",
            PythonParameterKind.DoubleStar => "**",
            _ => "",
        };
        var annotation = parameter.Annotation is { } annotated ? ": " + Of(annotated, Level.Lambda) : "";
        var value = parameter.Default is { } given ? (annotation.Length > 0 ? " = " : "=") + Of(given, Level.Lambda) : "";
        return stars + parameter.Name + annotation + value;
    }

    // Beyond the limit of digits only hexadecimal numbers are read.
    static string Number(BigInteger value) =>
        BigInteger.Abs(value).GetBitLength() > 14_000
            ? "0x" + value.ToString("x", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);

    static string Real(double value)
    {
        if (double.IsInfinity(value))
            return "1e400";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0";
    }
}
