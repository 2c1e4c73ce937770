using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>What is known of a value while a rule's Python is read: a constant, something computed from the event, or one of several by a condition.</summary>
/// <remarks>Values are immutable and never compared as a whole, so members may be of any kind; a method that changes its receiver gives the name a new value.</remarks>
abstract record SymbolicValue
{
    private protected SymbolicValue() { }

    public static SymbolicValue None { get; } = new Constant(new Literal.Null());

    public static SymbolicValue True { get; } = new Constant(new Literal.Boolean(true));

    public static SymbolicValue False { get; } = new Constant(new Literal.Boolean(false));

    public sealed record Constant(Literal Value) : SymbolicValue
    {
        /// <summary>Where it stands in the rule's own text, or where that calls the helper it is of; <c>default</c> for one of a module's own names.</summary>
        public SourceSpan Span { get; init; }

        /// <summary>Where it stands in a helper module; null for the rule's own.</summary>
        public Excerpt? Drawn { get; init; }

        /// <summary>The same as an expression.</summary>
        public Expression.Constant Expression => new(Value) { Span = Span, Drawn = Drawn };

        public bool IsNone => Value is Literal.Null;
    }

    /// <summary>A list, tuple or set whose members are known one by one.</summary>
    public sealed record Sequence(SequenceKind Kind, ImmutableArray<SymbolicValue> Items) : SymbolicValue;

    /// <summary>A dict whose keys are known; insertion order.</summary>
    public sealed record Dictionary(ImmutableArray<KeyValuePair<SymbolicValue, SymbolicValue>> Entries) : SymbolicValue;

    /// <summary>The event itself, with the methods the host gives it.</summary>
    public sealed record Event : SymbolicValue;

    /// <summary>A value computed from the event.</summary>
    public sealed record Computed(Expression Value) : SymbolicValue;

    /// <summary>A bool computed from the event.</summary>
    public sealed record Condition(Predicate Value) : SymbolicValue;

    /// <summary>One value or another.</summary>
    public sealed record Choice(Predicate Guard, SymbolicValue Then, SymbolicValue Else) : SymbolicValue
    {
        /// <summary>Made by <c>and</c>: the guard is the truth of <see cref="Else"/>, which therefore counts as false.</summary>
        public bool IsAnd { get; init; }

        /// <summary>Made by <c>or</c>: the guard is the truth of <see cref="Then"/>, which therefore counts as true.</summary>
        public bool IsOr { get; init; }
    }

    /// <summary>What a comprehension gives over a list of the event: an element for each item that meets the filter.</summary>
    public sealed record Selected(Expression Collection, string Variable, Predicate Filter, SymbolicValue Element) : SymbolicValue;

    /// <summary>The length of a selection.</summary>
    public sealed record Size(Selected Of) : SymbolicValue;

    /// <summary>A name that a loop over a list of the event changes, as it stands when an iteration begins.</summary>
    public sealed record Carried(string Name) : SymbolicValue;

    /// <summary>A carried list with one more element.</summary>
    public sealed record Appended(SymbolicValue Before, SymbolicValue Element) : SymbolicValue;

    public sealed record Function(string Name, EquatableArray<PythonParameter> Parameters, FunctionBody Body, ModuleScope Module) : SymbolicValue
    {
        /// <summary>The names of the enclosing function.</summary>
        public ImmutableDictionary<string, SymbolicValue> Closure { get; init; } = Names.None;

        /// <summary>The defaults of the parameters that have one, evaluated where the function stands.</summary>
        public ImmutableDictionary<string, SymbolicValue> Defaults { get; init; } = Names.None;

        /// <summary>The value that the first parameter takes, for a method of an instance.</summary>
        public SymbolicValue? Self { get; init; }

        /// <summary>The class a method was found in: where <c>super()</c> begins.</summary>
        public Class? Owner { get; init; }
    }

    public sealed record Class(string Name, ImmutableDictionary<string, SymbolicValue> Members) : SymbolicValue
    {
        public ImmutableArray<SymbolicValue> Bases { get; init; } = [];
    }

    /// <summary>What <c>super()</c> gives: the instance with the methods of the classes above.</summary>
    public sealed record Upper(Instance Self, Class Owner) : SymbolicValue;

    public sealed record Instance(Class Type, ImmutableDictionary<string, SymbolicValue> Members) : SymbolicValue;

    /// <summary>A function of Python, its library or the host: <c>any</c>, <c>re.search</c>, <c>panther_core.deep_get</c>.</summary>
    public sealed record Builtin(string Name) : SymbolicValue;

    /// <summary>A method of a value that is not called yet.</summary>
    public sealed record Method(SymbolicValue Receiver, string Name, PythonExpression Target) : SymbolicValue;

    /// <summary>A module of Python's library or one that is not at hand.</summary>
    public sealed record Library(string Name) : SymbolicValue;

    /// <summary>A helper module beside the rules.</summary>
    public sealed record Helper(ModuleScope Scope) : SymbolicValue;

    /// <summary>A regular expression, compiled or as text.</summary>
    public sealed record RegexPattern(SymbolicValue Text, string Flags) : SymbolicValue;

    /// <summary>What a search with a regular expression gives: a match object or None.</summary>
    public sealed record Found(SymbolicValue Text, RegexPattern Pattern, RegexAnchor Anchor) : SymbolicValue;

    /// <summary>An <c>ipaddress</c> address.</summary>
    public sealed record Address(SymbolicValue Text) : SymbolicValue;

    /// <summary>An <c>ipaddress</c> network.</summary>
    public sealed record Network(SymbolicValue Text) : SymbolicValue
    {
        public bool HostBits { get; init; }
    }

    /// <summary>An exception was raised instead.</summary>
    public sealed record Raised : SymbolicValue;

    /// <summary>What could not be read; the cause is said where it counts.</summary>
    public sealed record Unknown(string Cause) : SymbolicValue
    {
        /// <summary>The expression of the rule's own text that gave it.</summary>
        public SourceSpan Span { get; init; }
    }
}

enum SequenceKind
{
    List,
    Tuple,
    Set,
}

/// <summary>What a function runs.</summary>
abstract record FunctionBody
{
    FunctionBody() { }

    public sealed record Block(EquatableArray<PythonStatement> Statements) : FunctionBody;

    public sealed record Single(PythonExpression Value) : FunctionBody;
}

static class Names
{
    public static ImmutableDictionary<string, SymbolicValue> None { get; } = ImmutableDictionary.Create<string, SymbolicValue>(StringComparer.Ordinal);
}

/// <summary>The names of one module, with what they stand for once its statements have run.</summary>
/// <param name="name">How it is imported; empty for the rule's own module.</param>
/// <param name="source">Its file; null for the rule's own module.</param>
sealed class ModuleScope(string name, SourceText? source)
{
    public SourceText? Source => source;

    public string Name => name;

    public bool IsRule => name.Length == 0;

    public ImmutableDictionary<string, SymbolicValue> Members { get; set; } = Names.None;
}
