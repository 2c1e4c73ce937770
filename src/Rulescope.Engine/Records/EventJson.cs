using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Records;

/// <summary>Writes values as compact JSON; numbers as the log wrote them, missing members left out.</summary>
public static class EventJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    /// <summary>A value as one line of JSON.</summary>
    public static string Write(EventValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A value into a larger document.</summary>
    public static void Write(Utf8JsonWriter writer, EventValue value)
    {
        switch (value)
        {
            case EventValue.Object record:
                writer.WriteStartObject();
                foreach (var member in record.Members.Items.Where(m => m.Value is not EventValue.Missing))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case EventValue.Array list:
                writer.WriteStartArray();
                foreach (var item in list.Items.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case EventValue.Integer number:
                writer.WriteNumberValue(number.Value);
                break;
            case EventValue.Real number:
                writer.WriteRawValue(number.Written, skipInputValidation: true);
                break;
            case EventValue.Bool flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case EventValue.Missing or EventValue.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(value.AsText);
                break;
        }
    }
}
