using System.Buffers;
using System.Text.Json;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Readers;

/// <summary>The place in a stream of events.</summary>
sealed class JsonEventCursor(Stream stream, string source, JsonReadLimits limits)
{
    // Enough to see the name of an envelope with generous white space.
    const int EnvelopeBytes = 64;

    // 0x1E begins a record of a JSON text sequence.
    static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n,[\u001E"u8);

    readonly ByteWindow _window = new(stream, Math.Clamp(limits.MaxEventBytes, EnvelopeBytes, 512 * 1024 * 1024));
    long _line = 1;
    int _column;
    bool _begun;
    bool _inEnvelope;

    enum ObjectEnd
    {
        Complete,
        Broken,
        Cut,
        TooDeep,
        TooLarge,
    }

    /// <summary>The next event or finding; null at the end.</summary>
    public EventReading? Next()
    {
        while (true)
        {
            SkipSeparators();
            if (_window.IsDrained())
                return null;
            if (_window.Bytes[0] != (byte)'{')
                return Unexpected();
            if (OpenEnvelope())
                continue;

            var (end, length) = Measure();
            // The window may hold more than the limit; what counts must not depend on how the bytes arrive.
            if (end is ObjectEnd.Complete && length > limits.MaxEventBytes)
                end = ObjectEnd.TooLarge;
            return end is ObjectEnd.Complete ? Take(length) : Skip(end, length);
        }
    }

    EventReading Take(int length)
    {
        var reader = new Utf8JsonReader(_window.Bytes[..length], new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        reader.Read();
        var read = new Event(JsonValues.ReadObject(ref reader), source, _line);
        Advance(length);
        return EventReading.Of(read);
    }

    EventReading Unexpected()
    {
        var line = _line;
        var bytes = _window.Bytes;
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var shown = JsonValues.Lenient(bytes[..Math.Min(end < 0 ? bytes.Length : end, 40)]);
        SkipToEvent(int.MaxValue);
        return EventReading.Of(source, line, LogCodes.NotAnObject, shown, _line);
    }

    EventReading Skip(ObjectEnd end, int length)
    {
        var line = _line;
        var brokenAt = line + _window.Bytes[..Math.Min(length, _window.Count)].Count((byte)'\n');
        SkipToEvent(_column);
        return end switch
        {
            ObjectEnd.Cut => EventReading.Of(source, line, LogCodes.CutEvent, _line),
            ObjectEnd.TooDeep => EventReading.Of(source, line, LogCodes.TooDeep, limits.MaxDepth, _line),
            ObjectEnd.TooLarge => EventReading.Of(source, line, LogCodes.TooLarge, limits.MaxEventBytes, _line),
            _ => EventReading.Of(source, line, LogCodes.BrokenEvent, brokenAt, _line),
        };
    }

    // Finds the end of the object the window begins with; the state is kept between fills, so no byte is scanned twice.
    (ObjectEnd End, int Length) Measure()
    {
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var scanned = 0;
        while (true)
        {
            var reader = new Utf8JsonReader(_window.Bytes[scanned..], isFinalBlock: false, state);
            try
            {
                while (reader.Read())
                {
                    if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject })
                        return (ObjectEnd.Complete, scanned + (int)reader.BytesConsumed);
                }
            }
            catch (JsonException)
            {
                var failedAt = scanned + (int)reader.BytesConsumed;
                return (reader.CurrentDepth >= limits.MaxDepth - 1 && OpensAt(failedAt) ? ObjectEnd.TooDeep : ObjectEnd.Broken, failedAt);
            }

            scanned += (int)reader.BytesConsumed;
            state = reader.CurrentState;
            if (!_window.Fill())
                return (_window.AtEnd ? ObjectEnd.Cut : ObjectEnd.TooLarge, scanned);
        }
    }

    bool OpensAt(int place) => _window.Bytes[place..].TrimStart(" \t\r\n,:"u8) is [(byte)'{' or (byte)'[', ..];

    bool OpenEnvelope()
    {
        while (_window.Count < EnvelopeBytes && _window.Fill())
        {
        }

        var bytes = _window.Bytes[1..Math.Min(_window.Count, EnvelopeBytes)];
        var rest = bytes.TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith("\"Records\""u8) && !rest.StartsWith("\"records\""u8))
            return false;
        rest = rest["\"Records\"".Length..].TrimStart(" \t\r\n:"u8);
        if (rest is not [(byte)'[', .. var inner] || inner.TrimStart(" \t\r\n"u8) is not ([] or [(byte)'{' or (byte)']', ..]))
            return false;
        Advance(1 + bytes.Length - inner.Length);
        _inEnvelope = true;
        return true;
    }

    void SkipSeparators()
    {
        SkipByteOrderMark();
        while (!_window.IsDrained())
        {
            var stop = _window.Bytes.IndexOfAnyExcept(Separators);
            if (stop != 0)
            {
                Advance(stop < 0 ? _window.Count : stop);
                continue;
            }

            if (_window.Bytes[0] != (byte)']')
                return;
            Advance(1);
            if (_inEnvelope)
                CloseEnvelope();
        }
    }

    void SkipByteOrderMark()
    {
        if (_begun)
            return;
        _begun = true;
        while (_window.Count < 3 && _window.Fill())
        {
        }

        if (_window.Bytes.StartsWith("\uFEFF"u8))
            _window.Discard(3);
    }

    // What follows the list of an envelope up to its closing brace: a link to the next page and the like.
    void CloseEnvelope()
    {
        _inEnvelope = false;
        var depth = 1;
        var inText = false;
        var escaped = false;
        while (depth > 0 && !_window.IsDrained())
        {
            var current = _window.Bytes[0];
            Advance(1);
            if (inText)
            {
                inText = escaped || current != (byte)'"';
                escaped = !escaped && current == (byte)'\\';
                continue;
            }

            inText = current == (byte)'"';
            depth += current switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
        }
    }

    // Gives up the rest of this line and every line that does not open an object at this column or before it.
    void SkipToEvent(int column)
    {
        do
        {
            SkipLine();
            while (!_window.IsDrained() && _window.Bytes[0] is (byte)' ' or (byte)'\t' or (byte)',' or (byte)'[')
                Advance(1);
        }
        while (!_window.IsDrained() && (_window.Bytes[0] != (byte)'{' || _column > column));
    }

    void SkipLine()
    {
        while (!_window.IsDrained())
        {
            var end = _window.Bytes.IndexOf((byte)'\n');
            Advance(end < 0 ? _window.Count : end + 1);
            if (end >= 0)
                return;
        }
    }

    void Advance(int count)
    {
        var bytes = _window.Bytes[..count];
        var last = bytes.LastIndexOf((byte)'\n');
        _line += last < 0 ? 0 : bytes.Count((byte)'\n');
        _column = last < 0 ? _column + count : count - last - 1;
        _window.Discard(count);
    }
}
