using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Readers;

/// <summary>JSON tokens to event values. The input was measured before, so its grammar and depth are known to be good.</summary>
static class JsonValues
{
    /// <summary>The object whose opening brace is the current token.</summary>
    public static EventValue.Object ReadObject(ref Utf8JsonReader reader)
    {
        var members = ImmutableArray.CreateBuilder<EventValue.Member>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = TextOf(in reader);
            reader.Read();
            members.Add(new(name, ReadValue(ref reader)));
        }

        return new(members.ToImmutable());
    }

    /// <summary>Bytes as text, with U+FFFD for what is not UTF-8: logs hold anything.</summary>
    public static string Lenient(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    static EventValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.String => new EventValue.Text(TextOf(in reader)),
        JsonTokenType.Number => NumberOf(in reader),
        JsonTokenType.True => new EventValue.Bool(true),
        JsonTokenType.False => new EventValue.Bool(false),
        _ => EventValue.NullValue,
    };

    static EventValue.Array ReadArray(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<EventValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader));
        return new(items.ToImmutable());
    }

    static EventValue NumberOf(ref readonly Utf8JsonReader reader)
    {
        var written = Lenient(reader.ValueSpan);
        // "-0" and "1e3" are no integers as text goes.
        if (reader.TryGetInt64(out var whole) && string.Equals(whole.ToString(CultureInfo.InvariantCulture), written, StringComparison.Ordinal))
            return new EventValue.Integer(whole);
        return new EventValue.Real(double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture), written);
    }

    static string TextOf(ref readonly Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescape(Lenient(reader.ValueSpan)) : Lenient(reader.ValueSpan);

    // By hand, since the reader refuses what logs do hold: bytes that are not UTF-8 and halves of surrogate pairs.
    static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u' && i + 4 < text.Length)
            {
                result.Append(CodeUnit(text.AsSpan(i + 1, 4)));
                i += 4;
            }
            else
            {
                result.Append(text[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return result.ToString();
    }

    static char CodeUnit(ReadOnlySpan<char> digits) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\uFFFD';
}
