using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>A part of a Python module. Statements, expressions and patterns are closed hierarchies below it; the rest is here.</summary>
/// <remarks>Equality leaves <see cref="Span"/> out. Names are those of Python's reference (3.11), which the trees follow node by node.</remarks>
public abstract record PythonNode
{
    private protected PythonNode() { }

    /// <summary>Where it stands in the text; redundant parentheses around an expression are outside.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(PythonNode? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A whole file: statements in their order.</summary>
public sealed record PythonModule(EquatableArray<PythonStatement> Body) : PythonNode;

/// <summary>One <c>if</c> or <c>elif</c> of a statement, with what is done when it holds.</summary>
public sealed record PythonBranch(PythonExpression Test, EquatableArray<PythonStatement> Body) : PythonNode;

/// <summary>What is imported, <c>os.path</c> or <c>*</c>, and the name it gets with <c>as</c>.</summary>
public sealed record PythonAlias(string Name, string? AsName) : PythonNode;

/// <summary><c>open(x) as file</c>: a context manager and what it is bound to.</summary>
public sealed record PythonWithItem(PythonExpression Context, PythonExpression? Target) : PythonNode;

/// <summary><c>except ValueError as error:</c>; a bare <c>except:</c> has no type.</summary>
public sealed record PythonHandler(PythonExpression? Type, string? Name, EquatableArray<PythonStatement> Body) : PythonNode;

/// <summary><c>case pattern if guard:</c>.</summary>
public sealed record PythonCase(PythonPattern Pattern, PythonExpression? Guard, EquatableArray<PythonStatement> Body) : PythonNode;

/// <summary>How a parameter takes its argument.</summary>
public enum PythonParameterKind
{
    /// <summary>By position only: it stands before <c>/</c>.</summary>
    PositionalOnly,

    /// <summary>By position or by name.</summary>
    Positional,

    /// <summary><c>*args</c>: all further positions.</summary>
    Star,

    /// <summary>By name only: it stands behind <c>*</c> or <c>*args</c>.</summary>
    KeywordOnly,

    /// <summary><c>**kwargs</c>: all further names.</summary>
    DoubleStar,
}

/// <summary>One parameter of a function or lambda; the separators <c>/</c> and <c>*</c> show in the kinds.</summary>
public sealed record PythonParameter(PythonParameterKind Kind, string Name) : PythonNode
{
    public PythonExpression? Annotation { get; init; }

    public PythonExpression? Default { get; init; }
}

/// <summary>One argument of a call or of a class's bases; <c>*x</c> is a positional <see cref="PythonExpression.Starred"/>.</summary>
public abstract record PythonArgument : PythonNode
{
    PythonArgument() { }

    public sealed record Positional(PythonExpression Value) : PythonArgument;

    /// <summary><c>name=value</c>.</summary>
    public sealed record Keyword(string Name, PythonExpression Value) : PythonArgument;

    /// <summary><c>**value</c>.</summary>
    public sealed record DoubleStar(PythonExpression Value) : PythonArgument;
}

/// <summary>One <c>for target in iterable if condition ...</c> of a comprehension.</summary>
public sealed record PythonComprehension(PythonExpression Target, PythonExpression Iterable, EquatableArray<PythonExpression> Conditions) : PythonNode
{
    public bool IsAsync { get; init; }
}

/// <summary>One item of a dictionary; without a key it is <c>**value</c>.</summary>
public sealed record PythonDictItem(PythonExpression? Key, PythonExpression Value) : PythonNode;

/// <summary>One link of a chained comparison: <c>&lt; right</c>.</summary>
public sealed record PythonComparison(PythonComparisonOperator Operator, PythonExpression Right) : PythonNode;

/// <summary>What a replacement field of an f-string does to its value before formatting it.</summary>
public enum PythonConversion
{
    /// <summary><c>!s</c>.</summary>
    Str,

    /// <summary><c>!r</c>, also meant by <c>{x=}</c>.</summary>
    Repr,

    /// <summary><c>!a</c>.</summary>
    Ascii,
}

/// <summary>One part of an f-string, or of a format specification inside it.</summary>
public abstract record PythonFormatPart : PythonNode
{
    PythonFormatPart() { }

    /// <summary>Characters as they are, escapes and double braces resolved; adjacent ones are one part.</summary>
    public sealed record Literal(string Text) : PythonFormatPart;

    /// <summary><c>{value!r:>10}</c>; <c>{x=}</c> is the literal <c>x=</c> and the field.</summary>
    public sealed record Field(PythonExpression Value) : PythonFormatPart
    {
        public PythonConversion? Conversion { get; init; }

        /// <summary>The parts behind the colon, a <see cref="PythonExpression.Formatted"/>; null without a colon.</summary>
        public PythonExpression? Specification { get; init; }
    }
}
