using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>What stands behind <c>case</c>.</summary>
/// <remarks>Closed: the private constructor keeps every case here.</remarks>
public abstract record PythonPattern : PythonNode
{
    PythonPattern() { }

    /// <summary>A number, a string or a dotted name: compared with <c>==</c>.</summary>
    public sealed record Value(PythonExpression Expression) : PythonPattern;

    /// <summary><c>None</c>, <c>True</c> or <c>False</c>: compared with <c>is</c>.</summary>
    public sealed record Singleton(PythonExpression Expression) : PythonPattern;

    /// <summary><c>_</c>.</summary>
    public sealed record Wildcard : PythonPattern;

    /// <summary>A name that takes whatever is there.</summary>
    public sealed record Capture(string Name) : PythonPattern;

    /// <summary><c>pattern as name</c>.</summary>
    public sealed record As(PythonPattern Pattern, string Name) : PythonPattern;

    /// <summary><c>a | b</c>: two or more.</summary>
    public sealed record Or(EquatableArray<PythonPattern> Patterns) : PythonPattern;

    /// <summary><c>[a, *rest]</c>, also in parentheses or bare.</summary>
    public sealed record Sequence(EquatableArray<PythonPattern> Patterns) : PythonPattern;

    /// <summary><c>*rest</c> in a sequence; <c>*_</c> has no name.</summary>
    public sealed record Star(string? Name) : PythonPattern;

    /// <summary><c>{"key": pattern, **rest}</c>.</summary>
    public sealed record Mapping(EquatableArray<PythonMappingItem> Items, string? Rest) : PythonPattern;

    /// <summary><c>Point(x, y=0)</c>.</summary>
    public sealed record Class(PythonExpression Type, EquatableArray<PythonPattern> Patterns, EquatableArray<PythonKeywordPattern> Keywords) : PythonPattern;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : PythonPattern;
}

/// <summary>One <c>key: pattern</c>; the key is a literal or a dotted name.</summary>
public sealed record PythonMappingItem(PythonExpression Key, PythonPattern Pattern) : PythonNode;

/// <summary>One <c>name=pattern</c> of a class pattern.</summary>
public sealed record PythonKeywordPattern(string Name, PythonPattern Pattern) : PythonNode;
