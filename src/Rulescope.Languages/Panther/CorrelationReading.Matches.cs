using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <content>The values that matches share, and how far apart they may be.</content>
sealed partial class CorrelationReading
{
    sealed record Transition(CorrelationItem From, CorrelationItem To, long? Within, YamlNode.Scalar? FromPath, YamlNode.Scalar? ToPath, SourceSpan Span);

    // Each criterion is one shared value; an item it does not name takes part without one.
    EquatableArray<CorrelationKey> SharedByCriteria(YamlNode.Mapping mapping, ImmutableArray<CorrelationItem> items)
    {
        var keys = ImmutableArray.CreateBuilder<CorrelationKey>();
        foreach (var criterion in (mapping["MatchCriteria"] as YamlNode.Mapping)?.Entries.Items ?? [])
        {
            var paths = new Dictionary<string, YamlNode.Scalar>(StringComparer.Ordinal);
            foreach (var match in (criterion.Value as YamlNode.Sequence)?.Items.Items.OfType<YamlNode.Mapping>() ?? [])
            {
                if (match["GroupID"] is YamlNode.Scalar group && match["Match"] is YamlNode.Scalar { IsNull: false } path && Find(group, items) is { } item)
                    paths.TryAdd(item.Id, path);
            }

            if (paths.Count > 0)
                keys.Add(Key(paths, items, criterion.Span));
        }

        return keys.ToImmutable();
    }

    ImmutableArray<Transition> Transitions(YamlNode.Mapping mapping, ImmutableArray<CorrelationItem> items)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>();
        foreach (var node in (mapping["Transitions"] as YamlNode.Sequence)?.Items.Items.OfType<YamlNode.Mapping>() ?? [])
        {
            if (node["From"] is not YamlNode.Scalar from || node["To"] is not YamlNode.Scalar to || Find(from, items) is not { } first || Find(to, items) is not { } second)
                continue;
            var match = node["Match"] is YamlNode.Sequence { Items: [YamlNode.Mapping only, ..] } ? only : null;
            var same = match?["On"] as YamlNode.Scalar;
            transitions.Add(new(first, second, Number(node, "WithinTimeFrameMinutes"), match?["From"] as YamlNode.Scalar ?? same, match?["To"] as YamlNode.Scalar ?? same, node.Span));
        }

        return transitions.ToImmutable();
    }

    // All transitions share one value.
    EquatableArray<CorrelationKey> SharedByTransitions(ImmutableArray<Transition> transitions, ImmutableArray<CorrelationItem> items)
    {
        var paths = new Dictionary<string, YamlNode.Scalar>(StringComparer.Ordinal);
        foreach (var transition in transitions)
        {
            Add(transition.From, transition.FromPath);
            Add(transition.To, transition.ToPath);
        }

        return paths.Count == 0 ? [] : [Key(paths, items, SourceSpan.Cover(transitions[0].Span, transitions[^1].Span))];

        void Add(CorrelationItem item, YamlNode.Scalar? path)
        {
            if (path is null)
                return;
            if (paths.TryGetValue(item.Id, out var known) && !string.Equals(known.Value, path.Value, StringComparison.Ordinal))
                Report(path.Span, SimpleCodes.TwoValues, item.Id, known.Value, path.Value);
            else
                paths[item.Id] = path;
        }
    }

    CorrelationKey Key(Dictionary<string, YamlNode.Scalar> paths, ImmutableArray<CorrelationItem> items, SourceSpan span) =>
        // Lists share a value when one element of each is the same.
        new([.. items.Select(item => paths.TryGetValue(item.Id, out var path) ? Field(item, path) : NotNamed(item, span))]) { PerElement = true };

    static Expression Field(CorrelationItem item, YamlNode.Scalar path) => new Expression.Ref(
        new Reference.Field(SimplePaths.Parse(path.Value) ?? FieldPath.Of(path.Value)) { Lookup = KeyLookup.IgnoreCase, Vocabulary = SimpleLowering.Vendor, EventVariable = item.Id, Span = path.Span })
    { Span = path.Span };

    Expression.Unsupported NotNamed(CorrelationItem item, SourceSpan span)
    {
        Report(span, SimpleCodes.NotNamed, item.Id);
        return new($"{item.Id} shares no value") { Span = span };
    }

    // With more than two items each transition bounds its own stretch.
    static Predicate? Apart(ImmutableArray<Transition> transitions)
    {
        var bounds = transitions.Where(t => t.Within is not null).Select(Bound).ToImmutableArray();
        return bounds.IsEmpty ? null : new Predicate.And(bounds);
    }

    static Predicate Bound(Transition transition) => new Predicate.Test(
        new Expression.Arithmetic(ArithmeticOperator.Subtract, Time(transition.To), Time(transition.From), Dialect.None),
        new Match.Order(OrderRelation.LessOrEqual),
        [new Expression.Constant(new Literal.Duration((transition.Within ?? 0) * TimeSpan.TicksPerMinute))],
        new Semantics())
    { Span = transition.Span };

    static Expression.Ref Time(CorrelationItem item) =>
        new(new Reference.Field(FieldPath.Of("p_event_time")) { Lookup = KeyLookup.IgnoreCase, Vocabulary = SimpleLowering.Vendor, EventVariable = item.Id });

    CorrelationItem? Find(YamlNode.Scalar name, ImmutableArray<CorrelationItem> items)
    {
        if (items.FirstOrDefault(i => string.Equals(i.Id, name.Value, StringComparison.Ordinal)) is { } item)
            return item;
        Report(name.Span, SimpleCodes.UnknownPattern, name.Value, string.Join(", ", items.Select(i => i.Id)));
        return null;
    }
}
