using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;

namespace Rulescope.Languages.Panther;

public sealed partial class PantherWriter
{
    // A function of the value that answers True, False or that its type is wrong; null where there is no exact form.
    static string? Check(Match match, Expression operand, Semantics semantics)
    {
        if (operand is not Expression.Constant { Value: var literal } || semantics.Multi is MultiValue.SingleOrUnknown or MultiValue.Joined)
            return null;
        if (semantics.Coerce is not (Coercion.None or Coercion.BooleanAsNumber))
            return null;
        var booleans = semantics.Coerce is Coercion.BooleanAsNumber ? ", booleans=True" : "";
        var fold = Fold(semantics.Fold);
        return match switch
        {
            Match.Exact when fold is not null && Constant(literal) is { } constant => $"equals({constant}{booleans}{(fold.Length > 0 ? ", fold=" + fold : "")})",
            Match.Order { Kind: OrderKind.Numeric or OrderKind.ByType } order when literal is Literal.Integer or Literal.Real && Constant(literal) is { } constant =>
                $"ordered(lambda value: value {Sign(order.Relation)} {constant}{(order.Kind == OrderKind.ByType ? ", booleans=True" : booleans)})",
            // Keys of an object fold in other ways here and there beyond ASCII.
            Match.Member when semantics.Fold is Folding.Ordinal && literal.Display.All(char.IsAscii) && Constant(literal) is { } constant => $"member({constant}{booleans})",
            _ => literal is Literal.String { Value: var text } ? TextCheck(match, text, semantics.Fold, fold) : null,
        };
    }

    static string? TextCheck(Match match, string text, Folding folding, string? fold)
    {
        var value = string.IsNullOrEmpty(fold) ? "value" : $"{fold}(value)";
        var operand = string.IsNullOrEmpty(fold) ? Text(text) : $"{fold}({Text(text)})";
        return match switch
        {
            Match.Prefix when fold is not null => $"text(lambda value: {value}.startswith({operand}))",
            Match.Suffix when fold is not null => $"text(lambda value: {value}.endswith({operand}))",
            Match.Contains when fold is not null => $"text(lambda value: {operand} in {value})",
            Match.Glob { Syntax: GlobSyntax.FnMatch } when folding is Folding.Ordinal => $"text(lambda value: fnmatchcase(value, {Text(text)}))",
            Match.Regex { Dialect: RegexDialect.Python } regex when folding is Folding.Ordinal && Search(regex.Anchor) is { } search =>
                $"text(lambda value: re.{search}({Text(text)}, value{Flags(regex.Flags)}) is not None)",
            _ => null,
        };
    }

    static string? Search(RegexAnchor anchor) => anchor switch
    {
        RegexAnchor.None => "search",
        RegexAnchor.Start => "match",
        RegexAnchor.Whole => "fullmatch",
        _ => null,
    };

    static string Flags(string flags) =>
        flags.Length == 0 ? "" : ", " + string.Join(" | ", flags.Select(f => $"re.{char.ToUpperInvariant(f)}"));

    static string Sign(OrderRelation relation) => relation switch
    {
        OrderRelation.Less => "<",
        OrderRelation.LessOrEqual => "<=",
        OrderRelation.Greater => ">",
        _ => ">=",
    };

    // Empty where nothing is folded, null where Python folds otherwise.
    static string? Fold(Folding folding) => folding switch
    {
        Folding.Ordinal => "",
        Folding.PythonLower => "str.lower",
        _ => null,
    };

    static string? Constant(Literal literal) => literal switch
    {
        Literal.String text => Text(text.Value),
        Literal.Boolean flag => flag.Value ? "True" : "False",
        Literal.Integer number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Literal.Real number when double.IsFinite(number.Value) => PythonWriter.Write(new PythonExpression.Float(number.Value)),
        _ => null,
    };
}
