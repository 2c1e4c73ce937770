using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>Counts what comes of one source.</summary>
sealed class SourceTally(SourceProvenance provenance)
{
    readonly List<CorpusFinding> _findings = [];
    readonly Dictionary<string, string> _pathsById = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedDictionary<RuleKind, int> _kinds = [];
    int _files;
    int _read;
    int _readable;

    public void Add(FileReading reading)
    {
        _files += reading.IsOpened ? 1 : 0;
        _readable += reading.Readable;
        _findings.AddRange(reading.Findings);
        foreach (var document in reading.Documents)
        {
            if (!_pathsById.TryAdd(document.Id, document.Path))
                _findings.Add(SameId(document, _pathsById[document.Id]));
            _kinds[document.Kind] = _kinds.GetValueOrDefault(document.Kind) + 1;
            _read += document is { Kind: RuleKind.Rule, IsRead: true } ? 1 : 0;
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

    static CorpusFinding SameId(RuleDocument document, string other) => CorpusFinding.In(
        document.Source, Diagnostic.At(new(document.Extent.Start, 0), CorpusCodes.SameId, document.Id, other));
}
