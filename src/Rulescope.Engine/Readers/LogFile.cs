using System.IO.Compression;
using System.Text;

namespace Rulescope.Engine.Readers;

/// <summary>Opens logs: plain, gzipped or inside a zip archive (one container may hold another), told from their first bytes.</summary>
public static class LogFile
{
    const int MaxContainers = 2;

    /// <summary>The events and findings of a stream; what it holds decides how it is read. Damage is a finding and ends this log only.</summary>
    /// <param name="stream">A zip archive needs a stream that can seek; another is copied to a temporary file first.</param>
    public static IEnumerable<EventReading> Read(Stream stream, string source, JsonReadLimits? limits = null) =>
        Guarded(Open(stream, source, limits, 0), source);

    static IEnumerable<EventReading> Open(Stream stream, string source, JsonReadLimits? limits, int containers)
    {
        var (head, whole) = Peek(stream);
        var compressed = head is [0x1F, 0x8B, ..];
        var archive = head is [(byte)'P', (byte)'K', 3 or 5, 4 or 6];
        IEnumerable<EventReading> readings = (compressed || archive) && containers >= MaxContainers
            ? [EventReading.Of(source, 1, LogCodes.NestedTooDeep, source, MaxContainers)]
            : compressed ? Open(new GZipStream(whole, CompressionMode.Decompress), source, limits, containers + 1)
            : archive ? Members(whole, source, limits, containers + 1)
            : JsonEventReader.Read(AsUtf8(head, whole), source, limits);
        foreach (var reading in readings)
            yield return reading;
    }

    static IEnumerable<EventReading> Members(Stream stream, string source, JsonReadLimits? limits, int containers)
    {
        using var seekable = Seekable(stream);
        using var archive = new ZipArchive(seekable, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries.Where(e => e.Length > 0))
        {
            using var content = entry.Open();
            var name = $"{source}/{entry.FullName}";
            foreach (var reading in Guarded(Open(content, name, limits, containers), name))
                yield return reading;
        }
    }

    static IEnumerable<EventReading> Guarded(IEnumerable<EventReading> readings, string source)
    {
        using var steps = readings.GetEnumerator();
        while (Step(steps, source, out var more) is { } reading)
        {
            yield return reading;
            if (!more)
                yield break;
        }
    }

    static EventReading? Step(IEnumerator<EventReading> steps, string source, out bool more)
    {
        more = true;
        try
        {
            return steps.MoveNext() ? steps.Current : null;
        }
        catch (Exception problem) when (problem is InvalidDataException or NotSupportedException)
        {
            more = false;
            return EventReading.Of(source, 1, LogCodes.BadContainer, source, problem.Message);
        }
        catch (IOException problem)
        {
            more = false;
            return EventReading.Of(source, 1, LogCodes.CannotRead, source, problem.Message);
        }
    }

    static Stream Seekable(Stream stream)
    {
        if (stream.CanSeek)
            return stream;
        var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    // Windows tools write UTF-16 with a byte order mark.
    static Stream AsUtf8(byte[] head, Stream whole) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.CreateTranscodingStream(whole, Encoding.Unicode, Encoding.UTF8),
        [0xFE, 0xFF, ..] => Encoding.CreateTranscodingStream(whole, Encoding.BigEndianUnicode, Encoding.UTF8),
        _ => whole,
    };

    static (byte[] Head, Stream Whole) Peek(Stream stream)
    {
        var head = new byte[4];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (!stream.CanSeek)
            return (head, new PrefixedStream(head, stream));
        stream.Seek(-head.Length, SeekOrigin.Current);
        return (head, stream);
    }
}
