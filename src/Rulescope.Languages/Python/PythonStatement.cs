using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>A Python statement with the statements below it.</summary>
/// <remarks>Closed: the private constructor keeps every case here. A body that could not be read is empty, or holds what could be.</remarks>
public abstract record PythonStatement : PythonNode
{
    PythonStatement() { }

    /// <summary>An expression on its own, a docstring too.</summary>
    public sealed record Expression(PythonExpression Value) : PythonStatement;

    /// <summary><c>a = b, c = value</c>: targets from left to right.</summary>
    public sealed record Assign(EquatableArray<PythonExpression> Targets, PythonExpression Value) : PythonStatement;

    /// <summary><c>target += value</c>.</summary>
    public sealed record AugmentedAssign(PythonExpression Target, PythonBinaryOperator Operator, PythonExpression Value) : PythonStatement;

    /// <summary><c>target: annotation = value</c>.</summary>
    public sealed record AnnotatedAssign(PythonExpression Target, PythonExpression Annotation, PythonExpression? Value) : PythonStatement
    {
        /// <summary>The target is a name in parentheses, which declares nothing.</summary>
        public bool IsParenthesized { get; init; }
    }

    public sealed record Return(PythonExpression? Value) : PythonStatement;

    /// <summary><c>raise exception from cause</c>.</summary>
    public sealed record Raise(PythonExpression? Exception, PythonExpression? Cause) : PythonStatement;

    public sealed record Assert(PythonExpression Test, PythonExpression? Message) : PythonStatement;

    public sealed record Delete(EquatableArray<PythonExpression> Targets) : PythonStatement;

    public sealed record Pass : PythonStatement;

    public sealed record Break : PythonStatement;

    public sealed record Continue : PythonStatement;

    public sealed record Global(EquatableArray<string> Names) : PythonStatement;

    public sealed record Nonlocal(EquatableArray<string> Names) : PythonStatement;

    /// <summary><c>import a.b as c, d</c>.</summary>
    public sealed record Import(EquatableArray<PythonAlias> Names) : PythonStatement;

    /// <summary><c>from ..module import a, b as c</c>; the level counts the dots before the module, which is null where there are dots only.</summary>
    public sealed record ImportFrom(string? Module, int Level, EquatableArray<PythonAlias> Names) : PythonStatement;

    /// <summary><c>if</c> with every <c>elif</c>, then <c>else</c>.</summary>
    public sealed record If(EquatableArray<PythonBranch> Branches, EquatableArray<PythonStatement> OrElse) : PythonStatement;

    public sealed record While(PythonExpression Test, EquatableArray<PythonStatement> Body, EquatableArray<PythonStatement> OrElse) : PythonStatement;

    public sealed record For(PythonExpression Target, PythonExpression Iterable, EquatableArray<PythonStatement> Body, EquatableArray<PythonStatement> OrElse) : PythonStatement
    {
        public bool IsAsync { get; init; }
    }

    public sealed record With(EquatableArray<PythonWithItem> Items, EquatableArray<PythonStatement> Body) : PythonStatement
    {
        public bool IsAsync { get; init; }
    }

    public sealed record Try(
        EquatableArray<PythonStatement> Body,
        EquatableArray<PythonHandler> Handlers,
        EquatableArray<PythonStatement> OrElse,
        EquatableArray<PythonStatement> Finally) : PythonStatement
    {
        /// <summary>The handlers are <c>except*</c> and take exception groups apart.</summary>
        public bool IsStar { get; init; }
    }

    public sealed record Match(PythonExpression Subject, EquatableArray<PythonCase> Cases) : PythonStatement;

    public sealed record Function(string Name, EquatableArray<PythonParameter> Parameters, EquatableArray<PythonStatement> Body) : PythonStatement
    {
        /// <summary>Behind the <c>@</c>s, from top to bottom.</summary>
        public EquatableArray<PythonExpression> Decorators { get; init; }

        /// <summary>Behind <c>-></c>.</summary>
        public PythonExpression? Returns { get; init; }

        public bool IsAsync { get; init; }
    }

    /// <summary><c>class Name(base, metaclass=M):</c>.</summary>
    public sealed record Class(string Name, EquatableArray<PythonArgument> Arguments, EquatableArray<PythonStatement> Body) : PythonStatement
    {
        /// <summary>Behind the <c>@</c>s, from top to bottom.</summary>
        public EquatableArray<PythonExpression> Decorators { get; init; }
    }

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : PythonStatement;
}
