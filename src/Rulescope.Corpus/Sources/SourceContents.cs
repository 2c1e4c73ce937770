using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>An opened source: what it is, and its files in ordinal order of their paths. Not for several threads at once.</summary>
public sealed class SourceContents : IDisposable
{
    readonly Func<EntryBytes>?[] _readers;
    readonly SourceLimits _limits;
    readonly CorpusFindings _findings;
    readonly IDisposable? _held;
    long _bytes;

    internal SourceContents(
        RuleSource source, SourcePlace place, SortedDictionary<string, Func<EntryBytes>> entries, SourceLimits limits, CorpusFindings findings, IDisposable? held)
    {
        var placed = entries.Select(e => (Path: place.PathOf(e.Key), Name: e.Key, Read: e.Value)).OrderBy(e => e.Path, StringComparer.Ordinal).ToArray();
        Source = source;
        Provenance = place.Provenance;
        Paths = [.. placed.Select(e => e.Path)];
        Names = [.. placed.Select(e => e.Name)];
        _readers = [.. placed.Select(e => e.Read)];
        _limits = limits;
        _findings = findings;
        _held = held;
    }

    public RuleSource Source { get; }

    public SourceProvenance Provenance { get; }

    /// <summary>The paths in the repository, ordinal order; the index is what <see cref="Read"/> takes.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>The same files by their paths below what was opened; the name alone for a file that was opened itself.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>What opening and reading found so far.</summary>
    public ImmutableArray<CorpusFinding> Findings => _findings.ToImmutable();

    /// <summary>Reads and decodes a file, once; null when it cannot be read, which is then among the findings.</summary>
    public SourceFile? Read(int index)
    {
        if (_readers[index] is not { } read || _bytes > _limits.MaxRuleBytes)
            return null;
        // A file is read once: dropping the reader frees the bytes that an archive held for it.
        _readers[index] = null;
        var path = Paths[index];
        if (ReadBytes(path, read) is not { } bytes)
            return null;
        _bytes += bytes.Length;
        if (_bytes > _limits.MaxRuleBytes)
        {
            _findings.AddToSource(CorpusCodes.TooManyBytes, _limits.MaxRuleBytes);
            return null;
        }

        var file = SourceFile.Decode(path, bytes);
        foreach (var diagnostic in file.Diagnostics)
            _findings.Add(CorpusFinding.In(file.Source, diagnostic));
        return file;
    }

    public void Dispose() => _held?.Dispose();

    internal void Report(DiagnosticCode code, params ReadOnlySpan<object?> arguments) => _findings.AddToSource(code, arguments);

    byte[]? ReadBytes(string path, Func<EntryBytes> read)
    {
        try
        {
            var (bytes, refused) = read();
            if (refused is not null)
                _findings.Add(new(path, new(1, 1), refused));
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            _findings.Add(path, CorpusCodes.FileUnreadable, Reason.Of(e));
            return null;
        }
    }
}
