using Rulescope.Algebra.Values;

namespace Rulescope.Algebra.Predicates;

/// <summary>What a test gives where the field is not one plain value of the right type. Lowering writes every default of the language down here.</summary>
public sealed record Semantics
{
    /// <summary>Text is compared under this folding.</summary>
    public Folding Fold { get; init; } = new Folding.Ordinal();

    /// <summary>What is done when the value and the operand are of different types, before <see cref="OnWrongType"/> is asked.</summary>
    public Coercion Coerce { get; init; } = new Coercion.None();

    public Truth OnMissing { get; init; }

    public Truth OnNull { get; init; }

    public Truth OnWrongType { get; init; }

    /// <summary>What a test of two values gives where neither is there; null where it is no different from one.</summary>
    public Truth? OnBothAbsent { get; init; }

    /// <summary>What an array gives.</summary>
    public MultiValue Multi { get; init; } = MultiValue.Any;
}

/// <summary>Letter case, as a named value and never a flag (SEMANTICS 2.2). No language normalises Unicode.</summary>
public abstract record Folding
{
    Folding() { }

    public sealed record Ordinal : Folding;

    /// <summary>A to Z only.</summary>
    public sealed record Ascii : Folding;

    /// <summary>One code point to one, culture-free (.NET <c>OrdinalIgnoreCase</c>).</summary>
    public sealed record UnicodeSimple : Folding;

    /// <summary>Python's <c>str.lower</c>: full mapping, one code point may become two.</summary>
    public sealed record PythonLower : Folding;

    /// <summary>What a named analyzer does (<c>standard</c>).</summary>
    public sealed record Analyzer(string Name) : Folding;
}

/// <summary>How unlike types meet (SEMANTICS 3).</summary>
public abstract record Coercion
{
    Coercion() { }

    public sealed record None : Coercion;

    /// <summary>Both sides as text: <c>4688</c> is <c>"4688"</c>.</summary>
    public sealed record ByText : Coercion;

    /// <summary>True is the number 1, false the number 0; other unlike types do not meet (Python).</summary>
    public sealed record BooleanAsNumber : Coercion;

    /// <summary>As numbers when both sides look numeric, else as text.</summary>
    public sealed record ByNumberIfBoth : Coercion;

    /// <summary>The index mapping decides: a literal fits keyword and long alike.</summary>
    public sealed record ByMapping(string Type) : Coercion;

    /// <summary>The value is cast to the operand's type; a failed cast is null.</summary>
    public sealed record CastOrNull : Coercion;
}

/// <summary>What a test on a list of values means.</summary>
public enum MultiValue
{
    /// <summary>A list is no value of this field: wrong type.</summary>
    Scalar,

    /// <summary>One element meets the test.</summary>
    Any,

    /// <summary>Every element does.</summary>
    All,

    /// <summary>A list of one is that one; longer ones are unknown (ES|QL).</summary>
    SingleOrUnknown,

    First,

    /// <summary>The list is compared as a whole (Python).</summary>
    WholeList,

    /// <summary>The elements joined into one text (SPL).</summary>
    Joined,
}
