using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rulescope.Algebra.Predicates;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>The order of two values.</summary>
static class ValueOrder
{
    /// <summary>Negative, zero or positive; null when the two have no order under this kind.</summary>
    public static int? Compare(EventValue left, EventValue right, OrderKind kind, Semantics semantics) => kind switch
    {
        OrderKind.Numeric => Numbers(left, right, semantics.Coerce) is var (a, b) ? a.CompareTo(b) : Instants(left, right),
        OrderKind.Text => TextOrder(left, right, semantics),
        OrderKind.Instant => Ticks(left) is { } a && Ticks(right) is { } b ? a.CompareTo(b) : Instants(left, right),
        OrderKind.ByType => Numbers(left, right, new Coercion.BooleanAsNumber()) is var (a, b) ? a.CompareTo(b) : Instants(left, right) ?? TextOrder(left, right, semantics with { Coerce = new Coercion.None() }),
        OrderKind.Auto => Numbers(left, right, new Coercion.ByNumberIfBoth()) is var (a, b) ? a.CompareTo(b) : Instants(left, right) ?? Addresses(left, right, semantics) ?? TextOrder(left, right, semantics),
        _ => throw new UnreachableException(kind.ToString()),
    };

    /// <summary>The order in which rows are sorted: numbers, times and flags by what they are, anything else as text.</summary>
    public static int Compare(EventValue left, EventValue right, Folding folding) => (left, right) switch
    {
        (EventValue.Bool a, EventValue.Bool b) => a.Value.CompareTo(b.Value),
        (EventValue.Instant a, EventValue.Instant b) => a.Ticks.CompareTo(b.Ticks),
        (EventValue.Duration a, EventValue.Duration b) => a.Ticks.CompareTo(b.Ticks),
        _ when Number(left, readsText: false) is { } a && Number(right, readsText: false) is { } b => a.CompareTo(b),
        _ => string.CompareOrdinal(Foldings.Apply(folding, left.AsText ?? ""), Foldings.Apply(folding, right.AsText ?? "")),
    };

    /// <summary>Both sides as numbers; text counts as one only where the coercion lets unlike types meet.</summary>
    public static (decimal Left, decimal Right)? Numbers(EventValue left, EventValue right, Coercion coercion)
    {
        var readsText = coercion is Coercion.ByNumberIfBoth or Coercion.ByText
            || (coercion is Coercion.ByMapping or Coercion.CastOrNull && !(left is EventValue.Text && right is EventValue.Text));
        if (coercion is Coercion.BooleanAsNumber)
            (left, right) = (FlagAsNumber(left), FlagAsNumber(right));
        return Number(left, readsText) is { } a && Number(right, readsText) is { } b ? (a, b) : null;
    }

    /// <summary>A point in time of an instant or of a text in ISO form; ticks UTC.</summary>
    public static long? Ticks(EventValue value) => value switch
    {
        EventValue.Instant instant => instant.Ticks,
        EventValue.Text text when DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.UtcTicks,
        _ => null,
    };

    static int? Instants(EventValue left, EventValue right) => (left, right) switch
    {
        (EventValue.Duration a, EventValue.Duration b) => a.Ticks.CompareTo(b.Ticks),
        (EventValue.Text, EventValue.Text) or (not (EventValue.Text or EventValue.Instant), _) or (_, not (EventValue.Text or EventValue.Instant)) => null,
        _ => Ticks(left) is { } a && Ticks(right) is { } b ? a.CompareTo(b) : null,
    };

    // Where the type of a field decides, two addresses are of a field of addresses: those of version 4 stand in their place among those of version 6.
    static int? Addresses(EventValue left, EventValue right, Semantics semantics) =>
        semantics.Coerce is Coercion.None or Coercion.ByMapping && Address(left) is { } a && Address(right) is { } b ? a.AsSpan().SequenceCompareTo(b) : null;

    static byte[]? Address(EventValue value) =>
        value is EventValue.Text { Value: var text } && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3) && IPAddress.TryParse(text, out var address)
            ? address.MapToIPv6().GetAddressBytes() : null;

    static int? TextOrder(EventValue left, EventValue right, Semantics semantics) =>
        left.AsText is { } a && right.AsText is { } b && (semantics.Coerce is not Coercion.None || (left is EventValue.Text && right is EventValue.Text))
            ? string.CompareOrdinal(Foldings.Apply(semantics.Fold, a), Foldings.Apply(semantics.Fold, b))
            : null;

    static EventValue FlagAsNumber(EventValue value) => value is EventValue.Bool flag ? new EventValue.Integer(flag.Value ? 1 : 0) : value;

    static decimal? Number(EventValue value, bool readsText) => value switch
    {
        EventValue.Integer number => number.Value,
        EventValue.Real { Value: > -1e28 and < 1e28 } number => (decimal)number.Value,
        EventValue.Text text when readsText && decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) => read,
        EventValue.Text text when readsText && text.Value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(text.Value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) => bits,
        _ => null,
    };
}
