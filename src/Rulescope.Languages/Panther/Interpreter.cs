using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>Runs Python over values that are partly known. One run of a function covers every event: where the way depends on the event, both ways are gone and joined by their condition.</summary>
/// <remarks>Mutable state is the names in sight and the budget; one interpreter reads one rule and is used by one thread.</remarks>
sealed partial class Interpreter
{
    const int MaxSteps = 60_000;
    const int MaxCallDepth = 24;
    const int MaxLoop = 1_000;

    /// <summary>Names in sight: of the running function, and of the rule's module.</summary>
    sealed record State(ImmutableDictionary<string, SymbolicValue> Locals, ImmutableDictionary<string, SymbolicValue> Globals)
    {
        /// <summary>Conditions that are decided on the way here: a choice by one of them is made. Known by identity.</summary>
        public ImmutableDictionary<Predicate, bool> Known { get; init; } = NothingKnown;

        public State Knowing(Predicate condition) => this with { Known = Learn(Known, condition, true) };

        static ImmutableDictionary<Predicate, bool> Learn(ImmutableDictionary<Predicate, bool> known, Predicate condition, bool holds) => (condition, holds) switch
        {
            (Predicate.Not not, _) => Learn(known, not.Operand, !holds),
            (Predicate.And and, true) => and.Terms.Items.Aggregate(known.SetItem(condition, holds), (k, term) => Learn(k, term, holds)),
            (Predicate.Or or, false) => or.Terms.Items.Aggregate(known.SetItem(condition, holds), (k, term) => Learn(k, term, holds)),
            (Predicate.Constant, _) => known,
            _ => known.SetItem(condition, holds),
        };
    }

    static readonly ImmutableDictionary<Predicate, bool> NothingKnown = ImmutableDictionary.Create<Predicate, bool>(ReferenceEqualityComparer.Instance);

    readonly ConditionalWeakTable<Predicate, string> _causes = [];
    readonly PantherLibrary _library;
    readonly ImmutableArray<string> _logTypes;
    readonly string _text;
    readonly ModuleScope _rule;

    State _state = new(Names.None, Names.None);
    ModuleScope _module;
    ImmutableDictionary<string, SymbolicValue> _closure = Names.None;
    SourceSpan _callSite;
    ImmutableHashSet<string> _globalNames = [];
    ImmutableHashSet<string> _loopVariables = [];
    int _steps;
    int _depth;
    bool _inTry;

    Interpreter(ModuleScope module, string text, PantherLibrary library, ImmutableArray<string> logTypes)
    {
        (_module, _rule, _text, _library, _logTypes) = (module, module, text, library, logTypes.IsDefault ? [] : logTypes);
    }

    /// <summary>An interpreter whose rule module has run, so that its functions can be called.</summary>
    public static Interpreter ForRule(PythonModule module, string text, PantherLibrary library, ImmutableArray<string> logTypes)
    {
        var interpreter = new Interpreter(new ModuleScope("", null), text, library, logTypes);
        interpreter.RunModule(module);
        return interpreter;
    }

    /// <summary>Runs a helper module and gives its names.</summary>
    public static ModuleScope Load(ModuleScope scope, PythonModule module, PantherLibrary library, ImmutableArray<string> logTypes)
    {
        new Interpreter(scope, "", library, logTypes).RunModule(module);
        return scope;
    }

    /// <summary>What a function of the rule's module returns for the event; null where there is no such function.</summary>
    public SymbolicValue? Call(string function) =>
        _state.Globals.GetValueOrDefault(function) is SymbolicValue.Function found ? Invoke(found, [new SymbolicValue.Event()], [], default) : null;

    /// <summary>Why a part was not read.</summary>
    public string CauseOf(Predicate.Unsupported part) => _causes.TryGetValue(part, out var cause) ? cause : "it has no model here";

    void RunModule(PythonModule module)
    {
        foreach (var statement in module.Body)
        {
            Run(statement);
            // At the level of a module the names of the function are those of the module.
            _state = new(Names.None, _state.Globals.SetItems(_state.Locals));
            _module.Members = _state.Globals;
        }
    }

    bool InRule => ReferenceEquals(_module, _rule) && _rule.IsRule;

    // Where a node stands in the rule's own text; for a helper's node, where the rule calls the helper.
    SourceSpan Place(PythonNode node) => InRule ? node.Span : _callSite;

    // Where a helper's node stands; null for the rule's own.
    Excerpt? Drawn(PythonNode node) => !InRule && _module.Source is { } source && node.Span.Length > 0 ? new(source, node.Span) : null;

    string TextAt(SourceSpan span) => span.Length > 0 && span.End <= _text.Length ? _text.Substring(span.Start, span.Length) : "";

    static SymbolicValue.Unknown NoModel(string what) => new($"{what} has no model here");

    Predicate Unread(PythonNode? node, string cause, SymbolicValue? value = null)
    {
        var span = node is null ? _callSite : Place(node);
        if (span.Length == 0 && value is SymbolicValue.Unknown unknown)
            span = unknown.Span;
        var unread = new Predicate.Unsupported(TextAt(span)) { Span = span };
        _causes.Add(unread, cause);
        return unread;
    }

    bool Step() => ++_steps <= MaxSteps;

    // The value of a name: of the function, of the enclosing ones, of the module, of Python.
    SymbolicValue Lookup(string name)
    {
        if (!_globalNames.Contains(name) && (_state.Locals.TryGetValue(name, out var value) || _closure.TryGetValue(name, out value)))
            return value;
        if (_state.Globals.TryGetValue(GlobalName(name), out value) || (!InRule && _module.Members.TryGetValue(name, out value)))
            return value;
        return Builtins.Contains(name) ? new SymbolicValue.Builtin(name) : new SymbolicValue.Unknown($"the name '{name}' has no value here");
    }

    void Bind(string name, SymbolicValue value) => _state = _globalNames.Contains(name)
        ? _state with { Globals = _state.Globals.SetItem(GlobalName(name), value) }
        : _state with { Locals = _state.Locals.SetItem(name, value) };

    // A helper's function may change a name of its own module; that stands beside the rule's names.
    string GlobalName(string name) => InRule ? name : $"{_module.Name}.{name}";

    // The names after two ways met again.
    static State Merge(Predicate guard, State then, State otherwise) =>
        ReferenceEquals(then, otherwise) ? then : new(Merge(guard, then.Locals, otherwise.Locals), Merge(guard, then.Globals, otherwise.Globals))
        {
            Known = ReferenceEquals(then.Known, otherwise.Known) ? then.Known
                : then.Known.RemoveRange(then.Known.Where(k => !otherwise.Known.TryGetValue(k.Key, out var held) || held != k.Value).Select(k => k.Key)),
        };

    static ImmutableDictionary<string, SymbolicValue> Merge(Predicate guard, ImmutableDictionary<string, SymbolicValue> then, ImmutableDictionary<string, SymbolicValue> otherwise)
    {
        if (ReferenceEquals(then, otherwise))
            return then;
        var merged = then;
        foreach (var (name, value) in otherwise)
        {
            if (!then.TryGetValue(name, out var other))
                merged = merged.SetItem(name, Choose(guard, Unbound, value));
            else if (!ReferenceEquals(value, other))
                merged = merged.SetItem(name, Choose(guard, other, value));
        }

        foreach (var (name, value) in then)
        {
            if (!otherwise.ContainsKey(name))
                merged = merged.SetItem(name, Choose(guard, value, Unbound));
        }

        return merged;
    }

    // Python raises where such a name is read.
    static SymbolicValue Unbound { get; } = new SymbolicValue.Raised();

    /// <summary>One value or another; equal sides and bools come together.</summary>
    static SymbolicValue Choose(Predicate guard, SymbolicValue then, SymbolicValue otherwise) => (guard, then, otherwise) switch
    {
        _ when Conditions.IsTrue(guard) || ReferenceEquals(then, otherwise) => then,
        _ when Conditions.IsFalse(guard) => otherwise,
        (_, SymbolicValue.Constant a, SymbolicValue.Constant b) when a.Value.Equals(b.Value) => a,
        (_, SymbolicValue.Instance a, SymbolicValue.Instance b) when ReferenceEquals(a.Type, b.Type) => a with { Members = Merge(guard, a.Members, b.Members) },
        _ when AsCondition(then) is { } a && AsCondition(otherwise) is { } b => new SymbolicValue.Condition(Conditions.Select(guard, a, b)),
        _ => new SymbolicValue.Choice(guard, then, otherwise),
    };

    // A bool as a predicate; null for anything else.
    static Predicate? AsCondition(SymbolicValue value) => value switch
    {
        SymbolicValue.Condition condition => condition.Value,
        SymbolicValue.Constant { Value: Literal.Boolean flag } => Conditions.Of(flag.Value),
        _ => null,
    };
}
