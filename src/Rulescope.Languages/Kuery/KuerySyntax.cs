using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

public enum KueryComparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A kuery (Elastic's KQL) as written; parentheses are implied by the shape.</summary>
/// <remarks>Closed: the private constructor keeps every case here. Equality leaves <see cref="Span"/> out.</remarks>
public abstract record KuerySyntax
{
    KuerySyntax() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>The empty query, which every event matches.</summary>
    public sealed record Everything : KuerySyntax;

    public sealed record And(EquatableArray<KuerySyntax> Terms) : KuerySyntax;

    public sealed record Or(EquatableArray<KuerySyntax> Terms) : KuerySyntax;

    public sealed record Not(KuerySyntax Operand) : KuerySyntax;

    /// <summary><c>field: value</c>, <c>field: (a or b and not c)</c>; <c>field: *</c> asks whether the field exists.</summary>
    public sealed record Is(KueryValue Field, KueryTerm Term) : KuerySyntax;

    /// <summary><c>field >= 10</c>.</summary>
    public sealed record Range(KueryValue Field, KueryComparison Op, KueryValue Bound) : KuerySyntax;

    /// <summary><c>field: { a: 1 and b: 2 }</c>: one and the same object meets the query, whose fields are relative to the field.</summary>
    public sealed record Nested(KueryValue Field, KuerySyntax Query) : KuerySyntax;

    /// <summary>A value without a field, searched in all default fields.</summary>
    public sealed record Anywhere(KueryValue Value) : KuerySyntax;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : KuerySyntax;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(KuerySyntax? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>What stands behind a field's colon: a value, or values joined by <c>and</c>, <c>or</c>, <c>not</c>.</summary>
public abstract record KueryTerm
{
    KueryTerm() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    public sealed record One(KueryValue Value) : KueryTerm;

    public sealed record And(EquatableArray<KueryTerm> Terms) : KueryTerm;

    public sealed record Or(EquatableArray<KueryTerm> Terms) : KueryTerm;

    public sealed record Not(KueryTerm Operand) : KueryTerm;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : KueryTerm;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(KueryTerm? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A field name or a value, escapes resolved. Numbers and addresses are unquoted texts: the field's mapping decides.</summary>
public abstract record KueryValue
{
    KueryValue() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>In quotes: a phrase, in which <c>*</c> is a character like others.</summary>
    public sealed record Quoted(string Text) : KueryValue;

    /// <summary>Without quotes, possibly with spaces inside: on a text field any of the words matches.</summary>
    public sealed record Unquoted(string Text) : KueryValue;

    /// <summary>Without quotes and with wildcards: the literal parts between the <c>*</c>s, so <c>*</c> alone has two empty parts.</summary>
    public sealed record Pattern(EquatableArray<string> Parts) : KueryValue;

    public sealed record Boolean(bool Value) : KueryValue;

    public sealed record Null : KueryValue;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(KueryValue? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
