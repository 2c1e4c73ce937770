using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Python;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    Flow RunFor(PythonStatement.For loop)
    {
        var iterable = Evaluate(loop.Iterable);
        var attempt = Attempt(iterable);
        var flow = Over(iterable, loop);
        return flow with { Exits = attempt.Exits.AddRange(flow.Exits) };
    }

    Flow Over(SymbolicValue iterable, PythonStatement.For loop)
    {
        if (Items(iterable) is { } items)
            return items.Length > MaxLoop ? Lost(loop, "the loop is longer than is read") : Unrolled(items, loop);
        switch (iterable)
        {
            case SymbolicValue.Raised:
                return Leave(ExitKind.Raise, iterable);
            case SymbolicValue.Constant:
                return Leave(ExitKind.Raise, new SymbolicValue.Raised());
            case SymbolicValue.Selected selected:
                return OverEach(selected.Collection, loop, selected);
            default:
                if (Collection(iterable) is { } collection)
                    return OverEach(collection, loop, null);
                return iterable is SymbolicValue.Choice choice
                    ? Branch(choice.Guard, () => Over(choice.Then, loop), () => Over(choice.Else, loop))
                    : Lost(loop, CauseOf(iterable));
        }
    }

    Flow Unrolled(ImmutableArray<SymbolicValue> items, PythonStatement.For loop)
    {
        var exits = ImmutableArray.CreateBuilder<Exit>();
        var ended = ImmutableArray.CreateBuilder<(Predicate Guard, State State)>();
        // Holds where no round so far has broken off.
        var open = Conditions.True;
        foreach (var item in items)
        {
            if (!Step())
            {
                exits.AddRange(Lost(loop, "the rule takes more steps than are read").Exits);
                break;
            }

            Assign(loop.Target, item);
            var body = RunBlock(loop.Body);
            var end = body.Falls ? _state : null;
            var (skipped, next) = Divert(body.Exits, ExitKind.Continue, () => Flow.Through);
            var (left, broken) = Divert(skipped, ExitKind.Break, () => Flow.Through);
            foreach (var exit in left)
                exits.Add(exit with { Guard = Conditions.And(open, exit.Guard) });
            foreach (var (guard, state) in broken)
            {
                ended.Add((Conditions.And(open, guard), state));
                open = Conditions.And(open, Conditions.Not(guard));
            }

            if (Joined(next, end) is not { } begin)
            {
                _state = Joined(ended.ToImmutable(), null) ?? _state;
                return new(exits.ToImmutable(), ended.Count > 0);
            }

            _state = begin;
        }

        var last = RunBlock(loop.OrElse);
        exits.AddRange(last.Exits.Select(e => e with { Guard = Conditions.And(open, e.Guard) }));
        _state = Joined(ended.ToImmutable(), last.Falls ? _state : null) ?? _state;
        return new(exits.ToImmutable(), last.Falls || ended.Count > 0);
    }

    /// <summary>A loop over a list of the event: its body is run once for any element.</summary>
    Flow OverEach(Expression collection, PythonStatement.For loop, SymbolicValue.Selected? selected)
    {
        if (!loop.OrElse.IsEmpty)
            return Lost(loop, "else of a loop over a list of the event has no model here");
        var before = _state;
        var outer = _loopVariables;
        var variable = Fresh(selected?.Variable ?? (loop.Target is PythonExpression.Name name ? name.Id : "item"));
        var assigned = AssignedNames.In(loop.Body);
        foreach (var changed in assigned)
            Bind(changed, new SymbolicValue.Carried(changed));
        Assign(loop.Target, selected is null ? ElementOf(variable) : Renamed(selected, variable).Element);
        var body = RunBlock(loop.Body);
        var end = body.Falls ? _state : null;
        _loopVariables = outer;
        var (skipped, next) = Divert(body.Exits, ExitKind.Continue, () => Flow.Through);
        var (left, broken) = Divert(skipped, ExitKind.Break, () => Flow.Through);
        var filter = selected is null ? Conditions.True : Renamed(selected, variable).Filter;
        var after = Joined(next.AddRange(broken), end);
        _state = before;
        foreach (var changed in assigned)
            Bind(changed, after is null ? new SymbolicValue.Raised() : AfterLoop(changed, before, after, collection, variable, filter, broken.Length == 0 ? null : Joined(next, end) is not { } goingOn || IsCarried(ValueIn(goingOn, changed))));
        return new([.. Leaving(left, loop, collection, variable, filter, broken.Length > 0)], true);
    }

    // Leaving the function out of such a loop: when some element makes it leave.
    IEnumerable<Exit> Leaving(ImmutableArray<Exit> exits, PythonStatement.For loop, Expression collection, string variable, Predicate filter, bool breaks)
    {
        if (exits.IsEmpty)
            yield break;
        var any = Conditions.False;
        foreach (var exit in exits.Reverse())
            any = Conditions.Or(exit.Guard, any);
        // A break before an exit hides the elements behind it.
        var some = breaks ? Unread(loop, "a loop over a list of the event both breaks and returns") : Some(collection, variable, Conditions.And(filter, any));
        if (exits.All(e => e.Kind == exits[0].Kind && IsSame(e.Value, exits[0].Value)))
        {
            yield return exits[0] with { Guard = some, State = _state };
            yield break;
        }

        var value = Returned(new(exits, false));
        var element = ToExpression(value);
        yield return exits[0] with
        {
            Guard = some,
            State = _state,
            Kind = ExitKind.Return,
            Value = element is null ? new SymbolicValue.Unknown("a loop over a list of the event returns several values") : First(collection, variable, Conditions.And(filter, any), element),
        };
    }

    static SymbolicValue.Computed First(Expression collection, string variable, Predicate filter, Expression element) =>
        new(Python("first", Mapped(Filtered(collection, variable, filter), variable, element)));

    static Expression Filtered(Expression collection, string variable, Predicate filter) =>
        Conditions.IsTrue(filter) ? collection : Python("filter", collection, new Expression.Lambda([variable], new Expression.Boolean(filter)));

    static Expression Mapped(Expression collection, string variable, Expression element) =>
        element is Expression.Ref { Target: Reference.LoopVariable { Path.Segments.IsEmpty: true } only } && only.Name == variable ? collection
            : Python("map", collection, new Expression.Lambda([variable], element));

    SymbolicValue? ValueIn(State state, string name) => state.Locals.GetValueOrDefault(name) ?? state.Globals.GetValueOrDefault(GlobalName(name));

    // What a name holds after a loop whose body was run for any element. A loop that breaks does so with every change, or with some of them.
    SymbolicValue AfterLoop(string name, State before, State after, Expression collection, string variable, Predicate filter, bool? breaksWithChange)
    {
        var start = ValueIn(before, name);
        var value = ValueIn(after, name) ?? new SymbolicValue.Raised();
        var changes = Changes(value, name).ToList();
        if (changes.Count == 0)
            return start ?? new SymbolicValue.Raised();
        var changed = When(value, v => v is not SymbolicValue.Carried);
        var unknown = new SymbolicValue.Unknown($"'{name}' is changed by a loop over a list of the event");
        return changes switch
        {
            [SymbolicValue.Appended { Before: SymbolicValue.Carried, Element: var element }] when start is SymbolicValue.Sequence { Items.IsEmpty: true } && breaksWithChange is null =>
                new SymbolicValue.Selected(collection, variable, Conditions.And(filter, changed), element),
            [SymbolicValue.Constant constant, ..] when start is not null && changes.All(c => IsSame(c, constant)) => Choose(Some(collection, variable, Conditions.And(filter, changed)), constant, start),
            [SymbolicValue.Constant constant, ..] when changes.All(c => IsSame(c, constant)) => Choose(Some(collection, variable, Conditions.And(filter, changed)), constant, new SymbolicValue.Raised()),
            _ => LastOf(value, changed) ?? unknown,
        };

        // The last element that changes it, or the first where the loop is left with the change.
        SymbolicValue? LastOf(SymbolicValue changing, Predicate when)
        {
            var first = breaksWithChange is true;
            if (breaksWithChange is false || ToExpression(WithoutCarried(changing)) is not { } element)
                return null;
            var list = Mapped(Filtered(collection, variable, Conditions.And(filter, when)), variable, element);
            var last = new SymbolicValue.Computed(Python(first ? "first" : "last", list));
            return Choose(Some(collection, variable, Conditions.And(filter, when)), last, start ?? new SymbolicValue.Raised());
        }
    }

    static bool IsCarried(SymbolicValue? value) => value is SymbolicValue.Carried || (value is SymbolicValue.Choice choice && IsCarried(choice.Then) && IsCarried(choice.Else));

    // Where an iteration leaves it as it was, the value is never asked for.
    static SymbolicValue WithoutCarried(SymbolicValue value) => value switch
    {
        SymbolicValue.Carried => SymbolicValue.None,
        SymbolicValue.Choice { Then: SymbolicValue.Carried } choice => WithoutCarried(choice.Else),
        SymbolicValue.Choice { Else: SymbolicValue.Carried } choice => WithoutCarried(choice.Then),
        SymbolicValue.Choice choice => choice with { Then = WithoutCarried(choice.Then), Else = WithoutCarried(choice.Else) },
        _ => value,
    };

    // The values a name may take in an iteration, other than the one it had.
    static IEnumerable<SymbolicValue> Changes(SymbolicValue value, string name) => value switch
    {
        SymbolicValue.Carried => [],
        SymbolicValue.Choice choice => Changes(choice.Then, name).Concat(Changes(choice.Else, name)),
        _ => [value],
    };

    static Predicate When(SymbolicValue value, Func<SymbolicValue, bool> test) => value is SymbolicValue.Choice choice
        ? Conditions.Select(choice.Guard, When(choice.Then, test), When(choice.Else, test))
        : Conditions.Of(test(value));

    static Predicate Some(Expression collection, string variable, Predicate body) =>
        Conditions.IsFalse(body) ? body : new Predicate.Some(collection, variable, body) { Span = body.Span };

    string Fresh(string name)
    {
        var fresh = name;
        for (var i = 2; _loopVariables.Contains(fresh); i++)
            fresh = $"{name}{i}";
        _loopVariables = _loopVariables.Add(fresh);
        return fresh;
    }

    static SymbolicValue.Computed ElementOf(string variable) => new(new Expression.Ref(new Reference.LoopVariable(variable) { Lookup = KeyLookup.IgnoreCase }));

    Flow RunWhile(PythonStatement.While loop)
    {
        for (var i = 0; i < MaxLoop && Step(); i++)
        {
            var test = Truth(Evaluate(loop.Test));
            if (Conditions.IsFalse(test))
                return RunBlock(loop.OrElse);
            if (!Conditions.IsTrue(test))
                return Lost(loop, "a while loop that depends on the event has no model here");
            var body = RunBlock(loop.Body);
            if (body.Exits.Length > 0)
                return body is { Falls: false, Exits: [{ Kind: ExitKind.Break }] } ? Flow.Through : Lost(loop, "a while loop that depends on the event has no model here");
        }

        return Lost(loop, "the loop is longer than is read");
    }
}
