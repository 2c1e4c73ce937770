using System.IO.Compression;
using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

public sealed partial class CorpusWalker
{
    const int UnixTypeMask = 0xF000;
    const int UnixLink = 0xA000;
    const int UnixFile = 0x8000;

    // The archive stays open until the contents are disposed: its files are read one by one when asked for.
    ZipArchive? ListZip(string path, Listing listing, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read);
            var budget = new ZipBudget(limits, file.Length);
            foreach (var entry in archive.Entries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!listing.Count())
                    break;
                ListZipEntry(entry, budget, listing);
            }

            return archive;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
        {
            listing.Findings.AddToSource(CorpusCodes.Corrupt, Reason.Of(e));
            archive?.Dispose();
            file.Dispose();
            return null;
        }
    }

    static void ListZipEntry(ZipArchiveEntry entry, ZipBudget budget, Listing listing)
    {
        if (entry.FullName.EndsWith('/'))
            return;
        // The upper half of the attributes is the Unix mode where the archive was made on Unix, and 0 elsewhere.
        var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        if (type == UnixLink)
            listing.Findings.Add(Listing.Shown(entry.FullName), CorpusCodes.LinkSkipped);
        else if (type is not 0 and not UnixFile)
            listing.Findings.Add(Listing.Shown(entry.FullName), CorpusCodes.SpecialSkipped, $"{type:x}");
        else if (listing.Accept(entry.FullName) is not { } path)
            return;
        else if (entry.IsEncrypted)
            listing.Findings.Add(path, CorpusCodes.Encrypted);
        else
            listing.Add(path, () => budget.Read(entry));
    }

    /// <summary>What may still be unpacked from one zip archive; entries that overlap make small archives of huge contents.</summary>
    sealed class ZipBudget(SourceLimits limits, long packed)
    {
        long _unpacked;

        public EntryBytes Read(ZipArchiveEntry entry)
        {
            if (_unpacked > limits.RatioFloor && _unpacked / limits.MaxRatio > packed)
                return new(null, Diagnostic.At(default, CorpusCodes.Bomb, limits.MaxRatio));
            using var stream = entry.Open();
            var bytes = ReadAtMost(stream, entry.Length, limits.MaxFileBytes);
            _unpacked += bytes.Bytes?.Length ?? limits.MaxFileBytes;
            return bytes;
        }
    }
}
