namespace Rulescope.Web.Serving;

/// <summary>Takes what an endpoint writes, packed as it comes, so that a large page is never held unpacked.</summary>
/// <remarks>Setting its length to nothing begins anew: that is how the error handler takes back half a page.</remarks>
sealed class AnswerBody(HttpResponse response, ContentCoding wanted) : Stream
{
    readonly MemoryStream _packed = new();
    Stream? _packer;

    /// <summary>How the bytes are packed, known from the first byte on.</summary>
    public ContentCoding Coding { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>All bytes; nothing can be written afterwards.</summary>
    public byte[] Finish()
    {
        _packer?.Dispose();
        return _packed.ToArray();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Packer().Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    // The bytes leave all at once; a flush in between would only make them more.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
        _packer?.Dispose();
        _packer = null;
        _packed.SetLength(0);
        Coding = ContentCoding.Identity;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _packer?.Dispose();
        base.Dispose(disposing);
    }

    Stream Packer()
    {
        if (_packer is not null)
            return _packer;
        Coding = ContentCodings.IsWorthwhile(response.ContentType) ? wanted : ContentCoding.Identity;
        return _packer = Coding.Pack(_packed);
    }
}
