using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;

namespace Rulescope.Engine.Evaluation;

/// <summary>Python's conversions between types, and what it says of a value's type.</summary>
static class PythonValues
{
    public static IEnumerable<KeyValuePair<string, PythonFunction>> Known { get; } = new Dictionary<string, PythonFunction>(StringComparer.Ordinal)
    {
        ["str"] = a => a.Length == 1 ? new EventValue.Text(Shown(a[0])) : Evaluated.Failed,
        ["repr"] = a => a.Length == 1 ? new EventValue.Text(Repr(a[0], 0)) : Evaluated.Failed,
        ["int"] = a => a is [EventValue.Text digits, EventValue.Integer radix] ? InBase(digits.Value, radix.Value) : a.Length == 1 ? Whole(a[0]) : Evaluated.Failed,
        ["float"] = a => a.Length == 1 && Number(a[0]) is { } number ? EventValue.OfNumber(number) : Evaluated.Failed,
        ["abs"] = a => a switch
        {
            [EventValue.Integer { Value: > long.MinValue and var whole }] => new EventValue.Integer(Math.Abs(whole)),
            [EventValue.Real real] => EventValue.OfNumber(Math.Abs(real.Value)),
            _ => Evaluated.Failed,
        },
        ["concat"] = a => new EventValue.Text(string.Concat(a.Select(Shown))),
        ["isinstance"] = a => a.Length > 1 ? new EventValue.Bool(a.Skip(1).Any(type => IsA(a[0], type.AsText))) : Evaluated.Failed,
        ["type_name"] = a => a.Length == 1 ? new EventValue.Text(TypeName(a[0])) : Evaluated.Failed,
        ["parse_json"] = ParseJson,
        ["to_json"] = a => a.Length == 1 ? new EventValue.Text(EventJson.Write(a[0])) : Evaluated.Failed,
    };

    /// <summary>Python's equality: numbers by size, true as 1, texts by their characters, containers by their members.</summary>
    public static bool Same(EventValue left, EventValue right) => (left, right) switch
    {
        (EventValue.Missing or EventValue.Null, _) or (_, EventValue.Missing or EventValue.Null) => left is EventValue.Missing or EventValue.Null && right is EventValue.Missing or EventValue.Null,
        (EventValue.Text a, EventValue.Text b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (EventValue.Array a, EventValue.Array b) => a.Items.Count == b.Items.Count && a.Items.Items.Zip(b.Items.Items, Same).All(same => same),
        (EventValue.Object a, EventValue.Object b) => a.Members.Count == b.Members.Count && a.Members.Items.All(m => b[m.Name] is not EventValue.Missing and var other && Same(m.Value, other)),
        _ => Real(left) is { } a && Real(right) is { } b && a.Equals(b),
    };

    /// <summary>What <c>str()</c> gives.</summary>
    public static string Shown(EventValue value) => value is EventValue.Text text ? text.Value : Repr(value, 0);

    public static bool IsA(EventValue value, string? type) => (type, value) switch
    {
        ("str", EventValue.Text) or ("bool", EventValue.Bool) or ("float", EventValue.Real) or ("int", EventValue.Integer or EventValue.Bool) => true,
        ("list" or "Sequence" or "ImmutableList", EventValue.Array) or ("Sequence", EventValue.Text) => true,
        ("dict" or "Mapping" or "ImmutableCaseInsensitiveDict", EventValue.Object) => true,
        ("Iterable" or "Collection", EventValue.Text or EventValue.Array or EventValue.Object) => true,
        ("NoneType", EventValue.Null or EventValue.Missing) or ("object", _) => true,
        _ => false,
    };

    static string TypeName(EventValue value) => value switch
    {
        EventValue.Text => "str",
        EventValue.Bool => "bool",
        EventValue.Integer => "int",
        EventValue.Real => "float",
        EventValue.Array => "list",
        EventValue.Object => "dict",
        EventValue.Instant => "datetime",
        EventValue.Duration => "timedelta",
        _ => "NoneType",
    };

    static double? Real(EventValue value) => value switch
    {
        EventValue.Bool flag => flag.Value ? 1 : 0,
        EventValue.Integer whole => whole.Value,
        EventValue.Real real => real.Value,
        _ => null,
    };

    static double? Number(EventValue value) => value is EventValue.Text text
        ? double.TryParse(text.Value.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null
        : Real(value);

    static Evaluated Whole(EventValue value) => value switch
    {
        EventValue.Text text => long.TryParse(text.Value.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new EventValue.Integer(whole) : Evaluated.Failed,
        EventValue.Real { Value: > -9e18 and < 9e18 } real => new EventValue.Integer((long)Math.Truncate(real.Value)),
        EventValue.Bool flag => new EventValue.Integer(flag.Value ? 1 : 0),
        EventValue.Integer => value,
        _ => Evaluated.Failed,
    };

    static Evaluated InBase(string text, long radix)
    {
        var digits = text.Trim().TrimStart('+');
        if (radix == 16 && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        if (radix is < 2 or > 36 || digits.Length == 0)
            return Evaluated.Failed;
        Int128 value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
            value = (value * radix) + digit;
            if (digit >= radix || value > long.MaxValue)
                return Evaluated.Failed;
        }

        return new EventValue.Integer((long)value);
    }

    static Evaluated ParseJson(ImmutableArray<EventValue> arguments)
    {
        if (arguments is not [EventValue.Text text])
            return Evaluated.Failed;
        // The reader takes objects, so a bare value is read as the only member of one.
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"{{\"v\":{text.Value}}}"));
        return JsonEventReader.Read(stream, "").Take(2).ToList() is [{ Event.Content: { Members.Count: 1 } content }] ? content["v"] : Evaluated.Failed;
    }

    const int MaxDepth = 64;

    static string Repr(EventValue value, int depth) => value switch
    {
        _ when depth > MaxDepth => "...",
        EventValue.Text text => Quoted(text.Value),
        EventValue.Bool flag => flag.Value ? "True" : "False",
        EventValue.Real real => Real(real),
        EventValue.Array list => $"[{string.Join(", ", list.Items.Items.Select(i => Repr(i, depth + 1)))}]",
        EventValue.Object record => $"{{{string.Join(", ", record.Members.Items.Select(m => $"{Quoted(m.Name)}: {Repr(m.Value, depth + 1)}"))}}}",
        _ => value.AsText ?? "None",
    };

    static string Real(EventValue.Real real)
    {
        var text = real.Value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') >= 0 || double.IsInfinity(real.Value) ? text.Replace("E", "e", StringComparison.Ordinal) : text + ".0";
    }

    static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\\' => quoted.Append(@"\\"),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }
}
