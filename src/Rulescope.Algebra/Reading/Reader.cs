using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>Reads a rule for the guide. The passes, in order:</summary>
/// <remarks>
/// <list type="number">
/// <item><see cref="PlanConditions"/>: the conditions of the plan, in the order events meet them, and which columns are computed.</item>
/// <item><see cref="InlineColumns"/>: a computed column's name becomes the expression behind it (not past an aggregate).</item>
/// <item><see cref="FoldTransforms"/>: <c>lower(x) == "a"</c> is a test of <c>x</c> that ignores case.</item>
/// <item><see cref="ReadLeaves"/>: faithful tests become leaves with the guide's operators and values (P02 to P05).</item>
/// <item><see cref="Polarity"/>: double negations go, the top-level AND is flattened, negated conjuncts become exclusion clauses (P01).</item>
/// </list>
/// None of them changes what the rule matches as far as two-valued logic goes; the guide never executes the result.
/// </remarks>
public static class Reader
{
    /// <summary>The reading of a rule.</summary>
    /// <param name="query">The faithful form.</param>
    /// <param name="source">The text its spans count in; computed values are shown as they stand there.</param>
    /// <param name="plain">The reference's plain reading: every leaf under a negated top-level conjunct is an exclusion, operators as written.</param>
    public static RuleReading Read(RuleQuery query, SourceText? source = null, bool plain = false)
    {
        var stages = ImmutableArray.CreateBuilder<ReadStage>();
        var observations = ImmutableArray.CreateBuilder<Observation>();
        var unread = ImmutableArray.CreateBuilder<Unread>();
        var always = new List<ImmutableArray<ReadNode.Leaf>>();
        foreach (var found in PlanConditions.Of(query, unread.Add))
        {
            var inlined = InlineColumns.In(found.Condition, found.Columns);
            var leaves = new ReadLeaves(found.Computed, source, plain).Read(inlined);
            var sides = Polarity.Split(leaves, plain);
            ImmutableArray<ReadNode.Leaf> earlier = [.. found.Earlier.SelectMany(e => always[e])];
            foreach (var leaf in sides.Leaves)
                Observe(leaf, earlier, new(stages.Count, [.. found.Earlier], []), observations);
            unread.AddRange(sides.Unread);
            always.Add(sides.Always);
            stages.Add(new(found.Name, sides.Condition, sides.Exclusions) { Sources = [.. found.Sources] });
        }

        return new(stages.ToImmutable(), observations.ToImmutable(), unread.ToImmutable());
    }

    static void Observe(SidedLeaf sided, ImmutableArray<ReadNode.Leaf> earlier, Place stage, ImmutableArray<Observation>.Builder observations)
    {
        var leaf = sided.Leaf;
        // A test of presence makes a row of its field and no row of a value.
        ReadValue?[] values = leaf.Values.IsEmpty ? [null] : [.. leaf.Values.Items.Select(v => v.IsImplied ? null : v)];
        var beside = earlier.IsEmpty ? sided.Beside : earlier.AddRange(sided.Beside);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            observations.Add(new(leaf.Field, leaf.Operator, value?.Text, value?.MergeKey, sided.Side, stage.Stage, sided.Clause)
            {
                Target = leaf.Target,
                IsThreshold = leaf.IsThreshold,
                IsNegated = sided.IsNegated,
                Beside = beside,
                Place = stage with { Choices = values.Length == 1 ? sided.Choices : sided.Choices.Add(new(sided.Own, i)) },
                Drawn = value?.Drawn,
                Written = leaf.Faithful?.Written,
                Span = value is { Span.Length: > 0 } ? value.Span : leaf.Faithful?.Span ?? default,
            });
        }
    }
}
