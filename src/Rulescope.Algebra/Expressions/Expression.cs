using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Algebra.Expressions;

/// <summary>A language whose functions, arithmetic or truthiness a node follows.</summary>
public enum Dialect
{
    None,
    Sigma,
    Kuery,
    Lucene,
    Eql,
    Endgame,
    Esql,
    Spl,
    YaraL,
    Python,
    Kusto,
}

/// <summary>A value computed from one row. The subject of a test is one of these, so a computed value can be tested like a field.</summary>
public abstract record Expression
{
    Expression() { }

    /// <summary>Where it stands in the rule's text; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>What the rule has there, where the value was made from it (one dash of several): for people, never for meaning; null where they are the same.</summary>
    public string? Spelling { get; init; }

    /// <summary>Where it stands in a text that the rule draws on, such as a macro or a helper module; <see cref="Span"/> is then where the rule draws on it.</summary>
    public Excerpt? Drawn { get; init; }

    public virtual bool Equals(Expression? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    public sealed record Constant(Literal Value) : Expression;

    public sealed record Ref(Reference Target) : Expression;

    /// <summary>A function by its canonical name (lower case); the dialect says whose rules it follows on odd values.</summary>
    public sealed record Call(string Function, EquatableArray<Expression> Arguments, Dialect Dialect) : Expression;

    public sealed record If(Predicate Condition, Expression Then, Expression Else) : Expression;

    /// <summary>The value of the first arm whose condition is true.</summary>
    public sealed record Case(EquatableArray<Arm> Arms, Expression Else) : Expression;

    public sealed record Arm(Predicate Condition, Expression Value);

    /// <summary>The first operand that is neither missing nor null.</summary>
    public sealed record Coalesce(EquatableArray<Expression> Items) : Expression
    {
        /// <summary>A null counts as a value: only what is missing gives way (Python's <c>d.get(key, default)</c>).</summary>
        public bool KeepsNull { get; init; }
    }

    public sealed record Arithmetic(ArithmeticOperator Operator, Expression Left, Expression Right, Dialect Dialect) : Expression;

    public sealed record Lambda(EquatableArray<string> Parameters, Expression Body) : Expression;

    /// <summary>A condition as a value.</summary>
    public sealed record Boolean(Predicate Value) : Expression;

    public sealed record ListOf(EquatableArray<Expression> Items) : Expression;

    public sealed record ObjectOf(EquatableArray<Named> Members) : Expression;

    /// <summary>An aggregate over the rows of a group: <c>count</c>, <c>dcount</c>, <c>values</c> ...</summary>
    public sealed record Aggregate(string Function, EquatableArray<Expression> Arguments) : Expression
    {
        /// <summary>Only rows that meet this count.</summary>
        public Predicate? Filter { get; init; }

        public bool Distinct { get; init; }

        /// <summary>Rows whose argument is null count too (Kusto <c>count()</c>).</summary>
        public bool CountsNulls { get; init; }
    }

    /// <summary>A value over neighbouring rows of an ordered stream: <c>prev</c>, <c>row_number</c>, <c>sum</c> over a frame.</summary>
    public sealed record Window(string Function, EquatableArray<Expression> Arguments, EquatableArray<SortKey> Order) : Expression
    {
        /// <summary>Rows before this one that the frame takes in; null for all.</summary>
        public long? FrameRows { get; init; }

        public EquatableArray<Expression> PartitionBy { get; init; }
    }

    /// <summary>A construct that was read but has no model here: its value is unknown.</summary>
    public sealed record Unsupported(string SourceText) : Expression;

    /// <summary>A text constant.</summary>
    public static Constant Text(string value) => new(new Literal.String(value));

    /// <summary>A whole-number constant.</summary>
    public static Constant Number(long value) => new(new Literal.Integer(value));
}

/// <summary>A name given to an expression: a computed column, an outcome, an object's member.</summary>
public sealed record Named(string Name, Expression Value);

/// <summary>One key of an order.</summary>
public sealed record SortKey(Expression Value)
{
    public bool Descending { get; init; }

    public bool NullsFirst { get; init; }

    /// <summary>Texts stand in the order of their folded forms.</summary>
    public Folding Fold { get; init; } = new Folding.Ordinal();
}

public enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}
