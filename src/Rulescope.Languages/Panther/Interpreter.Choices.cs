using Rulescope.Algebra.Predicates;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    /// <summary>A function of each value that a value may be.</summary>
    SymbolicValue Map(SymbolicValue value, Func<SymbolicValue, SymbolicValue> map)
    {
        if (value is not SymbolicValue.Choice choice)
            return map(value);
        if (Decided(choice) is { } only)
            return Map(only, map);
        return Step() ? Choose(choice.Guard, Map(choice.Then, map), Map(choice.Else, map)) : new SymbolicValue.Unknown("the rule takes more steps than are read");
    }

    /// <summary>The same of two values; where both depend on one condition, they do so together.</summary>
    SymbolicValue Map(SymbolicValue left, SymbolicValue right, Func<SymbolicValue, SymbolicValue, SymbolicValue> map)
    {
        if (!Step())
            return new SymbolicValue.Unknown("the rule takes more steps than are read");
        if (left is SymbolicValue.Choice decided && Decided(decided) is { } only)
            return Map(only, right, map);
        if (left is SymbolicValue.Choice choice)
            return Choose(choice.Guard, Map(choice.Then, Given(right, choice.Guard, true), map), Map(choice.Else, Given(right, choice.Guard, false), map));
        return Map(right, r => map(left, r));
    }

    // The side of a choice whose condition was decided on the way here.
    SymbolicValue? Decided(SymbolicValue.Choice choice) => _state.Known.TryGetValue(choice.Guard, out var holds) ? holds ? choice.Then : choice.Else : null;

    static SymbolicValue Given(SymbolicValue value, Predicate guard, bool holds) =>
        value is SymbolicValue.Choice choice && ReferenceEquals(choice.Guard, guard) ? Given(holds ? choice.Then : choice.Else, guard, holds) : value;
}
