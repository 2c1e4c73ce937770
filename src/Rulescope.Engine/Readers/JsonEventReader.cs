namespace Rulescope.Engine.Readers;

/// <summary>What one event may be at most; what is more is a finding and is skipped.</summary>
public sealed record JsonReadLimits
{
    /// <summary>Levels of nesting.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Bytes of one event; at most 512 MiB.</summary>
    public int MaxEventBytes { get; init; } = 16 * 1024 * 1024;
}

/// <summary>Reads events from JSON, JSON Lines, concatenated or pretty-printed JSON, and arrays of events, in constant memory.</summary>
/// <remarks>
/// The form is told from the content: between events, whitespace, commas and square brackets are separators. The envelope of cloud
/// exports (<c>{"Records":[</c> or <c>{"records":[</c>) is opened. A broken event is a finding, and reading goes on at the next line
/// that opens an object no deeper than the broken one began, so that its inner objects are not taken for events.
/// </remarks>
public static class JsonEventReader
{
    /// <summary>The events and findings of a UTF-8 stream in their order. Never throws on content; errors of the stream itself pass through.</summary>
    public static IEnumerable<EventReading> Read(Stream stream, string source, JsonReadLimits? limits = null)
    {
        var cursor = new JsonEventCursor(stream, source, limits ?? new());
        while (cursor.Next() is { } reading)
            yield return reading;
    }
}
