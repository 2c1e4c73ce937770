using System.Collections.Immutable;

namespace Rulescope.Algebra.Reading;

/// <summary>What must hold together with a leaf: mostly what tells the log source its field belongs to.</summary>
static class Beside
{
    /// <summary>The leaves among the members of a conjunction; alternatives of one field and operator count as one leaf.</summary>
    public static ImmutableArray<ReadNode.Leaf> Of(ImmutableArray<ReadNode> members)
    {
        var found = ImmutableArray.CreateBuilder<ReadNode.Leaf>();
        foreach (var member in members)
        {
            if (member is ReadNode.Leaf leaf)
                found.Add(leaf);
            else if (member is ReadNode.All all)
                found.AddRange(Of(all.Nodes.Items));
            else if (member is ReadNode.Any any && Alternatives(any) is { } one)
                found.Add(one);
        }

        return found.ToImmutable();
    }

    static ReadNode.Leaf? Alternatives(ReadNode.Any any)
    {
        if (any.Nodes.Items is not [ReadNode.Leaf first, ..])
            return null;
        var values = ImmutableArray.CreateBuilder<ReadValue>();
        foreach (var node in any.Nodes)
        {
            if (node is not ReadNode.Leaf leaf || leaf.Field != first.Field || !IsEquality(leaf))
                return null;
            values.AddRange(leaf.Values.Items);
        }

        return first with { Operator = ReadOperator.In, Values = values.ToImmutable() };
    }

    static bool IsEquality(ReadNode.Leaf leaf) => leaf.Operator is ReadOperator.Eq or ReadOperator.In;
}
