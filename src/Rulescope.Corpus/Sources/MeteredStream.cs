namespace Rulescope.Corpus.Sources;

/// <summary>Reads through, counts, and ends early once a limit is passed.</summary>
/// <remarks>Ending instead of throwing keeps a bomb on the same path as an archive that was cut off; <see cref="Stopped"/> tells them apart.</remarks>
sealed class MeteredStream(Stream inner, Func<long, bool> mayContinue) : Stream
{
    /// <summary>Bytes given out so far.</summary>
    public long Count { get; private set; }

    /// <summary>Zero bytes at the end of what was given out: a tar archive ends in at least 512 of them.</summary>
    public long TrailingZeros { get; private set; }

    /// <summary>True once the limit ended the stream.</summary>
    public bool Stopped { get; private set; }

    /// <summary>True once the packed data below turned out to be damaged, which ends the stream too.</summary>
    public bool IsDamaged { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (!Stopped && !mayContinue(Count))
            Stopped = true;
        if (Stopped || IsDamaged)
            return 0;
        var read = ReadInner(buffer);
        Count += read;
        var last = buffer[..read].LastIndexOfAnyExcept((byte)0);
        TrailingZeros = last < 0 ? TrailingZeros + read : read - last - 1;
        return read;
    }

    int ReadInner(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (InvalidDataException)
        {
            IsDamaged = true;
            return 0;
        }
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
