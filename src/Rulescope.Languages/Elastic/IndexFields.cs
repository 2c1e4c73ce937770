using System.Globalization;
using System.Net;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Elastic;

/// <summary>Fields of an Elastic index as its query languages see them. No mapping is at hand: names tell what ECS maps them to, all others are keywords.</summary>
static class IndexFields
{
    /// <summary>Whose names the fields have.</summary>
    public const string Vocabulary = "ecs";

    const string Analyzer = "standard";

    /// <summary>A test on a keyword: exact, false where there is no value, true when one of several fits; the mapping decides how a literal compares.</summary>
    public static Semantics Keyword { get; } = new() { Coerce = new Coercion.ByMapping("keyword") };

    /// <summary>A test on analysed text.</summary>
    public static Semantics Text { get; } = Keyword with { Fold = new Folding.Analyzer(Analyzer) };

    /// <summary>One of the words stands in the text.</summary>
    public static Match AnyToken { get; } = new Match.AnyToken(Analyzer);

    /// <summary>The words stand in the text side by side.</summary>
    public static Match Phrase { get; } = new Match.Phrase(Analyzer);

    /// <summary>A field by its dotted name, which documents have flat or nested.</summary>
    public static Expression.Ref Ref(string name, SourceSpan span) =>
        new(new Reference.Field(FieldPath.OfDotted(name)) { Lookup = KeyLookup.DottedFirst, Vocabulary = Vocabulary, Span = span }) { Span = span };

    /// <summary>All fields whose name fits; every field for <c>*</c> alone.</summary>
    public static Expression.Ref RefPattern(string glob, SourceSpan span) =>
        glob == "*" ? AnyField(span) : new(new Reference.FieldPattern(glob) { Span = span }) { Span = span };

    /// <summary>Any field at all.</summary>
    public static Expression.Ref AnyField(SourceSpan span) => new(new Reference.AnyField { Span = span }) { Span = span };

    /// <summary>The field has a value: any but null and the empty list, an object too.</summary>
    public static Predicate Exists(Expression field, GlobSyntax syntax, SourceSpan value, SourceSpan span) =>
        new Predicate.Test(field, new Match.Glob(syntax), [Expression.Text("*") with { Span = value }], Keyword with { OnWrongType = Truth.True }) { Span = span };

    /// <summary>Fields that ECS analyses, and the multi-fields beside keywords that it calls <c>text</c>.</summary>
    public static bool IsText(string name) => name is "message" or "error.message" || name.EndsWith(".text", StringComparison.Ordinal);

    /// <summary>Fields that ECS maps as addresses: a value with a prefix length is a network.</summary>
    public static bool IsAddress(string name) => name[(name.LastIndexOf('.') + 1)..] is "ip" or "resolved_ip" or "forwarded_ip";

    /// <summary>A network such as <c>10.0.0.0/8</c> or <c>fe80::/10</c>.</summary>
    public static bool IsNetwork(string value) =>
        value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        && value.AsSpan(0, slash).IndexOfAny('.', ':') >= 0
        && IPAddress.TryParse(value.AsSpan(0, slash), out _)
        && byte.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>A value without quotes: a number where its text is not changed by that, else a text.</summary>
    public static Expression.Constant Plain(string value, SourceSpan span)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Same(new Literal.Integer(whole)) is { } integer)
            return integer;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) && Same(new Literal.Real(real)) is { } number)
            return number;
        return Expression.Text(value) with { Span = span };

        Expression.Constant? Same(Literal literal) =>
            string.Equals(literal.Display, value, StringComparison.Ordinal) ? new(literal) { Span = span } : null;
    }

    /// <summary>The bound of a range, and the order it asks for: numbers, dates, date math such as <c>now-7d</c>, or what the mapping says.</summary>
    public static (Expression Bound, OrderKind Kind) Bound(string value, SourceSpan span, Dialect dialect)
    {
        var plain = Plain(value, span);
        if (plain.Value is not Literal.String)
            return (plain, OrderKind.Numeric);
        if (value.StartsWith("now", StringComparison.Ordinal) || value.Contains("||", StringComparison.Ordinal))
            return (new Expression.Call("datemath", [plain], dialect) { Span = span }, OrderKind.Instant);
        if (value is [_, _, _, _, '-', ..] && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return (new Expression.Constant(new Literal.Instant(time.UtcTicks)) { Span = span }, OrderKind.Instant);
        return (plain, OrderKind.Auto);
    }
}
