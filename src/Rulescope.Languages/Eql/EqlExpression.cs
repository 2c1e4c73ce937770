using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>How two operands are compared.</summary>
public enum EqlComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>How a text is matched against patterns; <c>Colon</c> always folds case, the tilde forms do, the plain ones do not.</summary>
public enum EqlMatchKind
{
    Colon,
    Like,
    LikeTilde,
    Regex,
    RegexTilde,
}

public enum EqlArithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>Endgame's relations between an event and those of a subquery.</summary>
public enum EqlRelation
{
    /// <summary>Of the same process.</summary>
    Event,

    /// <summary>Of a child process.</summary>
    Child,

    /// <summary>Of a process at any depth below.</summary>
    Descendant,
}

/// <summary>An EQL expression as written; parentheses are implied by the shape.</summary>
/// <remarks>Closed: the private constructor keeps every case here. Equality leaves <see cref="Span"/> out.</remarks>
public abstract record EqlExpression
{
    EqlExpression() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>A string with its escapes resolved; quoting and rawness are not kept, as they do not change the value.</summary>
    public sealed record Text(string Value) : EqlExpression;

    public sealed record Integer(long Value) : EqlExpression;

    /// <summary>A number with a point or an exponent: it makes a division exact.</summary>
    public sealed record Decimal(double Value) : EqlExpression;

    public sealed record Boolean(bool Value) : EqlExpression;

    public sealed record Null : EqlExpression;

    /// <summary>A field; an optional one, <c>?a.b</c>, need not be mapped.</summary>
    public sealed record Field(EqlPath Path) : EqlExpression
    {
        public bool Optional { get; init; }
    }

    /// <summary>A call, its name cased as written. Endgame's <c>x:length()</c> is the call with <c>x</c> as first argument.</summary>
    public sealed record Call(string Name, EquatableArray<EqlExpression> Arguments) : EqlExpression
    {
        /// <summary>Written with a tilde: <c>endsWith~(a, b)</c>.</summary>
        public bool IgnoreCase { get; init; }
    }

    /// <summary><c>left == right</c>; Endgame's <c>=</c> is <c>==</c>.</summary>
    public sealed record Compare(EqlExpression Left, EqlComparison Op, EqlExpression Right) : EqlExpression;

    /// <summary><c>x in (a, b)</c>; <c>not in</c> is this under <see cref="Not"/>.</summary>
    public sealed record In(EqlExpression Subject, EquatableArray<EqlExpression> Values) : EqlExpression
    {
        /// <summary>Written <c>in~</c>.</summary>
        public bool IgnoreCase { get; init; }
    }

    /// <summary><c>x : "a*"</c>, <c>x like ("a*", "b*")</c>: true when one pattern matches. Patterns are literals in a query without errors.</summary>
    public sealed record Match(EqlExpression Subject, EqlMatchKind Kind, EquatableArray<EqlExpression> Patterns) : EqlExpression;

    public sealed record And(EquatableArray<EqlExpression> Terms) : EqlExpression;

    public sealed record Or(EquatableArray<EqlExpression> Terms) : EqlExpression;

    public sealed record Not(EqlExpression Operand) : EqlExpression;

    /// <summary>A minus before anything but a number; <c>-1</c> is the literal.</summary>
    public sealed record Negate(EqlExpression Operand) : EqlExpression;

    /// <summary>One operator of an arithmetic run and what stands on its right.</summary>
    public sealed record Step(EqlArithmetic Op, EqlExpression Operand);

    /// <summary>A run of operators of one precedence, taken from the left: <c>a - b + c</c>, <c>a * b / c</c>.</summary>
    public sealed record Arithmetic(EqlExpression First, EquatableArray<Step> Steps) : EqlExpression;

    /// <summary><c>child of [process where true]</c>, Endgame only.</summary>
    public sealed record Related(EqlRelation Relation, EqlSyntax.Event Filter) : EqlExpression;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : EqlExpression;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(EqlExpression? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
