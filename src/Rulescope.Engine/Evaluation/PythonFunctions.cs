using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>What a function of Python gives; <see cref="Evaluated.Failed"/> where Python raises.</summary>
delegate Evaluated PythonFunction(ImmutableArray<EventValue> arguments);

/// <summary>Python's functions and methods on values of an event (Python 3.11 library reference, built-in types and functions).</summary>
/// <remarks>A missing field reads as None. Where Python raises an exception, the value is an error and so is every test on it.</remarks>
static class PythonFunctions
{
    static readonly FrozenDictionary<string, PythonFunction> Known =
        PythonTexts.Known.Concat(PythonValues.Known).Concat(PythonContainers.Known).Concat(PythonAddresses.Known).Concat(PythonRegexes.Known).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions that take a lambda and run it for each element.</summary>
    public static readonly FrozenSet<string> OverElements = FrozenSet.Create(StringComparer.Ordinal, "filter", "map");

    public static bool IsKnown(Expression.Call call) => call.Dialect is Dialect.Python && (Known.ContainsKey(call.Function) || OverElements.Contains(call.Function));

    public static Evaluated Call(string function, ImmutableArray<EventValue> arguments) =>
        Known[function]([.. arguments.Select(a => a is EventValue.Missing ? EventValue.NullValue : a)]);
}
