using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>A leaf with the side it counts on.</summary>
/// <param name="Beside">The leaves of the same condition that hold whenever this one decides.</param>
/// <param name="Choices">The alternatives that lead to it.</param>
/// <param name="Own">The number of the choice between its own values.</param>
sealed record SidedLeaf(ReadNode.Leaf Leaf, Side Side, int Clause, bool IsNegated, ImmutableArray<ReadNode.Leaf> Beside, ImmutableArray<Choice> Choices, int Own);

/// <summary>A condition taken apart by polarity.</summary>
/// <param name="Always">The leaves that hold of every event it keeps.</param>
sealed record Sides(
    ReadNode Condition,
    ImmutableArray<ExclusionClause> Exclusions,
    ImmutableArray<SidedLeaf> Leaves,
    ImmutableArray<Unread> Unread,
    ImmutableArray<ReadNode.Leaf> Always);

/// <summary>Pass 5: the top-level AND is flattened, its negated members are exclusions (SPEC P01).</summary>
static class Polarity
{
    public static Sides Split(ReadNode condition, bool plain)
    {
        var simple = Simplify(condition);
        var exclusions = ImmutableArray.CreateBuilder<ExclusionClause>();
        var leaves = ImmutableArray.CreateBuilder<SidedLeaf>();
        var unread = ImmutableArray.CreateBuilder<Unread>();
        var conjuncts = Conjuncts(simple).ToImmutableArray();
        var always = Beside.Of(conjuncts);
        var choices = 0;
        foreach (var conjunct in conjuncts)
        {
            if (conjunct is ReadNode.Not { Node: var excluded })
            {
                Collect(excluded, negations: 1, exclusions.Count, always, []);
                exclusions.Add(new(excluded.Label.Length > 0 ? excluded.Label : conjunct.Label, excluded));
            }
            else
            {
                Collect(conjunct, negations: 0, clause: -1, always, []);
            }
        }

        return new(simple, exclusions.ToImmutable(), leaves.ToImmutable(), unread.ToImmutable(), always);

        void Collect(ReadNode node, int negations, int clause, ImmutableArray<ReadNode.Leaf> beside, ImmutableArray<Choice> path)
        {
            var odd = negations % 2 == 1;
            switch (node)
            {
                case ReadNode.All all:
                    Each(all.Nodes, isChoice: odd, beside.AddRange(Beside.Of(all.Nodes.Items)));
                    break;
                case ReadNode.Any any:
                    Each(any.Nodes, isChoice: !odd, beside);
                    break;
                case ReadNode.Not not:
                    Collect(not.Node, negations + 1, clause, beside, path);
                    break;
                case ReadNode.Leaf leaf:
                    var side = clause < 0 ? Side.Indicator : odd || plain ? Side.Exclusion : Side.Guard;
                    leaves.Add(new(leaf, side, clause, clause < 0 && odd, beside, path, choices++));
                    break;
                case ReadNode.Unsupported unsupported:
                    unread.Add(new(unsupported.SourceText, unsupported.Span));
                    break;
                default:
                    throw new UnreachableException(node.GetType().Name);
            }

            // Under a negation "all" and "any" change places.
            void Each(EquatableArray<ReadNode> nodes, bool isChoice, ImmutableArray<ReadNode.Leaf> within)
            {
                var number = choices++;
                for (var i = 0; i < nodes.Count; i++)
                    Collect(nodes[i], negations, clause, within, isChoice ? path.Add(new(number, i)) : path);
            }
        }
    }

    // not (a or b) is (not a) and (not b): two clauses that exclude on their own. A negation inside stays inside: it is a guard.
    static IEnumerable<ReadNode> Conjuncts(ReadNode node) => node switch
    {
        ReadNode.All all => all.Nodes.Items.SelectMany(Conjuncts),
        ReadNode.Not { Node: ReadNode.Any any } => any.Nodes.Items.SelectMany(n => n is ReadNode.Not ? [new ReadNode.Not(n)] : Conjuncts(new ReadNode.Not(n))),
        _ => [node],
    };

    // Double negations go; connectives of one member are that member, those inside their like dissolve unless they have a name.
    static ReadNode Simplify(ReadNode node) => node switch
    {
        ReadNode.Not { Node: ReadNode.Not inner } => Simplify(inner.Node),
        ReadNode.Not not => Simplify(not.Node) switch
        {
            ReadNode.Not inner => inner.Node,
            ReadNode.All { Nodes.IsEmpty: true } => new ReadNode.Any([]),
            ReadNode.Any { Nodes.IsEmpty: true } => new ReadNode.All([]),
            var inner => not with { Node = inner },
        },
        ReadNode.All { Nodes: [var only] } all => Named(Simplify(only), all.Label),
        ReadNode.Any { Nodes: [var only] } any => Named(Simplify(only), any.Label),
        ReadNode.All all => Collapsed(all with { Nodes = [.. all.Nodes.Items.Select(Simplify).SelectMany(n => n is ReadNode.All { Label: "" } inner ? inner.Nodes.Items : [n])] }),
        ReadNode.Any any => Collapsed(any with { Nodes = [.. any.Nodes.Items.Select(Simplify).Where(n => !IsNever(n)).SelectMany(n => n is ReadNode.Any { Label: "" } inner ? inner.Nodes.Items : [n])] }),
        _ => node,
    };

    // What is left of a connective when its empty members went.
    static ReadNode Collapsed(ReadNode node) => node switch
    {
        ReadNode.All { Nodes: [var only] } => Named(only, node.Label),
        ReadNode.Any { Nodes: [var only] } => Named(only, node.Label),
        _ => node,
    };

    // One alternative among others that cannot come about says nothing of the event.
    static bool IsNever(ReadNode node) => node is ReadNode.All all && all.Nodes.Items.Any(n => n is ReadNode.Any { Nodes.IsEmpty: true });

    static ReadNode Named(ReadNode node, string label) => node.Label.Length == 0 && label.Length > 0 ? node with { Label = label } : node;
}
