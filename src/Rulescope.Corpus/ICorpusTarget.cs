using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Corpus;

/// <summary>Where a run over sources leads to: a catalog, a check, a list in memory.</summary>
/// <typeparam name="T">What becomes of one rule.</typeparam>
public interface ICorpusTarget<T>
{
    /// <summary>True when this content was taken before, so that it need not be read again. Called on many threads.</summary>
    bool Knows(SourceProvenance source, string path, string hash);

    /// <summary>Works on one rule, independently of all others. Called on many threads.</summary>
    T Prepare(RuleDocument document);

    /// <summary>Takes what came of one file; called in the order of sources and paths, one at a time.</summary>
    void Take(FileResult<T> file);
}

/// <summary>What came of one file.</summary>
/// <param name="Hash">Of everything that decides what is read from it.</param>
/// <param name="IsKnown">The target knew it already, so it was not read.</param>
public sealed record FileResult<T>(
    SourceProvenance Source, string Path, string Hash, bool IsKnown, ImmutableArray<T> Items, ImmutableArray<CorpusFinding> Findings);

/// <summary>A source after a run, with the findings that belong to none of its files.</summary>
public sealed record SourceReading(SourceProvenance Provenance, ImmutableArray<CorpusFinding> Findings);
