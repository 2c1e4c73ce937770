using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public enum SplArithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>An expression as <c>eval</c> and <c>where</c> have it; parentheses are implied by the shape.</summary>
/// <remarks>Closed: the private constructor keeps every case here.</remarks>
public abstract record SplExpression : SplNode
{
    SplExpression() { }

    public sealed record Or(EquatableArray<SplExpression> Terms) : SplExpression;

    public sealed record Xor(SplExpression Left, SplExpression Right) : SplExpression;

    public sealed record And(EquatableArray<SplExpression> Terms) : SplExpression;

    public sealed record Not(SplExpression Operand) : SplExpression;

    public sealed record Compare(SplExpression Left, SplComparison Op, SplExpression Right) : SplExpression;

    /// <summary><c>x LIKE "a%"</c>.</summary>
    public sealed record Like(SplExpression Left, SplExpression Pattern) : SplExpression
    {
        public bool IsNegated { get; init; }
    }

    /// <summary><c>x IN (a, b)</c> and <c>x NOT IN (a, b)</c>.</summary>
    public sealed record In(SplExpression Operand, EquatableArray<SplExpression> Items) : SplExpression
    {
        public bool IsNegated { get; init; }
    }

    public sealed record Arithmetic(SplArithmetic Op, SplExpression Left, SplExpression Right) : SplExpression;

    /// <summary><c>a . b . c</c>: texts joined.</summary>
    public sealed record Concat(EquatableArray<SplExpression> Parts) : SplExpression;

    public sealed record Negate(SplExpression Operand) : SplExpression;

    /// <summary>A function by its name in small letters.</summary>
    public sealed record Call(string Function, EquatableArray<SplExpression> Arguments) : SplExpression;

    /// <summary>A field; in single quotes where its name has odd characters.</summary>
    public sealed record Field(string Name) : SplExpression;

    public sealed record String(string Value) : SplExpression;

    /// <summary>A number as written.</summary>
    public sealed record Number(string Text) : SplExpression;

    /// <summary>A call of a macro that is not known.</summary>
    public sealed record Macro(string Text) : SplExpression;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : SplExpression;
}
