using System.Collections.Immutable;
using System.Threading.Channels;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;

namespace Rulescope.Corpus;

/// <summary>Reads many sources at once: files one after the other, their rules on all processors, the results in the order of the files.</summary>
/// <param name="readers">One reader per vendor.</param>
/// <param name="walker">Opens the sources.</param>
/// <param name="parallelism">How many files are worked on at a time; the result does not depend on it.</param>
public sealed class CorpusReader(IReadOnlyList<IVendorReader> readers, CorpusWalker walker, int parallelism)
{
    // Enough to keep the processors busy while one long file is worked on.
    const int FilesPerProcessor = 8;

    /// <summary>A reader with all vendors, the usual limits and all processors.</summary>
    public CorpusReader() : this(VendorReaders.All, new(), Environment.ProcessorCount) { }

    /// <summary>Reads all sources. Nothing in them stops the run: what fails is among the findings of its file or source.</summary>
    /// <param name="target">Works on the rules and takes them in the order of sources and paths.</param>
    /// <returns>Per source where it is from, and the findings that belong to none of its files.</returns>
    public async Task<ImmutableArray<SourceReading>> ReadAsync<T>(
        IReadOnlyList<RuleSource> sources, ICorpusTarget<T> target, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var opened = new OpenedSource?[sources.Count];
        try
        {
            Parallel.For(0, sources.Count, new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation }, i => opened[i] = Open(sources[i], cancellation));
            await ReadFilesAsync([.. opened.OfType<OpenedSource>()], target, progress, cancellation).ConfigureAwait(false);
            return [.. opened.Select((o, i) => o is null ? UnknownVendor(sources[i]) : new(o.Contents.Provenance, [.. o.Contents.Findings]))];
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
        var all = new InMemory();
        var read = await ReadAsync(sources, all, progress, cancellation).ConfigureAwait(false);
        return new(all.Documents, [.. read.Select(all.Summary)]);
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

        companions.AddRange(GivenMacros.Read(source.Macros, reader, walker, cancellation));
        int[] files = [.. Enumerable.Range(0, roles.Length).Where(i => roles[i] == FileRole.Rules)];
        if (files.Length == 0 && contents.Findings.IsEmpty)
            contents.Report(CorpusCodes.NoRuleFiles, source.Vendor, string.Join(", ", reader.Extensions));
        return new(reader, contents, new(contents.Provenance, companions), files);
    }

    // The channel holds the results in the order of the files; its capacity bounds how many files are in memory.
    async Task ReadFilesAsync<T>(OpenedSource[] sources, ICorpusTarget<T> target, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var total = sources.Sum(s => s.Files.Length);
        var done = 0;
        progress?.Report(new(done, total));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateBounded<Task<FileResult<T>?>>(Math.Max(1, parallelism) * FilesPerProcessor);
        var producing = Task.Run(() => ProduceAsync(sources, target, results.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var pending in results.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                if (await pending.ConfigureAwait(false) is { } result)
                    target.Take(result);
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

    static async Task ProduceAsync<T>(OpenedSource[] sources, ICorpusTarget<T> target, ChannelWriter<Task<FileResult<T>?>> results, CancellationToken cancellation)
    {
        try
        {
            foreach (var source in sources)
            {
                foreach (var index in source.Files)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var file = source.Contents.Read(index);
                    var result = file is null ? Task.FromResult<FileResult<T>?>(null) : Task.Run(() => ReadFile(source, file, target), cancellation);
                    await results.WriteAsync(result, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            results.Complete();
        }
    }

    // The one place where any exception is caught: a fault in one reader must not cost the other ten thousand rules.
    static FileResult<T>? ReadFile<T>(OpenedSource source, SourceFile file, ICorpusTarget<T> target)
    {
        var hash = source.Context.HashOf(file);
        var provenance = source.Contents.Provenance;
        if (target.Knows(provenance, file.Path, hash))
            return new(provenance, file.Path, hash, IsKnown: true, [], []);
        try
        {
            var read = source.Reader.Read(file, source.Context);
            var findings = file.Diagnostics.Concat(read.Diagnostics).Select(d => CorpusFinding.In(file.Source, d))
                .Concat(read.Value.SelectMany(document => document.Diagnostics.Select(d => CorpusFinding.In(document.Source, d))));
            return new(provenance, file.Path, hash, IsKnown: false, [.. read.Value.Select(target.Prepare)], [.. findings]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var finding = CorpusFinding.About(file.Path, CorpusCodes.ReaderFailed, source.Reader.Vendor, $"{e.GetType().Name}: {e.Message}");
            return new(provenance, file.Path, hash, IsKnown: false, [], [finding]);
        }
    }

    SourceReading UnknownVendor(RuleSource source) => new(
        new(source.Vendor, source.Path, null, null, null, null),
        [CorpusFinding.About(source.Path, CorpusCodes.UnknownVendor, source.Vendor, string.Join(", ", readers.Select(r => r.Vendor).Order(StringComparer.Ordinal)))]);

    /// <summary>A source while it is read.</summary>
    sealed record OpenedSource(IVendorReader Reader, SourceContents Contents, SourceContext Context, int[] Files);
}
