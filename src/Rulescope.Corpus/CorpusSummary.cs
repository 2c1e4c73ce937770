using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>What reading one source came to: the numbers of <c>rulescope build</c>.</summary>
/// <param name="Provenance">Vendor, path, repository, commit.</param>
/// <param name="Files">Rule files that were opened.</param>
/// <param name="Rules">Live rules in them.</param>
/// <param name="Read">Live rules whose language was parsed without an error.</param>
/// <param name="Readable">Of these, the ones without a part that is kept as mere text.</param>
/// <param name="Kinds">Documents by kind; kinds without any are absent.</param>
/// <param name="Findings">All findings, by path in ordinal order.</param>
public sealed record SourceSummary(
    SourceProvenance Provenance,
    int Files,
    int Rules,
    int Read,
    int Readable,
    ImmutableSortedDictionary<RuleKind, int> Kinds,
    ImmutableArray<CorpusFinding> Findings)
{
    /// <summary>What was not read: the findings that are errors.</summary>
    public IEnumerable<CorpusFinding> Failed => Findings.Where(f => f.Diagnostic.Code.Severity == Severity.Error);

    /// <summary>What was read with a remark, such as a macro that is defined nowhere: each remark once for the whole source.</summary>
    public IEnumerable<Remark> Remarks => Findings
        .Where(f => f.Diagnostic.Code.Severity != Severity.Error)
        .GroupBy(f => (f.Diagnostic.Code.Id, f.Diagnostic.Message))
        .Select(g => new Remark(g.First(), g.Count()))
        .OrderBy(r => r.First.Diagnostic.Code.Id, StringComparer.Ordinal).ThenByDescending(r => r.Count).ThenBy(r => r.First.Diagnostic.Message, StringComparer.Ordinal);
}

/// <summary>A finding that does not keep a rule from being read.</summary>
/// <param name="First">Where it was found first.</param>
/// <param name="Count">How often it was found in the source, in the same words.</param>
public sealed record Remark(CorpusFinding First, int Count);

/// <summary>The rules of all sources, in the order of sources and paths, and a summary of each source.</summary>
public sealed record CorpusReading(ImmutableArray<RuleDocument> Documents, ImmutableArray<SourceSummary> Sources);

/// <summary>How far reading has come.</summary>
public readonly record struct CorpusProgress(int Done, int Total);
