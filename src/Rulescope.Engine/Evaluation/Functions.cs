using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>The functions that mean the same in every language; a dialect's own ones stand in files of their own, and one that is not known makes a rule refused.</summary>
static class Functions
{
    static readonly FrozenDictionary<string, Func<ImmutableArray<EventValue>, EventValue>> Known =
        new Dictionary<string, Func<ImmutableArray<EventValue>, EventValue>>(StringComparer.Ordinal)
        {
            ["lower"] = a => Text(a, t => t.ToLowerInvariant()),
            ["upper"] = a => Text(a, t => t.ToUpperInvariant()),
            ["to_lower"] = a => Text(a, t => t.ToLowerInvariant()),
            ["to_upper"] = a => Text(a, t => t.ToUpperInvariant()),
            ["trim"] = a => Text(a, t => t.Trim()),
            ["length"] = a => First(a) switch
            {
                EventValue.Array list => new EventValue.Integer(list.Items.Count),
                { AsText: { } text } => new EventValue.Integer(text.Length),
                _ => EventValue.NullValue,
            },
            ["concat"] = a => a.All(v => v.AsText is not null) ? new EventValue.Text(string.Concat(a.Select(v => v.AsText))) : EventValue.NullValue,
            ["minute"] = a => Part(a, t => t.Minute),
            ["hour"] = a => Part(a, t => t.Hour),
            ["day"] = a => Part(a, t => t.Day),
            ["week"] = a => Part(a, t => ISOWeek.GetWeekOfYear(t.DateTime)),
            ["month"] = a => Part(a, t => t.Month),
            ["year"] = a => Part(a, t => t.Year),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    // Kusto's trim cuts off what a pattern fits; Splunk's formats and number bases are not run.
    public static bool IsKnown(Expression.Call call) =>
        call.Dialect is Dialect.Python ? PythonFunctions.IsKnown(call)
            : (Find(call) is not null && call is not ({ Function: "trim", Dialect: Dialect.Kusto } or { Function: "tostring" or "tonumber", Dialect: Dialect.Spl, Arguments.Count: > 1 }))
                || EqlFunctions.IsKnown(call);

    /// <summary>The value of a known function; null where the arguments are not what it takes, an error where the language raises one.</summary>
    public static Evaluated Call(Expression.Call call, ImmutableArray<EventValue> arguments) =>
        call.Dialect is Dialect.Python ? PythonFunctions.Call(call.Function, arguments)
            : Find(call) is { } found ? found(arguments) : EqlFunctions.Call(call, arguments);

    static Func<ImmutableArray<EventValue>, EventValue>? Find(Expression.Call call) =>
        call.Dialect switch
        {
            Dialect.Kusto => KustoFunctions.Find(call.Function),
            Dialect.Spl => SplFunctions.Find(call.Function),
            Dialect.YaraL => YaralFunctions.Find(call.Function),
            _ => null,
        }
        ?? Known.GetValueOrDefault(call.Function);

    static EventValue First(ImmutableArray<EventValue> arguments) => arguments.IsEmpty ? EventValue.Nothing : arguments[0];

    // A list gives a list: the test behind it says what several values mean.
    static EventValue Text(ImmutableArray<EventValue> arguments, Func<string, string> change) => First(arguments) switch
    {
        EventValue.Array list => new EventValue.Array([.. list.Items.Items.Select(i => Text([i], change))]),
        { AsText: { } text } => new EventValue.Text(change(text)),
        var other => other.HasValue ? EventValue.NullValue : other,
    };

    // Parts of a time as it is written: no zone is converted.
    static EventValue Part(ImmutableArray<EventValue> arguments, Func<DateTimeOffset, int> part) => First(arguments) switch
    {
        EventValue.Instant instant => new EventValue.Integer(part(new DateTimeOffset(instant.Ticks, TimeSpan.Zero))),
        EventValue.Text text when DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new EventValue.Integer(part(time)),
        var other => other.HasValue ? EventValue.NullValue : other,
    };
}
