using System.Collections.Immutable;
using System.Security.Cryptography;
using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>One file of a source, decoded.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c>.</param>
/// <param name="Source">Its text, without a byte order mark, under the same path.</param>
/// <param name="Hash">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Diagnostics">What decoding found.</param>
public sealed record SourceFile(string Path, SourceText Source, string Hash, int Size, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Decodes bytes: UTF-8, or UTF-16 when a byte order mark says so.</summary>
    public static SourceFile Decode(string path, ReadOnlySpan<byte> bytes)
    {
        var decoded = TextDecoding.Decode(bytes);
        return new(path, new(path, decoded.Value), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, decoded.Diagnostics);
    }
}
