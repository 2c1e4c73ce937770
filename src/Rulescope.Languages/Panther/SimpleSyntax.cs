using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>A match expression of a simple detection or an inline filter: what stands under <c>Detection</c>, <c>InlineFilters</c>, <c>Expressions</c> and <c>Conditions</c>.</summary>
/// <remarks>Source: Panther's match expression reference and the JSON schema of panther_analysis_tool 1.x (2026-07).</remarks>
public abstract record SimpleExpression
{
    SimpleExpression() { }

    /// <summary>Where it stands in the YAML; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    public virtual bool Equals(SimpleExpression? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Several expressions under a combinator.</summary>
    public sealed record Combined(SimpleCombinator Combinator, EquatableArray<SimpleExpression> Terms) : SimpleExpression;

    /// <summary>A key against a value, the members of a list, or nothing where the condition needs no value.</summary>
    public sealed record KeyTest(SimpleKey Key, SimpleCondition Condition, EquatableArray<YamlNode.Scalar> Values) : SimpleExpression;

    /// <summary>A key against another key.</summary>
    public sealed record KeysTest(SimpleKey Left, SimpleCondition Condition, SimpleKey Right) : SimpleExpression;

    /// <summary>The elements of a list against expressions that all have to hold of one element.</summary>
    public sealed record Elements(SimpleKey Key, SimpleQuantifier Quantifier, EquatableArray<SimpleExpression> Expressions) : SimpleExpression;

    /// <summary><c>AlwaysTrue</c>, <c>AlwaysFalse</c>.</summary>
    public sealed record Absolute(bool Value) : SimpleExpression;

    /// <summary>What is not read; its text is kept.</summary>
    public sealed record Unread(string Text) : SimpleExpression;
}

/// <summary>Which value of the event an expression is about.</summary>
public abstract record SimpleKey
{
    SimpleKey() { }

    /// <summary>Where it stands in the YAML; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    public virtual bool Equals(SimpleKey? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary><c>Key: eventName</c>: one key, dots included.</summary>
    public sealed record Key(string Name) : SimpleKey;

    /// <summary><c>DeepKey: [a, b, 0]</c>; an element that is a number is a place in a list.</summary>
    public sealed record Deep(EquatableArray<YamlNode.Scalar> Steps) : SimpleKey;

    /// <summary><c>KeyPath: a.b[0].c[*].d</c>.</summary>
    public sealed record Path(string Text) : SimpleKey;

    /// <summary>A field of a lookup table's row for the value of a selector.</summary>
    public sealed record Enrichment(string Table, string Selector, string FieldPath) : SimpleKey;
}

/// <summary>How expressions are put together.</summary>
public enum SimpleCombinator
{
    All,
    Any,
    OnlyOne,
    None,
}

/// <summary>How many elements of a list have to meet the expressions.</summary>
public enum SimpleQuantifier
{
    AnyElement,
    AllElements,
    OnlyOneElement,
    NoElement,
}

/// <summary>What a condition asks; <see cref="SimpleCondition.Named"/> takes its name apart.</summary>
public enum SimpleTest
{
    Equal,
    StartsWith,
    EndsWith,
    Contains,
    Has,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    In,
    Exists,
    Null,
    NullOrEmpty,
    Address,
    AddressV4,
    AddressV6,
    PublicAddress,
    PrivateAddress,
    InNetwork,
}

/// <summary>A condition such as <c>DoesNotStartWith</c>.</summary>
/// <param name="Word">As written.</param>
public sealed record SimpleCondition(string Word, SimpleTest Test)
{
    /// <summary>Letter case does not count (<c>IEquals</c>).</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>The word says no (<c>DoesNotEqual</c>, <c>IsNotIn</c>).</summary>
    public bool Negated { get; init; }

    /// <summary>Where the word stands; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    public bool Equals(SimpleCondition? other) =>
        other is not null && string.Equals(Word, other.Word, StringComparison.Ordinal) && Test == other.Test && IgnoresCase == other.IgnoresCase && Negated == other.Negated;

    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Word), Test, IgnoresCase, Negated);

    /// <summary>The condition of a name, or null for a name that is none.</summary>
    public static SimpleCondition? Named(string word) => SimpleConditions.Find(word);
}
