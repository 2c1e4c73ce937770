using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Algebra.Predicates;

/// <summary>A boolean condition over one row: what every language's filter lowers to. This is the faithful form: it runs and translates.</summary>
/// <remarks>
/// Closed: the private constructor keeps every case in this file. Equality is structural and ignores where a node came from.
/// Connectives are always three-valued (plus error) and keep source order; a language's other logic is written into each test.
/// </remarks>
public abstract record Predicate
{
    Predicate() { }

    /// <summary>Where in the rule's own text this stands; <c>default</c> for nodes that lowering made up.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>How the rule wrote it, for people; null where that adds nothing.</summary>
    public Written? Written { get; init; }

    public virtual bool Equals(Predicate? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>True when every term is; true for no terms. Terms run in order and stop at the first false or error.</summary>
    public sealed record And(EquatableArray<Predicate> Terms) : Predicate;

    /// <summary>True when some term is; false for no terms. Terms run in order and stop at the first true or error.</summary>
    public sealed record Or(EquatableArray<Predicate> Terms) : Predicate;

    /// <summary>Kleene negation: unknown and error stay.</summary>
    public sealed record Not(Predicate Operand) : Predicate;

    public sealed record Constant(Truth Value) : Predicate;

    /// <summary>A subject meets one operand (two for <see cref="Match.Between"/>).</summary>
    public sealed record Test(Expression Subject, Match Match, EquatableArray<Expression> Operands, Semantics Semantics) : Predicate;

    /// <summary>A subject meets one member of a set: a list is one test. Same as the Or of its members' tests.</summary>
    public sealed record InSet(Expression Subject, ValueSet Set, Match Match, Semantics Semantics) : Predicate;

    /// <summary>The subject is in one of the named states of absence.</summary>
    public sealed record Absent(Expression Subject, Absence States) : Predicate;

    /// <summary>Some element of a collection meets the body; false for an empty or missing one.</summary>
    public sealed record Some(Expression Collection, string Variable, Predicate Body) : Predicate
    {
        /// <summary>An empty or missing collection counts as one element that is missing (YARA-L's copies of an event).</summary>
        public bool KeepsEmpty { get; init; }
    }

    /// <summary>Every element of a collection meets the body.</summary>
    public sealed record Every(Expression Collection, string Variable, Predicate Body) : Predicate
    {
        public Truth OnEmpty { get; init; } = Truth.True;
    }

    /// <summary>The expression is the value true; anything else is false, null is unknown.</summary>
    public sealed record IsTrue(Expression Value) : Predicate;

    /// <summary>The expression counts as true in a language's own sense (Python truthiness).</summary>
    public sealed record Truthy(Expression Value, Dialect Dialect) : Predicate;

    /// <summary>Computing the expression ends in an error: what a rule that handles errors asks. Never an error itself.</summary>
    public sealed record Fails(Expression Value) : Predicate;

    /// <summary>At least so many of the terms are true (<c>2 of selection_*</c>, <c>minimum_should_match</c>).</summary>
    public sealed record AtLeast(int Count, EquatableArray<Predicate> Terms) : Predicate;

    /// <summary>A construct that was read but has no model here: unknown, evaluated to both bounds; the catalog counts these.</summary>
    public sealed record Unsupported(string SourceText) : Predicate;
}

/// <summary>The words of the rule behind a node: for labels and messages, never for meaning.</summary>
/// <param name="Operator">The operator as written: <c>contains|all</c>, <c>1 of filter_*</c>, <c>!=</c>; empty where there is none.</param>
/// <param name="OperatorSpan">Where it stands.</param>
public sealed record Written(string Operator, SourceSpan OperatorSpan)
{
    /// <summary>What the rule calls this part, such as <c>filter_main_updater</c>; empty where it has no name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The operator itself says no (<c>!=</c>, <c>!has</c>): the node stands under a Not that the author did not write.</summary>
    public bool Negated { get; init; }
}

/// <summary>The states in which a field can be without a value; languages draw the line differently (SEMANTICS 1.2).</summary>
[Flags]
public enum Absence
{
    None = 0,

    /// <summary>No such path.</summary>
    Missing = 1,

    Null = 2,

    /// <summary>The empty text or the empty list.</summary>
    Empty = 4,
}

/// <summary>The members of an <see cref="Predicate.InSet"/>.</summary>
public abstract record ValueSet
{
    ValueSet() { }

    /// <summary>Where it stands in the rule's own text; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Where it stands in a text that the rule draws on; not part of equality.</summary>
    public Excerpt? Drawn { get; init; }

    public virtual bool Equals(ValueSet? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Members written in the rule, in source order.</summary>
    public sealed record List(EquatableArray<Expression> Items) : ValueSet;

    /// <summary>A named list outside the rule: a reference list, a lookup file, a placeholder.</summary>
    public sealed record Named(string Name) : ValueSet
    {
        /// <summary>The column of a lookup that holds the members; null for a plain list.</summary>
        public string? Column { get; init; }
    }

    /// <summary>A column of another plan's rows.</summary>
    public sealed record Subplan(Plan Plan, string Column) : ValueSet;
}
