using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>What a rule checks, as the guide counts it: the reading form, derived from the faithful one and never executed.</summary>
/// <param name="Stages">The conditions of the plan in the order the events meet them.</param>
/// <param name="Observations">Every leaf, one per field, operator and value.</param>
/// <param name="Unread">What has no model; a rule without any is readable.</param>
public sealed record RuleReading(EquatableArray<ReadStage> Stages, EquatableArray<Observation> Observations, EquatableArray<Unread> Unread)
{
    public bool IsReadable => Unread.IsEmpty;
}

/// <summary>One condition of the plan.</summary>
public sealed record ReadStage(string Name, ReadNode Condition, EquatableArray<ExclusionClause> Exclusions)
{
    /// <summary>Where the events that meet it come from.</summary>
    public EquatableArray<LogSource> Sources { get; init; }
}

/// <summary>A clause that takes events out: the whole of it must hold, so no member of it may be copied alone.</summary>
/// <param name="Label">What the rule calls it (<c>filter_main_updater</c>), or empty.</param>
/// <param name="Condition">What is excluded, without the negation.</param>
public sealed record ExclusionClause(string Label, ReadNode Condition);

/// <summary>A place that has no model, with its text.</summary>
public sealed record Unread(string SourceText, SourceSpan Span);

/// <summary>A leaf of the reading, with one value.</summary>
/// <param name="Field">The field as the rule names it.</param>
/// <param name="Value">As shown; null where only presence is tested.</param>
/// <param name="MergeKey">Rows of equal keys are one row: the value, lower-cased where the test ignores case.</param>
/// <param name="Stage">Index into the reading's stages.</param>
/// <param name="Clause">Index into the stage's exclusions; -1 for an indicator.</param>
public sealed record Observation(string Field, ReadOperator Operator, string? Value, string? MergeKey, Side Side, int Stage, int Clause)
{
    /// <summary>What the field resolves by; null for a computed subject.</summary>
    public Reference? Target { get; init; }

    /// <summary>The subject is computed over several events.</summary>
    public bool IsThreshold { get; init; }

    /// <summary>The leaf stands under a negation but is no exclusion (one alternative among others).</summary>
    public bool IsNegated { get; init; }

    /// <summary>Where the value, or else the whole test, stands in the rule's text.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Where the value stands in a text that the rule draws on; not part of equality.</summary>
    public Excerpt? Drawn { get; init; }

    /// <summary>How the rule wrote the test, its modifiers among them; null where that adds nothing. Not part of equality.</summary>
    public Written? Written { get; init; }

    /// <summary>The tests that hold together with this one, in this and earlier stages; not part of equality.</summary>
    public ImmutableArray<ReadNode.Leaf> Beside { get; init; } = [];

    /// <summary>Where it stands among the others; not part of equality.</summary>
    public Place Place { get; init; } = new(Stage, [], []);

    public bool Equals(Observation? other) => other is not null
        && Field == other.Field && Operator == other.Operator && Value == other.Value && MergeKey == other.MergeKey
        && Side == other.Side && Stage == other.Stage && Clause == other.Clause && Equals(Target, other.Target)
        && IsThreshold == other.IsThreshold && IsNegated == other.IsNegated && Span == other.Span;

    public override int GetHashCode() => HashCode.Combine(Field, Operator, Value, Side, Stage, Clause, Span);
}

/// <summary>Which way a leaf counts (SPEC P01).</summary>
public enum Side
{
    Indicator,
    Exclusion,

    /// <summary>Under an even number of negations inside an exclusion: narrows it, shown inside its clause only.</summary>
    Guard,
}

/// <summary>A condition as people read it.</summary>
public abstract record ReadNode
{
    ReadNode() { }

    /// <summary>What the rule calls this part (a selection's name), or empty; for labels only.</summary>
    public string Label { get; init; } = "";

    public sealed record All(EquatableArray<ReadNode> Nodes) : ReadNode;

    public sealed record Any(EquatableArray<ReadNode> Nodes) : ReadNode;

    public sealed record Not(ReadNode Node) : ReadNode;

    /// <summary>A test of one field against no, one or several values.</summary>
    public sealed record Leaf(string Field, ReadOperator Operator, EquatableArray<ReadValue> Values) : ReadNode
    {
        public Reference? Target { get; init; }

        public bool IsThreshold { get; init; }

        /// <summary>The faithful node this was read from; it knows its place in the rule's text.</summary>
        public Predicate? Faithful { get; init; }
    }

    public sealed record Unsupported(string SourceText, SourceSpan Span) : ReadNode;
}

/// <summary>One value of a leaf.</summary>
/// <param name="Span">Where it stands in the rule's text, or where the rule draws on it.</param>
public sealed record ReadValue(string Text, string MergeKey, SourceSpan Span)
{
    /// <summary>The rule asks for it by the field's name alone: no value is written, and none makes a row (P02).</summary>
    public bool IsImplied { get; init; }

    /// <summary>Where it stands in a text that the rule draws on; null for one of the rule's own.</summary>
    public Excerpt? Drawn { get; init; }
}

/// <summary>The operators of the guide (SPEC P03).</summary>
public enum ReadOperator
{
    Eq,
    Ne,
    In,
    Contains,
    StartsWith,
    EndsWith,
    Wildcard,
    RegexMatch,
    Match,
    Cidr,
    Gt,
    Ge,
    Lt,
    Le,
    Exists,
    IsNull,
    IsNotNull,
    FieldRef,
    Has,
}

/// <summary>The operators' names, as the command line, the JSON and the pages spell them.</summary>
public static class ReadOperators
{
    public static string Word(this ReadOperator value) => value switch
    {
        ReadOperator.Eq => "eq",
        ReadOperator.Ne => "ne",
        ReadOperator.In => "in",
        ReadOperator.Contains => "contains",
        ReadOperator.StartsWith => "starts_with",
        ReadOperator.EndsWith => "ends_with",
        ReadOperator.Wildcard => "wildcard",
        ReadOperator.RegexMatch => "regex_match",
        ReadOperator.Match => "match",
        ReadOperator.Cidr => "cidr",
        ReadOperator.Gt => "gt",
        ReadOperator.Ge => "ge",
        ReadOperator.Lt => "lt",
        ReadOperator.Le => "le",
        ReadOperator.Exists => "exists",
        ReadOperator.IsNull => "is_null",
        ReadOperator.IsNotNull => "is_not_null",
        ReadOperator.FieldRef => "fieldref",
        ReadOperator.Has => "has",
        _ => throw new UnreachableException(value.ToString()),
    };

    /// <summary>The operator of a name, or null.</summary>
    public static ReadOperator? Parse(string word) =>
        Enum.GetValues<ReadOperator>().Cast<ReadOperator?>().FirstOrDefault(o => string.Equals(o?.Word(), word, StringComparison.Ordinal));
}
