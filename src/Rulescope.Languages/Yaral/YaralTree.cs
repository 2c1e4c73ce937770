using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>Walks over expressions.</summary>
static class YaralTree
{
    /// <summary>The expressions directly under one.</summary>
    public static IEnumerable<YaralExpression> Parts(YaralExpression node) => node switch
    {
        YaralExpression.And and => and.Terms.Items,
        YaralExpression.Or or => or.Terms.Items,
        YaralExpression.Not not => [not.Operand],
        YaralExpression.Compare compare => [compare.Left, compare.Right],
        YaralExpression.In member => [member.Value, member.Members],
        YaralExpression.NoCase folded => [folded.Operand],
        YaralExpression.Each each => [each.Operand],
        YaralExpression.SomeOf some => some.Items.Items,
        YaralExpression.Call call => call.Arguments.Items,
        YaralExpression.Arithmetic arithmetic => [arithmetic.Left, arithmetic.Right],
        YaralExpression.Negate negate => [negate.Operand],
        YaralExpression.Array array => array.Items.Items,
        YaralExpression.Field or YaralExpression.Variable or YaralExpression.Count or YaralExpression.List => [],
        YaralExpression.Text or YaralExpression.Regex or YaralExpression.Number or YaralExpression.Boolean or YaralExpression.Duration or YaralExpression.Unsupported => [],
        _ => throw new UnreachableException(node.GetType().Name),
    };

    /// <summary>An expression and all under it, outer before inner, in source order.</summary>
    public static IEnumerable<YaralExpression> All(YaralExpression root)
    {
        var open = new Stack<YaralExpression>([root]);
        while (open.TryPop(out var node))
        {
            yield return node;
            foreach (var part in Parts(node).Reverse())
                open.Push(part);
        }
    }

    /// <summary>The same expression with the direct parts changed.</summary>
    public static YaralExpression Map(YaralExpression node, Func<YaralExpression, YaralExpression> change) => node switch
    {
        YaralExpression.And and => and with { Terms = Each(and.Terms, change) },
        YaralExpression.Or or => or with { Terms = Each(or.Terms, change) },
        YaralExpression.Not not => not with { Operand = change(not.Operand) },
        YaralExpression.Compare compare => compare with { Left = change(compare.Left), Right = change(compare.Right) },
        YaralExpression.In member => member with { Value = change(member.Value), Members = change(member.Members) },
        YaralExpression.NoCase folded => folded with { Operand = change(folded.Operand) },
        YaralExpression.Each each => each with { Operand = change(each.Operand) },
        YaralExpression.SomeOf some => some with { Items = Each(some.Items, change) },
        YaralExpression.Call call => call with { Arguments = Each(call.Arguments, change) },
        YaralExpression.Arithmetic arithmetic => arithmetic with { Left = change(arithmetic.Left), Right = change(arithmetic.Right) },
        YaralExpression.Negate negate => negate with { Operand = change(negate.Operand) },
        YaralExpression.Array array => array with { Items = Each(array.Items, change) },
        _ => node,
    };

    /// <summary>The terms of a conjunction, inner ones included; a single term is itself.</summary>
    public static IEnumerable<YaralExpression> Conjuncts(YaralExpression node) => node is YaralExpression.And and ? and.Terms.Items.SelectMany(Conjuncts) : [node];

    static EquatableArray<YaralExpression> Each(EquatableArray<YaralExpression> items, Func<YaralExpression, YaralExpression> change) => [.. items.Items.Select(change)];
}
