using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Corpus;

/// <summary>Counts what comes of one source.</summary>
sealed class SourceTally(SourceProvenance provenance)
{
    readonly List<CorpusFinding> _findings = [];
    readonly SortedDictionary<RuleKind, int> _kinds = [];
    int _files;
    int _read;
    int _readable;

    public void Add(FileReading reading)
    {
        _files += reading.IsOpened ? 1 : 0;
        _findings.AddRange(reading.Findings);
        foreach (var document in reading.Documents)
        {
            _kinds[document.Kind] = _kinds.GetValueOrDefault(document.Kind) + 1;
            if (document.Kind != RuleKind.Rule || !document.IsRead)
                continue;
            _read++;
            _readable += document.Query is { } query && Reader.Read(query).IsReadable ? 1 : 0;
        }
    }

    public void Add(IEnumerable<CorpusFinding> findings) => _findings.AddRange(findings);

    public SourceSummary ToSummary(IEnumerable<CorpusFinding> more) => new(
        provenance,
        _files,
        _kinds.GetValueOrDefault(RuleKind.Rule),
        _read,
        _readable,
        _kinds.ToImmutableSortedDictionary(),
        [.. _findings.Concat(more).OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Position.Line).ThenBy(f => f.Position.Column)]);
}
