using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>What one source came to: the numbers of <c>rulescope build</c>.</summary>
/// <param name="Files">Rule files.</param>
/// <param name="Rules">Live rules in them.</param>
/// <param name="Read">Live rules whose language was parsed without an error.</param>
/// <param name="Readable">Of these, the ones without a part that has no model.</param>
/// <param name="Kinds">Documents by kind; kinds without any are absent.</param>
/// <param name="Findings">All findings, by path, line and column.</param>
public sealed record SourceSummary(
    SourceProvenance Provenance, int Files, int Rules, int Read, int Readable,
    ImmutableSortedDictionary<RuleKind, int> Kinds, ImmutableArray<SourceFinding> Findings)
{
    /// <summary>What was not read: the findings that are errors.</summary>
    public IEnumerable<SourceFinding> Failed => Findings.Where(f => f.Severity == Severity.Error);
}

/// <summary>A finding as the catalog keeps it.</summary>
public sealed record SourceFinding(string Path, LinePosition Position, string Id, Severity Severity, string Message);
