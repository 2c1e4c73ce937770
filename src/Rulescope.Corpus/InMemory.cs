using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>Takes all rules into memory and counts them.</summary>
sealed class InMemory : ICorpusTarget<InMemory.Rule>
{
    readonly Dictionary<SourceProvenance, List<FileResult<Rule>>> _files = [];

    /// <summary>A rule, and whether nothing in it was left unread.</summary>
    public sealed record Rule(RuleDocument Document, bool IsReadable);

    public ImmutableArray<RuleDocument> Documents => [.. _files.Values.SelectMany(f => f).SelectMany(f => f.Items).Select(r => r.Document)];

    public bool Knows(SourceProvenance source, string path, string hash) => false;

    public Rule Prepare(RuleDocument document) => new(document, document is { IsRead: true, Query: { } query } && Reader.Read(query).IsReadable);

    public void Take(FileResult<Rule> file)
    {
        if (_files.TryGetValue(file.Source, out var files))
            files.Add(file);
        else
            _files[file.Source] = [file];
    }

    public SourceSummary Summary(SourceReading source)
    {
        var files = _files.GetValueOrDefault(source.Provenance, []);
        var rules = files.SelectMany(f => f.Items).ToArray();
        var live = rules.Where(r => r.Document.Kind == RuleKind.Rule).ToArray();
        return new(
            source.Provenance, files.Count, live.Length, live.Count(r => r.Document.IsRead), live.Count(r => r.IsReadable),
            rules.GroupBy(r => r.Document.Kind).ToImmutableSortedDictionary(g => g.Key, g => g.Count()),
            CorpusFinding.InOrder([.. files.SelectMany(f => f.Findings), .. SameIds(rules.Select(r => r.Document)), .. source.Findings]));
    }

    static IEnumerable<CorpusFinding> SameIds(IEnumerable<RuleDocument> documents) =>
        from same in documents.GroupBy(d => d.Id, StringComparer.OrdinalIgnoreCase)
        from later in same.Skip(1)
        select CorpusFinding.In(later.Source, Diagnostic.At(new(later.Extent.Start, 0), CorpusCodes.SameId, later.Id, same.First().Path));
}
