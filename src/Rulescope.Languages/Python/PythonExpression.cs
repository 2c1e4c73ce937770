using System.Numerics;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public enum PythonUnaryOperator
{
    /// <summary><c>+</c>.</summary>
    Plus,

    /// <summary><c>-</c>.</summary>
    Minus,

    /// <summary><c>~</c>.</summary>
    Invert,
}

public enum PythonBinaryOperator
{
    Add,
    Subtract,
    Multiply,

    /// <summary><c>@</c>.</summary>
    MatrixMultiply,
    Divide,

    /// <summary><c>//</c>.</summary>
    FloorDivide,
    Modulo,

    /// <summary><c>**</c>.</summary>
    Power,
    LeftShift,
    RightShift,
    BitOr,
    BitXor,
    BitAnd,
}

public enum PythonComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Is,
    IsNot,
    In,
    NotIn,
}

/// <summary>A Python expression; parentheses are implied by the shape.</summary>
/// <remarks>
/// Closed: the private constructor keeps every case here. Runs of <c>and</c>, <c>or</c> and comparisons are one node as in Python's
/// own tree; other operators nest to the left, to a bounded depth.
/// </remarks>
public abstract record PythonExpression : PythonNode
{
    PythonExpression() { }

    public sealed record Name(string Id) : PythonExpression;

    public sealed record None : PythonExpression;

    public sealed record Boolean(bool Value) : PythonExpression;

    /// <summary><c>...</c>.</summary>
    public sealed record Ellipsis : PythonExpression;

    public sealed record Integer(BigInteger Value) : PythonExpression;

    public sealed record Float(double Value) : PythonExpression;

    /// <summary><c>2.5j</c>: the imaginary part of a complex number.</summary>
    public sealed record Imaginary(double Value) : PythonExpression;

    /// <summary>A string with its escapes resolved, in UTF-16; adjacent literals are one.</summary>
    public sealed record Text(string Value) : PythonExpression;

    /// <summary>A bytes literal; every character is one byte, U+0000 to U+00FF.</summary>
    public sealed record Bytes(string Value) : PythonExpression;

    /// <summary>An f-string, or adjacent literals one of which is an f-string.</summary>
    public sealed record Formatted(EquatableArray<PythonFormatPart> Parts) : PythonExpression;

    public sealed record Tuple(EquatableArray<PythonExpression> Items) : PythonExpression;

    public sealed record List(EquatableArray<PythonExpression> Items) : PythonExpression;

    /// <summary><c>{a, b}</c>; never empty.</summary>
    public sealed record Set(EquatableArray<PythonExpression> Items) : PythonExpression;

    public sealed record Dict(EquatableArray<PythonDictItem> Items) : PythonExpression;

    public sealed record ListComprehension(PythonExpression Element, EquatableArray<PythonComprehension> Clauses) : PythonExpression;

    public sealed record SetComprehension(PythonExpression Element, EquatableArray<PythonComprehension> Clauses) : PythonExpression;

    public sealed record DictComprehension(PythonExpression Key, PythonExpression Value, EquatableArray<PythonComprehension> Clauses) : PythonExpression;

    /// <summary><c>(x for x in y)</c>, also as the only argument of a call.</summary>
    public sealed record Generator(PythonExpression Element, EquatableArray<PythonComprehension> Clauses) : PythonExpression;

    /// <summary><c>target.member</c>.</summary>
#pragma warning disable CA1711 // the grammar's own word
    public sealed record Attribute(PythonExpression Target, string Member) : PythonExpression;
#pragma warning restore CA1711

    /// <summary><c>target[index]</c>; several indexes are a <see cref="Tuple"/>.</summary>
    public sealed record Subscript(PythonExpression Target, PythonExpression Index) : PythonExpression;

    /// <summary><c>lower:upper:step</c>, as or inside the index of a <see cref="Subscript"/>.</summary>
    public sealed record Slice(PythonExpression? Lower, PythonExpression? Upper, PythonExpression? Step) : PythonExpression;

    /// <summary>A call; its arguments in the order they were written.</summary>
    public sealed record Call(PythonExpression Function, EquatableArray<PythonArgument> Arguments) : PythonExpression;

    public sealed record Unary(PythonUnaryOperator Operator, PythonExpression Operand) : PythonExpression;

    public sealed record Binary(PythonExpression Left, PythonBinaryOperator Operator, PythonExpression Right) : PythonExpression;

    /// <summary><c>a and b and c</c>: two terms or more; terms in parentheses are nodes of their own.</summary>
    public sealed record And(EquatableArray<PythonExpression> Terms) : PythonExpression;

    /// <summary><c>a or b or c</c>: two terms or more; terms in parentheses are nodes of their own.</summary>
    public sealed record Or(EquatableArray<PythonExpression> Terms) : PythonExpression;

    public sealed record Not(PythonExpression Operand) : PythonExpression;

    /// <summary><c>a &lt; b &lt;= c</c>: one link or more.</summary>
    public sealed record Compare(PythonExpression Left, EquatableArray<PythonComparison> Links) : PythonExpression;

    /// <summary><c>body if test else orelse</c>.</summary>
    public sealed record Conditional(PythonExpression Body, PythonExpression Test, PythonExpression OrElse) : PythonExpression;

    public sealed record Lambda(EquatableArray<PythonParameter> Parameters, PythonExpression Body) : PythonExpression;

    /// <summary><c>target := value</c>.</summary>
    public sealed record Walrus(string Target, PythonExpression Value) : PythonExpression;

    /// <summary><c>*value</c> among targets, items, indexes and arguments.</summary>
    public sealed record Starred(PythonExpression Value) : PythonExpression;

    public sealed record Await(PythonExpression Value) : PythonExpression;

    public sealed record Yield(PythonExpression? Value) : PythonExpression;

    public sealed record YieldFrom(PythonExpression Value) : PythonExpression;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : PythonExpression;
}
