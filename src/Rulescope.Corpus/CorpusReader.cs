using System.Collections.Immutable;
using System.Threading.Channels;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;

namespace Rulescope.Corpus;

/// <summary>Reads many sources at once: files one after the other, their rules on all processors, the results in the order of the files.</summary>
/// <param name="readers">One reader per vendor.</param>
/// <param name="walker">Opens the sources.</param>
/// <param name="parallelism">How many files are worked on at a time; the result does not depend on it.</param>
public sealed class CorpusReader(IReadOnlyList<IVendorReader> readers, CorpusWalker walker, int parallelism)
{
    /// <summary>A reader with all vendors, the usual limits and all processors.</summary>
    public CorpusReader() : this(VendorReaders.All, new(), Environment.ProcessorCount) { }

    /// <summary>Reads all sources. Nothing in them stops the run: what fails is among the findings of its source.</summary>
    /// <param name="take">Gets every document in the order of sources and paths, on one thread at a time.</param>
    public async Task<ImmutableArray<SourceSummary>> ReadAsync(
        IReadOnlyList<RuleSource> sources, Action<RuleDocument> take, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var opened = new OpenedSource?[sources.Count];
        try
        {
            Parallel.For(0, sources.Count, new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, i => opened[i] = Open(sources[i], cancellation));
            var tallies = opened.Select((o, i) => o?.Tally ?? new(Unread(sources[i]))).ToArray();
            var known = opened.OfType<OpenedSource>().ToArray();
            await ReadFilesAsync(known, take, progress, cancellation).ConfigureAwait(false);
            foreach (var source in known)
                source.Tally.Add(source.Contents.Findings);
            return [.. tallies.Select((t, i) => opened[i] is null ? t.ToSummary([UnknownVendor(sources[i])]) : t.ToSummary([]))];
        }
        finally
        {
            foreach (var source in opened)
                source?.Contents.Dispose();
        }
    }

    /// <summary>Reads all sources into memory.</summary>
    public async Task<CorpusReading> ReadAllAsync(IReadOnlyList<RuleSource> sources, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        var summaries = await ReadAsync(sources, documents.Add, progress, cancellation).ConfigureAwait(false);
        return new(documents.ToImmutable(), summaries);
    }

    OpenedSource? Open(RuleSource source, CancellationToken cancellation)
    {
        if (readers.FirstOrDefault(r => string.Equals(r.Vendor, source.Vendor, StringComparison.Ordinal)) is not { } reader)
            return null;
        var contents = walker.Open(source, reader.Extensions, cancellation);
        var isSingleFile = File.Exists(source.Path) && !CorpusWalker.IsArchive(source.Path);
        // A file that the user named holds rules, whatever its name.
        var roles = contents.Paths.Select(p => isSingleFile ? FileRole.Rules : reader.RoleOf(p)).ToArray();
        var companions = new List<SourceFile>();
        for (var i = 0; i < roles.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (roles[i] == FileRole.Companion && contents.Read(i) is { } file)
                companions.Add(file);
        }

        int[] files = [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] == FileRole.Rules)];
        if (files.Length == 0 && contents.Findings.IsEmpty)
            contents.Report(CorpusCodes.NoRuleFiles, source.Vendor, string.Join(", ", reader.Extensions));
        return new(reader, contents, new(contents.Provenance, companions), files, new(contents.Provenance));
    }

    // The channel holds the results in the order of the files; its capacity bounds how many files are in memory.
    async Task ReadFilesAsync(OpenedSource[] sources, Action<RuleDocument> take, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var total = sources.Sum(s => s.Files.Length);
        var done = 0;
        progress?.Report(new(done, total));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateBounded<Task<FileReading>>(Math.Max(1, parallelism));
        var producing = Task.Run(() => ProduceAsync(sources, results.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var pending in results.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                var reading = await pending.ConfigureAwait(false);
                reading.Source.Tally.Add(reading);
                foreach (var document in reading.Documents)
                    take(document);
                progress?.Report(new(++done, total));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Only a fault of ours or a cancellation is left to come out here.
        await producing.ConfigureAwait(false);
    }

    static async Task ProduceAsync(OpenedSource[] sources, ChannelWriter<Task<FileReading>> results, CancellationToken cancellation)
    {
        try
        {
            foreach (var source in sources)
            {
                foreach (var index in source.Files)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var file = source.Contents.Read(index);
                    var reading = file is null
                        ? Task.FromResult(new FileReading(source, IsOpened: false, [], 0, []))
                        : Task.Run(() => ReadFile(source, file), cancellation);
                    await results.WriteAsync(reading, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            results.Complete();
        }
    }

    // The one place where any exception is caught: a fault in one reader must not cost the other ten thousand rules.
    static FileReading ReadFile(OpenedSource source, SourceFile file)
    {
        try
        {
            var read = source.Reader.Read(file, source.Context);
            var findings = read.Diagnostics.Concat(read.Value.SelectMany(d => d.Diagnostics));
            // Counted here, beside the reading, because it walks every tree.
            var readable = read.Value.Count(d => d is { Kind: RuleKind.Rule, IsRead: true, Query: { } query } && Reader.Read(query).IsReadable);
            return new(source, IsOpened: true, read.Value, readable, [.. findings.Select(d => CorpusFinding.In(file.Source, d))]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var finding = CorpusFinding.About(file.Path, CorpusCodes.ReaderFailed, source.Reader.Vendor, $"{e.GetType().Name}: {e.Message}");
            return new(source, IsOpened: true, [], 0, [finding]);
        }
    }

    CorpusFinding UnknownVendor(RuleSource source) => CorpusFinding.About(
        source.Path, CorpusCodes.UnknownVendor, source.Vendor, string.Join(", ", readers.Select(r => r.Vendor).Order(StringComparer.Ordinal)));

    static SourceProvenance Unread(RuleSource source) => new(source.Vendor, source.Path, null, null, null, null);
}

/// <summary>A source while it is read.</summary>
sealed record OpenedSource(IVendorReader Reader, SourceContents Contents, SourceContext Context, int[] Files, SourceTally Tally);

/// <summary>What came of one file.</summary>
sealed record FileReading(OpenedSource Source, bool IsOpened, ImmutableArray<RuleDocument> Documents, int Readable, ImmutableArray<CorpusFinding> Findings);
