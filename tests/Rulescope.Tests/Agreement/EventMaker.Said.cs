using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;

namespace Rulescope.Tests.Agreement;

/// <content>The same event as another evaluator would have it.</content>
sealed partial class EventMaker
{
    // In no network that a rule names: those are all private or reserved.
    const string AnyAddress = "8.8.8.8";

    // Meets no test on a text.
    const string Nothing = "\u0001";

    // Nor does this, and it is unlike the other.
    const string NothingElse = "\u0002";

    /// <summary>The event with a value that meets no test in each tested field that has none; what is tested for absence stays absent.</summary>
    public static JsonObject Filled(JsonObject made, Predicate condition)
    {
        var copy = made.DeepClone().AsObject();
        var leaves = Leaves(condition, ImmutableDictionary<string, ImmutableArray<string>>.Empty).ToList();
        var absent = leaves.Where(l => l.Node is Predicate.Absent).Select(l => string.Join('\n', l.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var leaf in leaves)
        {
            Fill(leaf.Path, NoneOf(leaf));
            // What a field is compared with may be a field as well.
            if (leaf.Node is Predicate.Test test && PathOf(test.Operands[leaf.Member], ImmutableDictionary<string, ImmutableArray<string>>.Empty) is { } other)
                Fill(other, NothingElse);
        }

        return copy;

        void Fill(ImmutableArray<string> path, JsonNode value)
        {
            if (!absent.Contains(string.Join('\n', path)) && Holder(copy, path) is { } holder && holder[path[^1]] is null)
                holder[path[^1]] = value;
        }
    }

    /// <summary>The event with the type of what it is compared with in each tested field; a text that is no such value becomes one that does not meet the test.</summary>
    public static JsonObject Typed(JsonObject made, Predicate condition)
    {
        var copy = made.DeepClone().AsObject();
        foreach (var leaf in Leaves(condition, ImmutableDictionary<string, ImmutableArray<string>>.Empty))
        {
            if (Holder(copy, leaf.Path) is not { } holder || holder[leaf.Path[^1]] is not JsonValue value || !value.TryGetValue<string>(out var text))
                continue;
            if (leaf.Operand is Literal.Boolean wanted)
                holder[leaf.Path[^1]] = bool.TryParse(text, out var flag) ? flag : !wanted.Value;
            else if (leaf.Operand is Literal.Integer or Literal.Real && double.TryParse(text, CultureInfo.InvariantCulture, out var number))
                holder[leaf.Path[^1]] = number;
            else if (leaf.Match is Match.Cidr && !IPAddress.TryParse(text, out _))
                holder[leaf.Path[^1]] = AnyAddress;
        }

        return copy;
    }

    static JsonNode NoneOf(Leaf leaf) => (leaf.Match, leaf.Operand) switch
    {
        (Match.Cidr, _) => AnyAddress,
        (Match.Order { Relation: OrderRelation.Less or OrderRelation.LessOrEqual }, Literal.Integer or Literal.Real) => 987_654_321_987,
        (_, Literal.Integer or Literal.Real) => -987_654_321,
        (_, Literal.Boolean flag) => !flag.Value,
        _ => Nothing,
    };
}
