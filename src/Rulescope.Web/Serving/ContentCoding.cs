using System.IO.Compression;

namespace Rulescope.Web.Serving;

/// <summary>How the bytes of an answer are packed.</summary>
enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

static class ContentCodings
{
    // An answer is packed once and sent often. Beyond these levels a page takes twice the time for one part in fifty.
    const int BrotliQuality = 5;
    const int GzipLevel = 6;

    /// <summary>The best of what a client says it can unpack.</summary>
    public static ContentCoding Of(HttpRequest request)
    {
        var best = ContentCoding.Identity;
        foreach (var named in request.GetTypedHeaders().AcceptEncoding)
        {
            if (named.Quality is 0)
                continue;
            if (named.Value.Equals("br", StringComparison.OrdinalIgnoreCase))
                return ContentCoding.Brotli;
            if (named.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
                best = ContentCoding.Gzip;
        }

        return best;
    }

    /// <summary>The word of the header <c>Content-Encoding</c>; null where there is none to send.</summary>
    public static string? Name(this ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>A stream that packs what is written to it.</summary>
    public static Stream Pack(this ContentCoding coding, Stream output) => coding switch
    {
        ContentCoding.Brotli => new BrotliStream(output, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true),
        ContentCoding.Gzip => new GZipStream(output, new ZLibCompressionOptions { CompressionLevel = GzipLevel }, leaveOpen: true),
        _ => output,
    };

    /// <summary>True for text, which packs well; anything else is packed already.</summary>
    public static bool IsWorthwhile(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("json", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("javascript", StringComparison.OrdinalIgnoreCase));
}
