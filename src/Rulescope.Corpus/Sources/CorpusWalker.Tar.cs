using System.Formats.Tar;
using System.IO.Compression;

namespace Rulescope.Corpus.Sources;

public sealed partial class CorpusWalker
{
    const int EndMark = 2 * 512;

    void ListTar(string path, Listing listing, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        var packed = file.Length;
        var isPacked = !HasEnding(path, ".tar");
        using var unpacked = new MeteredStream(
            isPacked ? new GZipStream(file, CompressionMode.Decompress) : file,
            count => count <= limits.MaxTotalBytes && (!isPacked || !IsBomb(count, packed)));
        try
        {
            using var reader = new TarReader(unpacked, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!listing.Count())
                    return;
                if (!ListTarEntry(entry, listing))
                    return;
            }

            ReportEnd(unpacked, listing);
        }
        catch (EndOfStreamException)
        {
            ReportCut(unpacked, listing);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or OverflowException or ArgumentOutOfRangeException or InvalidOperationException or NotSupportedException)
        {
            // A stream that ended early looks damaged to the tar reader.
            if (unpacked.Stopped || unpacked.IsDamaged)
                ReportCut(unpacked, listing);
            else
                listing.Findings.AddToSource(CorpusCodes.Corrupt, Reason.Of(e));
        }
    }

    // False when reading must stop.
    bool ListTarEntry(TarEntry entry, Listing listing)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList or TarEntryType.GlobalExtendedAttributes:
                return true;
            case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                listing.Findings.Add(Listing.Shown(entry.Name), CorpusCodes.LinkSkipped);
                return true;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                break;
            default:
                listing.Findings.Add(Listing.Shown(entry.Name), CorpusCodes.SpecialSkipped, entry.EntryType);
                return true;
        }

        if (listing.Accept(entry.Name) is not { } path)
            return true;
        var bytes = entry.DataStream is { } data ? ReadAtMost(data, entry.Length, limits.MaxFileBytes) : EntryBytes.Of([]);
        // A file whose end is missing is not half a rule: it is dropped, and the archive reported as cut off.
        if (bytes.Bytes is { } whole && whole.Length < entry.Length)
            throw new EndOfStreamException();
        return listing.Hold(path, bytes);
    }

    // The tar reader takes the end of the stream for the end of the archive, which by rights is marked by two empty blocks.
    // What comes after them is read too, because gzip's checksum stands at the very end.
    void ReportEnd(MeteredStream unpacked, Listing listing)
    {
        Span<byte> rest = stackalloc byte[4096];
        var zeros = unpacked.TrailingZeros;
        while (unpacked.Read(rest) > 0)
            zeros = Math.Max(zeros, unpacked.TrailingZeros);

        if (unpacked.Stopped || unpacked.IsDamaged || zeros < EndMark)
            ReportCut(unpacked, listing);
    }

    void ReportCut(MeteredStream unpacked, Listing listing)
    {
        if (unpacked.IsDamaged)
            listing.Findings.AddToSource(CorpusCodes.Corrupt, "its packed data or their checksum are wrong");
        else if (!unpacked.Stopped)
            listing.Findings.AddToSource(CorpusCodes.Truncated);
        else if (unpacked.Count > limits.MaxTotalBytes)
            listing.Findings.AddToSource(CorpusCodes.TooManyBytes, limits.MaxTotalBytes);
        else
            listing.Findings.AddToSource(CorpusCodes.Bomb, limits.MaxRatio);
    }

    bool IsBomb(long unpacked, long packed) => unpacked > limits.RatioFloor && unpacked / limits.MaxRatio > packed;
}
