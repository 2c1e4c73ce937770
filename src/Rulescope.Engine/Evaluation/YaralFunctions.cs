using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Algebra.Predicates;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>YARA-L's own functions on single values. An absent argument is the empty text or zero, and so is the result where there is none.</summary>
/// <remarks>Source: Google SecOps' list of YARA-L 2.0 functions (2026). Functions of the clock and of outside data are not run.</remarks>
static class YaralFunctions
{
    static readonly EventValue Empty = new EventValue.Text("");

    static readonly FrozenDictionary<string, Func<ImmutableArray<EventValue>, EventValue>> Known =
        new Dictionary<string, Func<ImmutableArray<EventValue>, EventValue>>(StringComparer.Ordinal)
        {
            ["to_lower"] = a => new EventValue.Text(Text(a, 0).ToLowerInvariant()),
            ["to_upper"] = a => new EventValue.Text(Text(a, 0).ToUpperInvariant()),
            ["concat"] = a => new EventValue.Text(string.Concat(a.Select(v => v.AsText))),
            ["strings.coalesce"] = a => a.FirstOrDefault(v => v.AsText is { Length: > 0 }) ?? Empty,
            ["strings.base64_decode"] = a => new EventValue.Text(Decoded(Text(a, 0))),
            ["strings.from_base64"] = a => new EventValue.Text(Decoded(Text(a, 0))),
            ["strings.count_substrings"] = a => new EventValue.Integer(Text(a, 1) is { Length: > 0 } part ? Text(a, 0).Split(part, StringSplitOptions.None).Length - 1 : 0),
            ["strings.trim"] = a => new EventValue.Text(Text(a, 0).Trim(Cut(a))),
            ["strings.ltrim"] = a => new EventValue.Text(Text(a, 0).TrimStart(Cut(a))),
            ["strings.rtrim"] = a => new EventValue.Text(Text(a, 0).TrimEnd(Cut(a))),
            ["strings.reverse"] = a => new EventValue.Text(Reversed(Text(a, 0))),
            ["strings.split"] = a => new EventValue.Array([.. Text(a, 0).Split(a.Length > 1 ? Text(a, 1) : ",", StringSplitOptions.None).Select(EventValue (t) => new EventValue.Text(t))]),
            ["strings.url_decode"] = a => new EventValue.Text(Uri.UnescapeDataString(Text(a, 0))),
            ["hash.sha256"] = a => new EventValue.Text(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(a, 0))))),
            ["re.capture"] = a => new EventValue.Text(Captured(a)),
            ["re.replace"] = a => new EventValue.Text(Replaced(a)),
            ["arrays.length"] = a => new EventValue.Integer(Items(a).Length),
            ["arrays.size"] = a => new EventValue.Integer(Items(a).Length),
            ["arrays.concat"] = a => new EventValue.Array([.. Items(a), .. Items([.. a.Skip(1)])]),
            ["arrays.join_string"] = a => new EventValue.Text(string.Join(Text(a, 1), Items(a).Select(v => v.AsText))),
            ["arrays.index_to_str"] = a => new EventValue.Text(At(a).AsText ?? ""),
            ["arrays.index_to_int"] = a => new EventValue.Integer((long)Number(At(a))),
            ["arrays.index_to_float"] = a => EventValue.OfNumber(Number(At(a))),
            ["arrays.max"] = a => EventValue.OfNumber(Items(a).Select(Number).DefaultIfEmpty().Max()),
            ["arrays.min"] = a => EventValue.OfNumber(Items(a).Select(Number).DefaultIfEmpty().Min()),
            ["cast.as_int"] = a => new EventValue.Integer(Number(a, 0) is > long.MinValue and < long.MaxValue and var number ? (long)number : 0),
            ["cast.as_float"] = a => EventValue.OfNumber(Number(a, 0)),
            ["cast.as_string"] = a => new EventValue.Text(Text(a, 0) is { Length: > 0 } text ? text : Text(a, 1)),
            ["cast.as_bool"] = a => new EventValue.Bool(Text(a, 0) is "true" or "1"),
            ["math.abs"] = a => Of(Math.Abs(Number(a, 0)), a),
            ["math.ceil"] = a => EventValue.OfNumber(Math.Ceiling(Number(a, 0))),
            ["math.floor"] = a => EventValue.OfNumber(Math.Floor(Number(a, 0))),
            ["math.sqrt"] = a => EventValue.OfNumber(Math.Sqrt(Number(a, 0))),
            ["math.pow"] = a => EventValue.OfNumber(Math.Pow(Number(a, 0), Number(a, 1))),
            ["math.log"] = a => EventValue.OfNumber(Math.Log(Number(a, 0))),
            ["timestamp.get_hour"] = a => new EventValue.Integer(Time(a).Hour),
            ["timestamp.get_minute"] = a => new EventValue.Integer(Time(a).Minute),
            // Sunday is one.
            ["timestamp.get_day_of_week"] = a => new EventValue.Integer((int)Time(a).DayOfWeek + 1),
            ["timestamp.get_date"] = a => new EventValue.Text(Time(a).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ["count"] = a => new EventValue.Integer(Items(a).Length),
            ["dcount"] = a => new EventValue.Integer(Items(a).Distinct().Count()),
            ["list"] = a => new EventValue.Array([.. Items(a)]),
            ["values"] = a => new EventValue.Array([.. Items(a).Distinct()]),
            ["max"] = a => Of(Items(a).Select(Number).DefaultIfEmpty().Max(), a),
            ["min"] = a => Of(Items(a).Select(Number).DefaultIfEmpty().Min(), a),
            ["sum"] = a => Of(Items(a).Sum(Number), a),
            ["avg"] = a => EventValue.OfNumber(Items(a).Select(Number).DefaultIfEmpty().Average()),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Func<ImmutableArray<EventValue>, EventValue>? Find(string function) => Known.GetValueOrDefault(function);

    static string Text(ImmutableArray<EventValue> arguments, int at) => at < arguments.Length ? arguments[at].AsText ?? "" : "";

    static double Number(ImmutableArray<EventValue> arguments, int at) => at < arguments.Length ? Number(arguments[at]) : 0;

    static double Number(EventValue value) => value switch
    {
        EventValue.Integer whole => whole.Value,
        EventValue.Real real => real.Value,
        { AsText: { } text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => 0,
    };

    // Whole numbers stay whole.
    static EventValue Of(double number, ImmutableArray<EventValue> arguments) =>
        double.IsInteger(number) && Math.Abs(number) < 1L << 53 && !arguments.Any(a => a is EventValue.Real) ? new EventValue.Integer((long)number) : EventValue.OfNumber(number);

    static ImmutableArray<EventValue> Items(ImmutableArray<EventValue> arguments) => arguments switch
    {
        [EventValue.Array list, ..] => list.Items.Items,
        [{ HasValue: true } single, ..] => [single],
        _ => [],
    };

    // A position from the end is negative.
    static EventValue At(ImmutableArray<EventValue> arguments)
    {
        var items = Items(arguments);
        var at = Number(arguments, 1);
        at = at < 0 ? items.Length + at : at;
        return at >= 0 && at < items.Length ? items[(int)at] : EventValue.Nothing;
    }

    static char[] Cut(ImmutableArray<EventValue> arguments) => arguments.Length > 1 ? [.. Text(arguments, 1)] : [' ', '\t', '\n', '\v', '\f', '\r'];

    static string Reversed(string text)
    {
        var runes = text.EnumerateRunes().Reverse();
        return string.Concat(runes.Select(r => r.ToString()));
    }

    static string Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    // The first group, or all of it where there is none.
    static string Captured(ImmutableArray<EventValue> arguments) => Compiled(Text(arguments, 1))?.Match(Text(arguments, 0)) switch
    {
        { Success: true, Groups.Count: > 1 } match => match.Groups[1].Value,
        { Success: true } match => match.Value,
        _ => "",
    };

    // RE2 refers to groups by a backslash.
    static string Replaced(ImmutableArray<EventValue> arguments)
    {
        var text = Text(arguments, 0);
        return Compiled(Text(arguments, 1))?.Replace(text, match => Expanded(match, Text(arguments, 2))) ?? text;
    }

    static string Expanded(System.Text.RegularExpressions.Match match, string replacement)
    {
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] == '\\' && i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1]))
                text.Append(match.Groups[replacement[++i] - '0'].Value);
            else
                text.Append(replacement[i]);
        }

        return text.ToString();
    }

    static System.Text.RegularExpressions.Regex? Compiled(string pattern) =>
        RegexTranslation.Translate(pattern, new Match.Regex(RegexDialect.Re2), new Folding.Ordinal()).Regex;

    static DateTimeOffset Time(ImmutableArray<EventValue> arguments)
    {
        var seconds = Math.Clamp(Number(arguments, 0), DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        var time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return Text(arguments, 1) is { Length: > 0 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(time, found) : time;
    }
}
