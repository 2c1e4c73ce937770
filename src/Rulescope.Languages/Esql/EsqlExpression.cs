using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>A value or condition; parentheses are resolved, runs of one connective are one node.</summary>
public abstract record EsqlExpression : EsqlNode
{
    EsqlExpression() { }

    public sealed record Null : EsqlExpression;

    public sealed record Boolean(bool Value) : EsqlExpression;

    /// <summary>An integer or long, its sign included.</summary>
    public sealed record Integer(long Value) : EsqlExpression;

    /// <summary>A whole number above the largest long.</summary>
    public sealed record UnsignedLong(ulong Value) : EsqlExpression;

    /// <summary>A double; also a whole number beyond 64 bits.</summary>
    public sealed record Decimal(double Value) : EsqlExpression;

    /// <summary>A string, its escapes resolved; <see cref="EsqlParser.Content"/> gives the place of each piece.</summary>
    public sealed record String(string Value) : EsqlExpression;

    /// <summary><c>1 day</c>.</summary>
    public sealed record TimeSpan(long Count, EsqlTimeUnit Unit) : EsqlExpression;

    /// <summary><c>?name</c>, <c>?1</c>, a bare <c>?</c> (empty name); <c>??name</c> stands for an identifier instead of a value.</summary>
    public sealed record Parameter(string Name) : EsqlExpression
    {
        /// <summary>Two question marks.</summary>
        public bool IsIdentifier { get; init; }
    }

    /// <summary><c>[1, 2]</c>: a multi-value of constants.</summary>
    public sealed record Array(EquatableArray<EsqlExpression> Items) : EsqlExpression;

    /// <summary><c>{"key": value}</c>: named arguments of a function or options of a command.</summary>
    public sealed record Map(EquatableArray<EsqlMapEntry> Entries) : EsqlExpression;

    /// <summary>A column.</summary>
    public sealed record Field(EsqlName Name) : EsqlExpression;

    /// <summary><c>*</c> as an argument: <c>COUNT(*)</c>.</summary>
    public sealed record Star : EsqlExpression;

    /// <summary>A function call, the function in lower case; the map of named arguments comes last.</summary>
    public sealed record Call(string Function, EquatableArray<EsqlExpression> Arguments) : EsqlExpression;

    /// <summary><c>value::type</c>, the type in lower case.</summary>
    public sealed record Cast(EsqlExpression Operand, string Type) : EsqlExpression;

    /// <summary><c>-value</c> where the value is no number literal.</summary>
    public sealed record Negate(EsqlExpression Operand) : EsqlExpression;

    /// <summary>A left-to-right run of operators of one precedence: <c>a - b + c</c>.</summary>
    public sealed record Arithmetic(EsqlExpression First, EquatableArray<EsqlStep> Steps) : EsqlExpression;

    public sealed record Compare(EsqlExpression Left, EsqlComparison Op, EsqlExpression Right) : EsqlExpression;

    /// <summary><c>value [NOT] LIKE pattern</c>; a list in parentheses, even of one, is another operator than the single form.</summary>
    public sealed record Like(EsqlExpression Operand, EsqlLikeKind Kind, EquatableArray<EsqlExpression> Patterns) : EsqlExpression
    {
        /// <summary>The patterns stand in parentheses.</summary>
        public bool IsList { get; init; }

        public bool IsNegated { get; init; }
    }

    /// <summary><c>value [NOT] IN (a, b)</c>.</summary>
    public sealed record In(EsqlExpression Operand, EquatableArray<EsqlExpression> Items) : EsqlExpression
    {
        public bool IsNegated { get; init; }
    }

    /// <summary><c>value [NOT] IN (FROM … | …)</c>.</summary>
    public sealed record InSubquery(EsqlExpression Operand, EsqlPipeline Pipeline) : EsqlExpression
    {
        public bool IsNegated { get; init; }
    }

    /// <summary><c>value IS [NOT] NULL</c>.</summary>
    public sealed record IsNull(EsqlExpression Operand) : EsqlExpression
    {
        public bool IsNegated { get; init; }
    }

    /// <summary><c>field:query</c>, the full-text match operator; the field may be cast.</summary>
    public sealed record Match(EsqlExpression Subject, EsqlExpression Query) : EsqlExpression;

    public sealed record Not(EsqlExpression Operand) : EsqlExpression;

    /// <summary>Two or more terms; a term in parentheses is not merged.</summary>
    public sealed record And(EquatableArray<EsqlExpression> Terms) : EsqlExpression;

    /// <summary>Two or more terms; a term in parentheses is not merged.</summary>
    public sealed record Or(EquatableArray<EsqlExpression> Terms) : EsqlExpression;

    /// <summary>A stretch that is not read, or nothing where an expression is missing; a finding says why.</summary>
    public sealed record Unsupported(string SourceText) : EsqlExpression;
}
