using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>What stands around a value.</summary>
public enum SplQuoting
{
    None,
    Double,
    Single,

    /// <summary><c>CASE(x)</c>: letter case counts.</summary>
    Case,

    /// <summary><c>TERM(x)</c>: one term of the index, minor breakers included.</summary>
    Term,

    /// <summary>A call of a macro that is not known, backticks included.</summary>
    Macro,
}

/// <summary>A word or a quoted text with its escapes resolved; a <c>*</c> is a wildcard where the command knows wildcards.</summary>
public sealed record SplValue(string Text, SplQuoting Quoting) : SplNode;

public enum SplComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A condition of the search language, as <c>search</c>, <c>tstats where</c> and the start of a search have it.</summary>
/// <remarks>Closed: the private constructor keeps every case here.</remarks>
public abstract record SplSearch : SplNode
{
    SplSearch() { }

    /// <summary>No condition, or <c>*</c>.</summary>
    public sealed record Everything : SplSearch;

    public sealed record And(EquatableArray<SplSearch> Terms) : SplSearch;

    public sealed record Or(EquatableArray<SplSearch> Terms) : SplSearch;

    public sealed record Not(SplSearch Operand) : SplSearch;

    /// <summary><c>field=value</c>; the right side is never a field.</summary>
    public sealed record Compare(SplValue Field, SplComparison Op, SplValue Value) : SplSearch;

    /// <summary><c>field IN (a, b)</c>.</summary>
    public sealed record In(SplValue Field, EquatableArray<SplValue> Values) : SplSearch;

    /// <summary>A word, phrase or term somewhere in the raw event.</summary>
    public sealed record Keyword(SplValue Value) : SplSearch;

    /// <summary><c>eval(...)</c>: an expression as a condition, which <c>transaction</c> takes.</summary>
    public sealed record Evaluated(SplExpression Condition) : SplSearch;

    /// <summary><c>[ search ... ]</c>: the rows of a search as a condition, a disjunction of their fields.</summary>
    public sealed record Subsearch(SplPipeline Pipeline) : SplSearch;

    /// <summary>A call of a macro that is not known.</summary>
    public sealed record Macro(string Call) : SplSearch;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : SplSearch;
}
