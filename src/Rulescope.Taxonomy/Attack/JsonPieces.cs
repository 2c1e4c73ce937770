using System.Text.Json;

namespace Rulescope.Taxonomy.Attack;

/// <summary>Why a JSON stream ended.</summary>
enum JsonEnd
{
    /// <summary>Not yet.</summary>
    None,

    /// <summary>It was read to its end.</summary>
    Complete,

    /// <summary>What follows is not JSON.</summary>
    NotJson,

    /// <summary>One value is larger than the limit.</summary>
    TooLarge,
}

/// <summary>
/// Hands out a large JSON file piece by piece: the properties of its root object, and the items of the root's <c>objects</c> and
/// <c>techniques</c> arrays (or of a root array) one at a time. Holds one piece in memory. Bad JSON ends it; only I/O throws.
/// </summary>
/// <param name="maxPiece">The most bytes one piece may have.</param>
sealed class JsonPieces(Stream stream, int maxPiece)
{
    const int FirstBuffer = 64 * 1024;
    const int MaxDepth = 64;

    byte[] _buffer = new byte[Math.Min(FirstBuffer, maxPiece)];
    int _start;
    int _end;
    bool _isFinal;
    long _consumed;
    Place _place = Place.Start;
    string _property = "";
    JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });

    enum Place
    {
        Start,
        Root,
        Value,
        Items,
        RootItems,
        Done,
    }

    enum Step
    {
        Token,
        Piece,
        NeedMore,
    }

    /// <summary>Why it ended; <see cref="JsonEnd.None"/> while pieces come.</summary>
    public JsonEnd End { get; private set; }

    /// <summary>How many bytes were read as whole tokens.</summary>
    public long Position => _consumed;

    /// <summary>The next piece, with the name of the root property it is of or in; null at the end. The caller disposes it.</summary>
    public (string Property, JsonDocument Value)? Next()
    {
        while (End == JsonEnd.None)
        {
            try
            {
                var step = TakeStep(out var value);
                if (step == Step.Piece && value is not null)
                    return (_property, value);
                if (step == Step.NeedMore && !Fill())
                    End = _isFinal ? _place == Place.Done ? JsonEnd.Complete : JsonEnd.NotJson : JsonEnd.TooLarge;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // The second one is a string that is not Unicode.
                End = JsonEnd.NotJson;
            }
        }

        return null;
    }

    Step TakeStep(out JsonDocument? value)
    {
        value = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        if (!reader.Read())
            return Step.NeedMore;
        var (place, property) = (_place, _property);
        switch (place, reader.TokenType)
        {
            case (Place.Start, JsonTokenType.StartObject):
                place = Place.Root;
                break;
            case (Place.Start, JsonTokenType.StartArray):
                place = Place.RootItems;
                break;
            case (Place.Root, JsonTokenType.PropertyName):
                property = reader.GetString() ?? "";
                place = Place.Value;
                break;
            case (Place.Root, JsonTokenType.EndObject) or (Place.RootItems, JsonTokenType.EndArray):
                place = Place.Done;
                break;
            case (Place.Items, JsonTokenType.EndArray):
                place = Place.Root;
                break;
            case (Place.Value, JsonTokenType.StartArray) when property is "objects" or "techniques":
                place = Place.Items;
                break;
            default:
                if (!JsonDocument.TryParseValue(ref reader, out value))
                    return Step.NeedMore;
                place = place switch { Place.Value => Place.Root, Place.Start => Place.Done, _ => place };
                break;
        }

        (_place, _property) = (place, property);
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        _consumed += reader.BytesConsumed;
        return value is null ? Step.Token : Step.Piece;
    }

    // False at the end of the stream, or when a piece would outgrow the limit.
    bool Fill()
    {
        if (_isFinal)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            if (_buffer.Length >= maxPiece)
                return false;
            Array.Resize(ref _buffer, (int)Math.Min(maxPiece, (long)_buffer.Length * 2));
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        var isFirst = _consumed == 0 && _end == 0;
        _isFinal = _end + read < _buffer.Length;
        _end += read;
        if (isFirst && _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            (_start, _consumed) = (3, 3);
        return true;
    }
}
