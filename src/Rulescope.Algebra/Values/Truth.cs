namespace Rulescope.Algebra.Values;

/// <summary>The four outcomes of a test (SEMANTICS 1): true, false, unknown (Kleene) and error (the row is not kept, a diagnostic is counted).</summary>
public enum Truth
{
    False,
    Unknown,
    True,
    Error,
}

/// <summary>Kleene's connectives, extended by the error that Python's <c>and</c>/<c>or</c> can end in.</summary>
public static class Kleene
{
    /// <summary>The truth of a two-valued test.</summary>
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    /// <summary>Unknown and error stay what they are.</summary>
    public static Truth Not(Truth operand) => operand switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => operand,
    };

    /// <summary>One step of a conjunction in source order: a false or an error on the left decides, the right side never runs.</summary>
    public static Truth And(Truth left, Truth right) => left switch
    {
        Truth.False or Truth.Error => left,
        Truth.True => right,
        _ => right is Truth.True ? Truth.Unknown : right,
    };

    /// <summary>One step of a disjunction in source order: a true or an error on the left decides, the right side never runs.</summary>
    public static Truth Or(Truth left, Truth right) => left switch
    {
        Truth.True or Truth.Error => left,
        Truth.False => right,
        _ => right is Truth.False ? Truth.Unknown : right,
    };

    /// <summary>True when a later operand of a conjunction cannot change this outcome.</summary>
    public static bool DecidesAnd(Truth value) => value is Truth.False or Truth.Error;

    /// <summary>True when a later operand of a disjunction cannot change this outcome.</summary>
    public static bool DecidesOr(Truth value) => value is Truth.True or Truth.Error;
}
