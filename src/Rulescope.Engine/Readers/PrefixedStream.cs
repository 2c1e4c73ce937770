namespace Rulescope.Engine.Readers;

/// <summary>Bytes that were read ahead, and the stream they came from; forward only.</summary>
sealed class PrefixedStream(byte[] prefix, Stream rest) : Stream
{
    int _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_taken == prefix.Length)
            return rest.Read(buffer);
        var taken = Math.Min(buffer.Length, prefix.Length - _taken);
        prefix.AsSpan(_taken, taken).CopyTo(buffer);
        _taken += taken;
        return taken;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
