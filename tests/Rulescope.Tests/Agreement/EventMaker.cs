using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;

namespace Rulescope.Tests.Agreement;

/// <summary>Events around a condition: for each of its leaves one that meets it and all that must hold beside it, then the same with that leaf's field changed.</summary>
/// <remarks>
/// A field takes the values that meet the leaf, values that just do not, none at all, null, the empty list, and lists of several. The events are
/// made from the condition, so that they come near to it; what each evaluator says of them is compared and nothing is expected of it here.
/// </remarks>
sealed partial class EventMaker
{
    // Stands in a path for the one element of a list.
    const string Element = "[0]";

    readonly Predicate _condition;
    readonly Dictionary<string, JsonObject> _events = new(StringComparer.Ordinal);

    EventMaker(Predicate condition) => _condition = condition;

    /// <summary>A test, or one member of a set, with the way to its field.</summary>
    sealed record Leaf(Predicate Node, int Member, ImmutableArray<string> Path, Match Match, Literal Operand);

    /// <summary>At most so many events, all different, spread over the leaves; with lists of values, or with one text in their place.</summary>
    public static IReadOnlyList<JsonObject> Around(Predicate condition, int most, bool lists = true)
    {
        var maker = new EventMaker(condition);
        maker.Make();
        var all = lists ? [.. maker._events.Values] : maker._events.Values.Select(e => (JsonObject)Joined(e)!).DistinctBy(e => e.ToJsonString(), StringComparer.Ordinal).ToList();
        return all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
    }

    // One text for a list, which meets several patterns with open ends as well.
    static JsonNode? Joined(JsonNode? node) => node switch
    {
        JsonArray list => string.Concat(list.Select(i => i?.ToString())),
        JsonObject inner => new JsonObject(inner.Select(m => KeyValuePair.Create(m.Key, Joined(m.Value)))),
        _ => Copy(node),
    };

    void Make()
    {
        Keep([]);
        foreach (var leaf in Leaves(_condition, ImmutableDictionary<string, ImmutableArray<string>>.Empty))
        {
            var meeting = new JsonObject();
            Meet(_condition, true, leaf, meeting, ImmutableDictionary<string, ImmutableArray<string>>.Empty);
            Keep(meeting);
            Keep(Apart(meeting));
            var (met, near) = Witness.Of(leaf.Match, leaf.Operand);
            foreach (var value in met.Concat(near))
                Keep(With(meeting, leaf.Path, value));
            if (leaf.Member > 0)
                continue;
            Keep(With(meeting, leaf.Path, null));
            Keep(Without(meeting, leaf.Path));
            Keep(With(meeting, leaf.Path, new JsonArray()));
            Keep(With(meeting, leaf.Path, new JsonArray(Copy(near.FirstOrDefault()), Copy(met[0]))));
            Keep(With(meeting, leaf.Path, new JsonArray([.. near.Select(Copy)])));
        }
    }

    void Keep(JsonObject made) => _events.TryAdd(made.ToJsonString(), made);

    static IEnumerable<Leaf> Leaves(Predicate node, ImmutableDictionary<string, ImmutableArray<string>> variables) => node switch
    {
        Predicate.And all => all.Terms.SelectMany(t => Leaves(t, variables)),
        Predicate.Or any => any.Terms.SelectMany(t => Leaves(t, variables)),
        Predicate.AtLeast several => several.Terms.SelectMany(t => Leaves(t, variables)),
        Predicate.Not no => Leaves(no.Operand, variables),
        Predicate.Some some => Leaves(some.Body, Bind(some, variables)),
        Predicate.Test test => Leaves(node, test.Subject, test.Match, test.Operands.Select(o => OperandOf(test.Subject, o)), variables),
        Predicate.InSet { Set: ValueSet.List list } set => Leaves(node, set.Subject, set.Match, list.Items.Select(ValueOf), variables),
        Predicate.Absent absent => Leaves(node, absent.Subject, new Match.Exact(), [new Literal.String("qz")], variables),
        _ => [],
    };

    static IEnumerable<Leaf> Leaves(
        Predicate node, Expression subject, Match match, IEnumerable<Literal> operands, ImmutableDictionary<string, ImmutableArray<string>> variables)
    {
        if (PathOf(subject, variables) is { } path)
        {
            var member = 0;
            foreach (var operand in operands)
                yield return new(node, member++, path, match, operand);
        }
    }

    // Writes into an event what makes a condition true or false; a leaf that must not hold is left without a value.
    static void Meet(Predicate node, bool wanted, Leaf target, JsonObject made, ImmutableDictionary<string, ImmutableArray<string>> variables)
    {
        switch (node)
        {
            case Predicate.And all when wanted:
                foreach (var term in all.Terms)
                    Meet(term, true, target, made, variables);
                break;
            case Predicate.Or any when !wanted:
                foreach (var term in any.Terms)
                    Meet(term, false, target, made, variables);
                break;
            case Predicate.And { Terms.IsEmpty: false } all:
                Meet(Choice(all.Terms, target), false, target, made, variables);
                break;
            case Predicate.Or { Terms.IsEmpty: false } any:
                Meet(Choice(any.Terms, target), true, target, made, variables);
                break;
            case Predicate.Not no:
                Meet(no.Operand, !wanted, target, made, variables);
                break;
            case Predicate.Some some when wanted:
                Meet(some.Body, true, target, made, Bind(some, variables));
                break;
            case Predicate.Test { Operands.IsEmpty: false } test when wanted && PathOf(test.Subject, variables) is { } path:
                Add(made, path, Witness.Of(test.Match, OperandOf(test.Subject, test.Operands[0])).Meeting[0]);
                break;
            case Predicate.InSet { Set: ValueSet.List { Items.IsEmpty: false } list } set when wanted && PathOf(set.Subject, variables) is { } path:
                Add(made, path, Witness.Of(set.Match, ValueOf(list.Items[ReferenceEquals(target.Node, node) ? target.Member : 0])).Meeting[0]);
                break;
            case Predicate.Absent absent when !wanted && PathOf(absent.Subject, variables) is { } path:
                Add(made, path, "qz");
                break;
        }
    }

    static Predicate Choice(IEnumerable<Predicate> terms, Leaf target) =>
        terms.FirstOrDefault(t => Leaves(t, ImmutableDictionary<string, ImmutableArray<string>>.Empty).Any(l => ReferenceEquals(l.Node, target.Node))) ?? terms.First();

    static ImmutableDictionary<string, ImmutableArray<string>> Bind(Predicate.Some some, ImmutableDictionary<string, ImmutableArray<string>> variables) =>
        variables.SetItem(some.Variable, [.. PathOf(some.Collection, variables) ?? [some.Variable], Element]);

    // A value that is computed from a field is reached through that field.
    static ImmutableArray<string>? PathOf(Expression subject, ImmutableDictionary<string, ImmutableArray<string>> variables) => subject switch
    {
        Expression.Ref { Target: Reference.Field field } => [.. field.Path.Segments.OfType<PathSegment.Key>().Select(k => k.Name)],
        Expression.Ref { Target: Reference.LoopVariable loop } =>
            [.. variables.GetValueOrDefault(loop.Name, [loop.Name, Element]), .. loop.Path.Segments.OfType<PathSegment.Key>().Select(k => k.Name)],
        Expression.Ref { Target: Reference.FieldPattern pattern } => [.. pattern.Glob.Replace("*", "q", StringComparison.Ordinal).Split('.')],
        Expression.Ref { Target: Reference.AnyField } => ["message"],
        Expression.Call call => call.Arguments.Select(a => PathOf(a, variables)).FirstOrDefault(p => p is not null),
        _ => null,
    };

    // What a function makes of a field is not what stands in it; a length is met by a text that is so long.
    static Literal OperandOf(Expression subject, Expression operand) => (subject, ValueOf(operand)) switch
    {
        (Expression.Call { Function: "length" }, Literal.Integer length) => new Literal.String(new string('q', (int)Math.Clamp(length.Value + 1, 0, 5000))),
        (Expression.Call, var value) => new Literal.String(value.Display),
        var (_, value) => value,
    };

    static Literal ValueOf(Expression operand) => operand is Expression.Constant constant ? constant.Value : new Literal.String("2026-01-01T00:00:00Z");

    static JsonObject With(JsonObject made, ImmutableArray<string> path, JsonNode? value)
    {
        var copy = made.DeepClone().AsObject();
        Put(copy, path, value);
        return copy;
    }

    static JsonObject Without(JsonObject made, ImmutableArray<string> path)
    {
        var copy = With(made, path, null);
        Holder(copy, path)?.Remove(path[^1]);
        return copy;
    }

    // A field that takes two tests holds a value for each; one that has fields below it is no value.
    static void Add(JsonObject made, ImmutableArray<string> path, JsonNode value)
    {
        var holder = Holder(made, path);
        switch (holder?[path[^1]])
        {
            case null:
                Put(made, path, value);
                break;
            case JsonArray list when list.All(i => !JsonNode.DeepEquals(i, value)):
                list.Add(Copy(value));
                break;
            case JsonValue first when !JsonNode.DeepEquals(first, value):
                holder[path[^1]] = new JsonArray(Copy(first), Copy(value));
                break;
        }
    }

    static void Put(JsonObject made, ImmutableArray<string> path, JsonNode? value)
    {
        if (Holder(made, path) is { } holder && holder[path[^1]] is not JsonObject)
            holder[path[^1]] = Copy(value);
    }

    // The object that has the field as a member; null where a value stands in the way.
    static JsonObject? Holder(JsonObject made, ImmutableArray<string> path)
    {
        var at = made;
        for (var i = 0; at is not null && i < path.Length - 1; i++)
        {
            if (path[i] == Element)
                continue;
            if (path[i + 1] == Element)
            {
                at[path[i]] ??= new JsonArray(new JsonObject());
                at = at[path[i]] is JsonArray list ? list[0] as JsonObject : null;
            }
            else
            {
                at[path[i]] ??= new JsonObject();
                at = at[path[i]] as JsonObject;
            }
        }

        return at;
    }

    // The members of an element, each in an element of its own.
    static JsonObject Apart(JsonObject made)
    {
        var copy = made.DeepClone().AsObject();
        foreach (var (name, value) in made)
        {
            copy[name] = value switch
            {
                JsonObject inner => Apart(inner),
                JsonArray { Count: 1 } list when list[0] is JsonObject element => new JsonArray([.. element.Select(m => new JsonObject { [m.Key] = Copy(m.Value) })]),
                _ => Copy(value),
            };
        }

        return copy;
    }

    static JsonNode? Copy(JsonNode? node) => node?.DeepClone();
}
