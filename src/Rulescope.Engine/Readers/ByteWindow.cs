namespace Rulescope.Engine.Readers;

/// <summary>A stretch of a stream held in memory: grows at its end up to a limit, is given up at its start.</summary>
sealed class ByteWindow(Stream stream, int limit)
{
    const int Chunk = 64 * 1024;

    byte[] _buffer = new byte[Chunk];
    int _start;
    int _end;

    /// <summary>No byte follows those held.</summary>
    public bool AtEnd { get; private set; }

    public int Count => _end - _start;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, Count);

    /// <summary>True when as much is held as may be.</summary>
    public bool IsFull => Count >= limit;

    /// <summary>Reads on where nothing is held; true when nothing follows either.</summary>
    public bool IsDrained()
    {
        while (Count == 0 && !AtEnd)
            Fill();
        return Count == 0;
    }

    /// <summary>Reads on; false at the end of the stream or at the limit.</summary>
    public bool Fill()
    {
        if (AtEnd || IsFull)
            return false;
        // Moved down only when the room behind is small against what is held, so that moving stays cheap.
        if (_start > 0 && (_start == _end || _buffer.Length - _end < Chunk / 2))
        {
            Bytes.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        AtEnd = read == 0;
        return read > 0;
    }

    public void Discard(int count) => _start += Math.Min(count, Count);
}
