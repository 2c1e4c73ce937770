using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>A condition or a value: the grammar has one kind, since <c>if</c> takes conditions and <c>re.regex</c> is one.</summary>
/// <remarks>Closed: the private constructor keeps every case here.</remarks>
public abstract record YaralExpression : YaralSyntax
{
    YaralExpression() { }

    public sealed record And(EquatableArray<YaralExpression> Terms) : YaralExpression;

    public sealed record Or(EquatableArray<YaralExpression> Terms) : YaralExpression;

    /// <summary><c>not x</c>; in a condition also <c>!$e</c>, no such event.</summary>
    public sealed record Not(YaralExpression Operand) : YaralExpression;

    public sealed record Compare(YaralComparison Op, YaralExpression Left, YaralExpression Right) : YaralExpression
    {
        /// <summary>Where the sign stands.</summary>
        public SourceSpan OpSpan { get; init; }

        public bool Equals(Compare? other) => other is not null && (Op, Left, Right) == (other.Op, other.Left, other.Right);

        public override int GetHashCode() => HashCode.Combine(Op, Left, Right);
    }

    /// <summary><c>x in %list</c>, <c>x in regex %list</c>, <c>x not in cidr %table.column</c>.</summary>
    public sealed record In(YaralExpression Value, YaralListMatch Match, YaralExpression Members) : YaralExpression
    {
        public bool Negated { get; init; }
    }

    /// <summary>A comparison or function that ignores letter case: <c>x = "a" nocase</c>.</summary>
    public sealed record NoCase(YaralExpression Operand) : YaralExpression;

    /// <summary><c>any $e.principal.ip</c>: one element of a repeated field, or all of them.</summary>
    public sealed record Each(YaralQuantifier Quantifier, YaralExpression Operand) : YaralExpression;

    /// <summary><c>any of [$a, $b]</c>, <c>2 of [$a, $b, $c]</c>; no count means all.</summary>
    public sealed record SomeOf(string Quantity, EquatableArray<YaralExpression> Items) : YaralExpression;

    /// <summary>A function by its dotted name as written: <c>re.regex</c>, <c>max</c>, <c>if</c>.</summary>
    public sealed record Call(string Function, EquatableArray<YaralExpression> Arguments) : YaralExpression;

    public sealed record Arithmetic(YaralArithmetic Op, YaralExpression Left, YaralExpression Right) : YaralExpression;

    public sealed record Negate(YaralExpression Operand) : YaralExpression;

    /// <summary>A field of an event variable (<c>$e.principal.ip</c>), or of the event itself where a search names none.</summary>
    public sealed record Field(string? Event, EquatableArray<YaralStep> Path) : YaralExpression;

    /// <summary><c>$x</c> alone: an event, a placeholder or an outcome.</summary>
    public sealed record Variable(string Name) : YaralExpression;

    /// <summary><c>#x</c>: how many distinct events or values.</summary>
    public sealed record Count(string Name) : YaralExpression;

    /// <summary><c>%list</c>, or <c>%table.column</c>.</summary>
    public sealed record List(string Name, string? Column) : YaralExpression;

    public sealed record Array(EquatableArray<YaralExpression> Items) : YaralExpression;

    /// <summary>A text, escapes resolved.</summary>
    public sealed record Text(string Value) : YaralExpression
    {
        /// <summary>Between backticks.</summary>
        public bool Raw { get; init; }
    }

    /// <summary>A pattern between slashes, as written: <c>\/</c> stays.</summary>
    public sealed record Regex(string Pattern) : YaralExpression;

    public sealed record Number(string Digits) : YaralExpression;

    public sealed record Boolean(bool Value) : YaralExpression;

    /// <summary><c>5m</c>.</summary>
    public sealed record Duration(string Written) : YaralExpression;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : YaralExpression;
}

/// <summary>One step of a field's path.</summary>
public abstract record YaralStep
{
    YaralStep() { }

    public sealed record Name(string Text) : YaralStep;

    /// <summary><c>["key"]</c>: the entry of a map.</summary>
    public sealed record Key(string Text) : YaralStep;

    /// <summary><c>[0]</c>: one element of a repeated field.</summary>
    public sealed record Index(string Digits) : YaralStep;
}

public enum YaralComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>How a value meets a list's lines.</summary>
public enum YaralListMatch
{
    Exact,
    Regex,
    Cidr,
}

public enum YaralQuantifier
{
    Any,
    All,
}

public enum YaralArithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}
