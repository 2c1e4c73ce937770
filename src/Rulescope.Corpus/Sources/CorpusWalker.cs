using Rulescope.Corpus.Provenance;

namespace Rulescope.Corpus.Sources;

/// <summary>Opens sources in place: nothing is ever unpacked to disk.</summary>
public sealed partial class CorpusWalker(KnownRuleSets known, SourceLimits limits)
{
    /// <summary>A walker with the public rule sets we know and the usual limits.</summary>
    public CorpusWalker() : this(KnownRuleSets.Builtin, new()) { }

    /// <summary>Lists the files of a source that end in one of the extensions (with the dot, any case), in ordinal order of their paths.</summary>
    /// <remarks>
    /// A tar archive can only be read from front to end, so its matching files are held in memory, up to
    /// <see cref="SourceLimits.MaxRuleBytes"/>; files of folders and zip archives are read when they are asked for.
    /// </remarks>
    public SourceContents Open(RuleSource source, IReadOnlyList<string> extensions, CancellationToken cancellation)
    {
        var findings = new CorpusFindings(source.Path);
        var listing = new Listing(extensions, findings, limits);
        var isFolder = Directory.Exists(source.Path);
        IDisposable? held = null;
        try
        {
            if (isFolder)
                ListFolder(source.Path, listing, cancellation);
            else if (!File.Exists(source.Path))
                findings.AddToSource(CorpusCodes.NoSuchSource);
            else if (IsArchive(source.Path) && new FileInfo(source.Path).Length == 0)
                findings.AddToSource(CorpusCodes.Truncated);
            else if (HasEnding(source.Path, ".zip"))
                held = ListZip(source.Path, listing, cancellation);
            else if (IsArchive(source.Path))
                ListTar(source.Path, listing, cancellation);
            else
                listing.AddNamed(Path.GetFileName(source.Path), () => ReadPlain(source.Path, limits.MaxFileBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.AddToSource(CorpusCodes.SourceUnreadable, Reason.Of(e));
        }

        var place = SourcePlace.Find(source, isFolder, listing.Entries.Keys, known, findings);
        place = place with { Provenance = place.Provenance with { Publish = source.Publish ?? known.PublishOf(place.Provenance) } };
        return new(source, place, listing.Entries, limits, findings, held);
    }

    /// <summary>True for the endings of the archives we read.</summary>
    internal static bool IsArchive(string path) =>
        HasEnding(path, ".zip") || HasEnding(path, ".tar.gz") || HasEnding(path, ".tgz") || HasEnding(path, ".tar");

    static bool HasEnding(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    // A pipe or device says it is empty, so it is never opened and cannot block; what grows while it is read is cut.
    static EntryBytes ReadPlain(string path, int maxBytes)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
            return EntryBytes.Of([]);
        using var stream = File.OpenRead(path);
        return ReadAtMost(stream, length, maxBytes);
    }

    /// <summary>All bytes of a stream, or none when there are more than allowed; the claimed length only sizes the buffer.</summary>
    static EntryBytes ReadAtMost(Stream stream, long claimed, int maxBytes)
    {
        if (claimed > maxBytes)
            return EntryBytes.TooLarge(maxBytes);
        var buffer = new byte[Math.Max(claimed, 0) + 1];
        var length = 0;
        while (stream.Read(buffer.AsSpan(length)) is var read and > 0)
        {
            length += read;
            if (length > maxBytes)
                return EntryBytes.TooLarge(maxBytes);
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
        }

        return EntryBytes.Of(buffer[..length]);
    }
}
