using System.Collections.Immutable;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    enum ExitKind
    {
        Return,
        Break,
        Continue,

        /// <summary>An exception that a handler may take; the function's value is an error otherwise.</summary>
        Raise,
    }

    /// <summary>One way out of a block: taken when its guard holds and none before it was taken.</summary>
    sealed record Exit(Predicate Guard, ExitKind Kind, SymbolicValue Value, State State);

    /// <summary>The ways out of a block in order, and whether its end can be reached; the names at its end are the current state.</summary>
    sealed record Flow(ImmutableArray<Exit> Exits, bool Falls)
    {
        public static Flow Through { get; } = new([], true);
    }

    Flow Leave(ExitKind kind, SymbolicValue value) => new([new(Conditions.True, kind, value, _state)], false);

    Flow RunBlock(EquatableArray<PythonStatement> statements)
    {
        var exits = ImmutableArray.CreateBuilder<Exit>();
        foreach (var statement in statements)
        {
            if (!Step())
                return new([.. exits, .. Lost(statement, "the rule takes more steps than are read").Exits], false);
            var flow = Run(statement);
            exits.AddRange(flow.Exits);
            if (!flow.Falls)
                return new(exits.ToImmutable(), false);
        }

        return new(exits.ToImmutable(), true);
    }

    // A statement that is not read may have left the function with any value: from there on both is possible.
    Flow Lost(PythonStatement statement, string cause) =>
        new([new(Unread(statement, cause), ExitKind.Return, new SymbolicValue.Unknown(cause), _state)], true);

    Flow Run(PythonStatement statement) => statement switch
    {
        PythonStatement.Expression { Value: PythonExpression.Text } or PythonStatement.Pass => Flow.Through,
        PythonStatement.Expression expression => Attempt(Effect(expression.Value)),
        PythonStatement.Assign assign => Assign(assign),
        PythonStatement.AnnotatedAssign { Value: { } value } assign => Assigning(assign.Target, Evaluate(value)),
        PythonStatement.AnnotatedAssign or PythonStatement.Nonlocal => Flow.Through,
        PythonStatement.AugmentedAssign assign => Assigning(assign.Target, Augmented(assign)),
        PythonStatement.Return done => Return(done.Value is { } value ? Evaluate(value) : SymbolicValue.None),
        PythonStatement.Raise => Leave(ExitKind.Raise, new SymbolicValue.Raised()),
        PythonStatement.Assert assert => Branch(Truth(Evaluate(assert.Test)), () => Flow.Through, () => Leave(ExitKind.Raise, new SymbolicValue.Raised())),
        PythonStatement.Break => Leave(ExitKind.Break, SymbolicValue.None),
        PythonStatement.Continue => Leave(ExitKind.Continue, SymbolicValue.None),
        PythonStatement.Global global => Globals(global),
        PythonStatement.Import import => Import(import),
        PythonStatement.ImportFrom import => Import(import),
        PythonStatement.If choice => RunIf(choice, 0),
        PythonStatement.For loop => RunFor(loop),
        PythonStatement.While loop => RunWhile(loop),
        PythonStatement.Try attempt => RunTry(attempt),
        PythonStatement.Match match => RunMatch(match),
        PythonStatement.Function function => Define(function),
        PythonStatement.Class type => Define(type),
        PythonStatement.Delete => Lost(statement, "del has no model here"),
        PythonStatement.With => Lost(statement, "with has no model here"),
        _ => Lost(statement, "the statement was not parsed"),
    };

    Flow Return(SymbolicValue value)
    {
        var attempt = Attempt(value);
        var done = Leave(ExitKind.Return, value);
        return attempt with { Exits = attempt.Exits.AddRange(done.Exits), Falls = false };
    }

    Flow Globals(PythonStatement.Global global)
    {
        _globalNames = _globalNames.Union(global.Names.Items);
        return Flow.Through;
    }

    Flow Assign(PythonStatement.Assign assign)
    {
        var value = Evaluate(assign.Value);
        var flow = Attempt(value);
        foreach (var target in assign.Targets)
            Assign(target, value);
        return flow;
    }

    Flow Assigning(PythonExpression target, SymbolicValue value)
    {
        var flow = Attempt(value);
        Assign(target, value);
        return flow;
    }

    Flow RunIf(PythonStatement.If choice, int at)
    {
        if (at == choice.Branches.Count)
            return RunBlock(choice.OrElse);
        var test = Evaluate(choice.Branches[at].Test);
        var attempt = Attempt(test);
        var branch = Branch(Truth(test), () => RunBlock(choice.Branches[at].Body), () => RunIf(choice, at + 1));
        return branch with { Exits = attempt.Exits.AddRange(branch.Exits) };
    }

    /// <summary>Two ways by a condition. A way that always ends needs no "not" on what comes behind it, since exits stand in order.</summary>
    Flow Branch(Predicate guard, Func<Flow> then, Func<Flow> otherwise)
    {
        if (Conditions.IsTrue(guard))
            return then();
        if (Conditions.IsFalse(guard))
            return otherwise();
        var before = _state;
        _state = before.Knowing(guard);
        var yes = Gathered(then());
        var afterYes = _state;
        _state = before.Knowing(Conditions.Not(guard));
        var no = Gathered(otherwise());
        var afterNo = _state;
        var exits = ImmutableArray.CreateBuilder<Exit>();
        foreach (var exit in yes.Exits)
            exits.Add(exit with { Guard = Conditions.And(guard, exit.Guard) });
        foreach (var exit in no.Exits)
            exits.Add(yes.Falls ? exit with { Guard = Conditions.And(Conditions.Not(guard), exit.Guard) } : exit);
        _state = (yes.Falls, no.Falls) switch
        {
            (true, true) => Merge(guard, afterYes, afterNo),
            (true, false) => afterYes,
            _ => afterNo,
        };
        return new(exits.ToImmutable(), yes.Falls || no.Falls);
    }

    // A way that always leaves the function does so with one value, so that its condition is said once.
    Flow Gathered(Flow flow) =>
        flow.Falls || flow.Exits.Length < 2 || _inTry || flow.Exits.Any(e => e.Kind is not (ExitKind.Return or ExitKind.Raise)) ? flow
            : new([new(Conditions.True, ExitKind.Return, Returned(flow), Joined([.. flow.Exits[..^1].Select(e => (e.Guard, e.State))], flow.Exits[^1].State) ?? _state)], false);

    /// <summary>Takes exits of one kind out of a flow and lets each go through a block instead.</summary>
    /// <returns>What is left, and the states that came out of the blocks' ends with their conditions, in order.</returns>
    (ImmutableArray<Exit> Exits, ImmutableArray<(Predicate Guard, State State)> Fallen) Divert(ImmutableArray<Exit> exits, ExitKind kind, Func<Flow> through)
    {
        var left = ImmutableArray.CreateBuilder<Exit>();
        var fallen = ImmutableArray.CreateBuilder<(Predicate, State)>();
        var open = Conditions.True;
        foreach (var exit in exits)
        {
            var guard = Conditions.And(open, exit.Guard);
            if (exit.Kind != kind)
            {
                left.Add(exit with { Guard = guard });
                continue;
            }

            _state = exit.State;
            var flow = through();
            foreach (var inner in flow.Exits)
                left.Add(inner with { Guard = Conditions.And(guard, inner.Guard) });
            if (!flow.Falls)
                continue;
            fallen.Add((guard, _state));
            open = Conditions.And(open, Conditions.Not(exit.Guard));
        }

        return (left.ToImmutable(), fallen.ToImmutable());
    }

    // The states that came from several ends, the last one without a condition.
    static State? Joined(ImmutableArray<(Predicate Guard, State State)> fallen, State? last)
    {
        for (var i = fallen.Length - 1; i >= 0; i--)
            last = last is null ? fallen[i].State : Merge(fallen[i].Guard, fallen[i].State, last);
        return last;
    }

    /// <summary>What a function returns by the ways out of its body; falling off its end is None.</summary>
    static SymbolicValue Returned(Flow flow)
    {
        SymbolicValue value = flow.Falls || flow.Exits.IsEmpty ? SymbolicValue.None : flow.Exits[^1].Value;
        var last = flow.Falls ? flow.Exits.Length : flow.Exits.Length - 1;
        for (var i = last - 1; i >= 0; i--)
            value = Choose(flow.Exits[i].Guard, flow.Exits[i].Value, value);
        return value;
    }

    Flow Define(PythonStatement.Function function)
    {
        SymbolicValue value = new SymbolicValue.Function(function.Name, function.Parameters, new FunctionBody.Block(function.Body), _module)
        {
            Closure = Captured(),
            Defaults = DefaultsOf(function.Parameters),
        };
        foreach (var decorator in function.Decorators.Items.Reverse())
            value = Decorated(decorator, value);
        Bind(function.Name, value);
        return Flow.Through;
    }

    static SymbolicValue Decorated(PythonExpression decorator, SymbolicValue value) => decorator switch
    {
        PythonExpression.Name { Id: "staticmethod" } => value,
        PythonExpression.Name { Id: "property" } when value is SymbolicValue.Function function => function with { Name = PropertyPrefix + function.Name },
        _ => NoModel("a decorator"),
    };

    // The names of the enclosing function as they stand where a function is defined; a module's names are found through the module.
    ImmutableDictionary<string, SymbolicValue> Captured() => _depth == 0 ? Names.None : _closure.SetItems(_state.Locals);

    ImmutableDictionary<string, SymbolicValue> DefaultsOf(EquatableArray<PythonParameter> parameters) =>
        Names.None.SetItems(parameters.Items.Where(p => p.Default is not null).Select(p => KeyValuePair.Create(p.Name, Evaluate(p.Default ?? new PythonExpression.None()))));

    Flow Define(PythonStatement.Class type)
    {
        var before = _state;
        _state = _state with { Locals = Names.None };
        RunBlock(type.Body);
        var members = _state.Locals;
        _state = before;
        var bases = type.Arguments.Items.OfType<PythonArgument.Positional>().Select(a => Evaluate(a.Value)).ToImmutableArray();
        Bind(type.Name, new SymbolicValue.Class(type.Name, members) { Bases = bases });
        return Flow.Through;
    }
}
