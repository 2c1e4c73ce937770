using Rulescope.Text;

namespace Rulescope.Catalog.Guide;

/// <summary>One observation of a rule of the technique, as read from the catalog.</summary>
/// <param name="Clause">Null for an indicator.</param>
sealed record Seen(string Rule, string Vendor, SeenRow Row, string Operator, string? Value, string Side, string Role, NativeName Native, ClauseText? Clause)
{
    public string Field => Row.Field.Name;

    public string Owner => Row.Field.Owner;

    public string Kind => Row.Kind;

    public long? Key => Row.Key;

    public int Reach => Row.Reach;

    /// <summary>The rule asks for the opposite, as one of several alternatives.</summary>
    public bool IsNegated { get; init; }

    public int Stage { get; init; }

    /// <summary>Where in the rule's tree it stands: a <see cref="Rulescope.Algebra.Reading.Place.Text"/>.</summary>
    public string Place { get; init; } = "";

    /// <summary>Where in the rule's own text; empty where it has no place there.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>How the rule writes the value; null where it is found there as it is.</summary>
    public WrittenValue? Written { get; init; }
}

/// <summary>What tests meet by. Within one guide equal is the same instance.</summary>
/// <param name="key">Null where only presence is tested.</param>
/// <param name="reach">Live rules of the whole catalog with it.</param>
sealed class SeenRow(SeenField field, string kind, long? key, int reach)
{
    public SeenField Field { get; } = field;

    public string Kind { get; } = kind;

    public long? Key { get; } = key;

    public int Reach { get; } = reach;
}

/// <summary>A field of the catalog. Within one guide equal is the same instance.</summary>
sealed class SeenField(string name, string owner)
{
    public string Name { get; } = name;

    public string Owner { get; } = owner;
}
