using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>Functions of EQL over texts and numbers; null where an argument that counts is null or of another kind.</summary>
/// <remarks>Source: Elastic's EQL function reference. Endgame's texts are compared without regard to letter case, Elastic's where the name ends in <c>~</c>.</remarks>
static class EqlFunctions
{
    delegate EventValue Computed(ImmutableArray<EventValue> arguments, StringComparison comparison);

    static readonly FrozenDictionary<string, Computed> Known = new Dictionary<string, Computed>(StringComparer.Ordinal)
    {
        ["between"] = Between,
        ["indexof"] = IndexOf,
        ["number"] = (a, _) => Number(a),
        ["string"] = (a, _) => At(a, 0).AsText is { } text ? new EventValue.Text(text) : EventValue.NullValue,
        ["substring"] = (a, _) => Substring(a),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(Expression.Call call) => call.Dialect is Dialect.Eql or Dialect.Endgame && Known.ContainsKey(NameOf(call));

    public static EventValue Call(Expression.Call call, ImmutableArray<EventValue> arguments)
    {
        var folds = call.Dialect is Dialect.Endgame || call.Function.EndsWith('~');
        return Known[NameOf(call)](arguments, folds ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    static string NameOf(Expression.Call call) => call.Function.TrimEnd('~');

    static EventValue At(ImmutableArray<EventValue> arguments, int place) => place < arguments.Length ? arguments[place] : EventValue.Nothing;

    // The text behind the first "left" and before the next "right", or before the last one.
    static EventValue Between(ImmutableArray<EventValue> arguments, StringComparison comparison)
    {
        if ((At(arguments, 0), At(arguments, 1), At(arguments, 2)) is not (EventValue.Text { Value: var text }, EventValue.Text { Value: var left }, EventValue.Text { Value: var right }))
            return EventValue.NullValue;
        var start = text.IndexOf(left, comparison);
        if (start < 0)
            return EventValue.NullValue;
        var rest = text[(start + left.Length)..];
        var end = At(arguments, 3) is EventValue.Bool { Value: true } ? rest.LastIndexOf(right, comparison) : rest.IndexOf(right, comparison);
        return end < 0 ? EventValue.NullValue : new EventValue.Text(rest[..end]);
    }

    static EventValue IndexOf(ImmutableArray<EventValue> arguments, StringComparison comparison)
    {
        if ((At(arguments, 0), At(arguments, 1)) is not (EventValue.Text { Value: var text }, EventValue.Text { Value: var sought }))
            return EventValue.NullValue;
        var start = At(arguments, 2) is EventValue.Integer { Value: var given } ? Place(given, text.Length) : 0;
        var found = text.IndexOf(sought, start, comparison);
        return found < 0 ? EventValue.NullValue : new EventValue.Integer(found);
    }

    // Places count from the end where they are negative, and the end itself is left out.
    static EventValue Substring(ImmutableArray<EventValue> arguments)
    {
        if ((At(arguments, 0), At(arguments, 1)) is not (EventValue.Text { Value: var text }, EventValue.Integer { Value: var from }))
            return EventValue.NullValue;
        var start = Place(from, text.Length);
        var end = At(arguments, 2) is EventValue.Integer { Value: var until } ? Place(until, text.Length) : text.Length;
        return new EventValue.Text(start < end ? text[start..end] : "");
    }

    static int Place(long place, int length) => (int)Math.Clamp(place < 0 ? place + length : place, 0, length);

    static EventValue Number(ImmutableArray<EventValue> arguments)
    {
        if (At(arguments, 0) is not EventValue.Text { Value: var text })
            return At(arguments, 0) is EventValue.Integer or EventValue.Real ? arguments[0] : EventValue.NullValue;
        if (At(arguments, 1) is EventValue.Integer { Value: not 10 and var radix })
            return InBase(text, radix);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new EventValue.Integer(whole)
            : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? InBase(text, 16)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? EventValue.OfNumber(real)
            : EventValue.NullValue;
    }

    static EventValue InBase(string text, long radix)
    {
        var negative = text.StartsWith('-');
        var digits = text.AsSpan(negative ? 1 : 0);
        if (radix == 16 && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        if (digits.IsEmpty || radix is < 2 or > 36)
            return EventValue.NullValue;
        Int128 value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
            value = (value * radix) + digit;
            if (digit >= radix || value > long.MaxValue)
                return EventValue.NullValue;
        }

        return new EventValue.Integer((long)(negative ? -value : value));
    }
}
