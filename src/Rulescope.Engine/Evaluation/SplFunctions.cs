using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>Splunk's own functions on single values (Search Reference 9.4, evaluation functions); null where an argument is null or not what a function takes.</summary>
static class SplFunctions
{
    static readonly FrozenDictionary<string, Func<ImmutableArray<EventValue>, EventValue>> Known =
        new Dictionary<string, Func<ImmutableArray<EventValue>, EventValue>>(StringComparer.Ordinal)
        {
            ["mvcount"] = a => Values(a, 0) is { IsEmpty: false } values ? new EventValue.Integer(values.Length) : EventValue.NullValue,
            ["mvindex"] = Index,
            ["mvjoin"] = a => Values(a, 0) is { IsEmpty: false } values && Text(a, 1) is { } between ? new EventValue.Text(string.Join(between, values.Select(v => v.AsText))) : EventValue.NullValue,
            ["mvappend"] = a => List([.. a.SelectMany((_, i) => Values(a, i))]),
            ["mvdedup"] = a => List([.. Values(a, 0).Distinct()]),
            ["mvsort"] = a => List([.. Values(a, 0).OrderBy(v => v.AsText, StringComparer.Ordinal)]),
            ["split"] = Split,
            ["substr"] = Substring,
            ["ltrim"] = a => Trimmed(a, (text, cut) => text.TrimStart(cut)),
            ["rtrim"] = a => Trimmed(a, (text, cut) => text.TrimEnd(cut)),
            ["trim"] = a => Trimmed(a, (text, cut) => text.Trim(cut)),
            ["tonumber"] = a => a.Length == 1 && Number(a, 0) is { } number ? Of(number) : EventValue.NullValue,
            ["tostring"] = ToText,
            ["abs"] = a => Number(a, 0) is { } number ? Of(Math.Abs(number)) : EventValue.NullValue,
            ["floor"] = a => Number(a, 0) is { } number ? Of(Math.Floor(number)) : EventValue.NullValue,
            ["ceiling"] = Ceiling,
            ["ceil"] = Ceiling,
            ["sqrt"] = a => Number(a, 0) is { } number and >= 0 ? Of(Math.Sqrt(number)) : EventValue.NullValue,
            ["pow"] = a => Number(a, 0) is { } number && Number(a, 1) is { } power ? Of(Math.Pow(number, power)) : EventValue.NullValue,
            ["isnum"] = a => Is(a, v => Number([v], 0) is not null),
            ["isint"] = a => Is(a, v => Number([v], 0) is { } number && double.IsInteger(number)),
            ["isstr"] = a => Is(a, v => v is EventValue.Text && Number([v], 0) is null),
            ["isbool"] = a => Is(a, v => v is EventValue.Bool),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Func<ImmutableArray<EventValue>, EventValue>? Find(string function) => Known.GetValueOrDefault(function);

    // One value is a list of one; nothing is the empty list.
    static ImmutableArray<EventValue> Values(ImmutableArray<EventValue> arguments, int at) => at >= arguments.Length ? [] : arguments[at] switch
    {
        EventValue.Array list => [.. list.Items],
        { HasValue: true } value => [value],
        _ => [],
    };

    static EventValue List(ImmutableArray<EventValue> values) => values switch
    {
        [] => EventValue.NullValue,
        [var only] => only,
        _ => new EventValue.Array(values),
    };

    static string? Text(ImmutableArray<EventValue> arguments, int at) => at < arguments.Length ? arguments[at].AsText : null;

    static double? Number(ImmutableArray<EventValue> arguments, int at) => at >= arguments.Length ? null : arguments[at] switch
    {
        EventValue.Integer number => number.Value,
        EventValue.Real number => number.Value,
        EventValue.Text text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    static EventValue Of(double number) =>
        double.IsInteger(number) && Math.Abs(number) < 1L << 53 ? new EventValue.Integer((long)number) : double.IsFinite(number) ? EventValue.OfNumber(number) : EventValue.NullValue;

    static EventValue Ceiling(ImmutableArray<EventValue> arguments) => Number(arguments, 0) is { } number ? Of(Math.Ceiling(number)) : EventValue.NullValue;

    static EventValue Is(ImmutableArray<EventValue> arguments, Func<EventValue, bool> test) => new EventValue.Bool(arguments is [{ HasValue: true } value] && test(value));

    // From a position, or from one to another, both included; negative ones count from the end.
    static EventValue Index(ImmutableArray<EventValue> arguments)
    {
        var values = Values(arguments, 0);
        if (Number(arguments, 1) is not { } first)
            return EventValue.NullValue;
        var (start, end) = (At(first), At(arguments.Length > 2 ? Number(arguments, 2) ?? first : first));
        return start < 0 || end < start || end >= values.Length ? EventValue.NullValue : List([.. values[(int)start..((int)end + 1)]]);

        double At(double position) => Math.Floor(position) < 0 ? Math.Floor(position) + values.Length : Math.Floor(position);
    }

    // An empty delimiter parts every character.
    static EventValue Split(ImmutableArray<EventValue> arguments) => (Text(arguments, 0), Text(arguments, 1)) switch
    {
        ({ } text, "") => List([.. text.Select(EventValue (c) => new EventValue.Text(c.ToString()))]),
        ({ } text, { } between) => List([.. text.Split(between).Select(EventValue (part) => new EventValue.Text(part))]),
        _ => EventValue.NullValue,
    };

    // Positions begin at 1; negative ones count from the end.
    static EventValue Substring(ImmutableArray<EventValue> arguments)
    {
        if (Text(arguments, 0) is not { } text || Number(arguments, 1) is not { } first)
            return EventValue.NullValue;
        var start = (int)Math.Clamp(first < 0 ? text.Length + first : first - 1, 0, text.Length);
        var length = arguments.Length > 2 ? Number(arguments, 2) is { } given ? (int)Math.Clamp(given, 0, text.Length - start) : 0 : text.Length - start;
        return new EventValue.Text(text.Substring(start, length));
    }

    static EventValue Trimmed(ImmutableArray<EventValue> arguments, Func<string, char[], string> trim) => (Text(arguments, 0), arguments.Length) switch
    {
        ({ } text, 1) => new EventValue.Text(trim(text, [' ', '\t'])),
        ({ } text, 2) when Text(arguments, 1) is { } cut => new EventValue.Text(trim(text, cut.ToCharArray())),
        _ => EventValue.NullValue,
    };

    // A second argument asks for a format of its own, which is not kept here.
    static EventValue ToText(ImmutableArray<EventValue> arguments) => arguments switch
    {
        [EventValue.Bool flag] => new EventValue.Text(flag.Value ? "True" : "False"),
        [{ AsText: { } text }] => new EventValue.Text(text),
        _ => EventValue.NullValue,
    };
}
