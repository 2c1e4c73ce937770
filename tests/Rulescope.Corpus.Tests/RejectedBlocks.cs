using System.Globalization;
using Rulescope.Tests.Kusto;

namespace Rulescope.Corpus.Tests;

/// <summary>What becomes here of each block of a collection that Microsoft's parser rejects: a query that is not read, or no query by itself.</summary>
static class RejectedBlocks
{
    /// <summary>One line a block: its name, as in <c>cases/kusto/rejected.txt</c>, and what it is.</summary>
    public static IEnumerable<string> Of(string shared, string archive, IReadOnlyList<CensusRule> rules)
    {
        var rejected = KustoCorpus.Facts("rejected.txt").Where(n => n.StartsWith(archive + "/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        if (rejected.Count == 0)
            return [];
        var blocks = KustoCorpus.Rules(shared).ToList();
        return blocks.Where(b => rejected.Contains(b.Name)).OrderBy(b => b.Name, StringComparer.Ordinal).Select(b => $"{b.Name} {Relation(b, blocks, rules, archive)}");
    }

    static string Relation(KustoCorpus.Named block, List<KustoCorpus.Named> blocks, IReadOnlyList<CensusRule> rules, string archive)
    {
        var path = PathOf(block.Name, archive);
        var within = rules.Where(r => r.Path == path && r.FirstLine >= block.FirstLine && r.FirstLine <= block.LastLine).ToList();
        if (within.FirstOrDefault(r => r.HasError) is { } unread)
            return $"not read: {unread.Place}";
        if (within.Count > 1)
            return string.Create(CultureInfo.InvariantCulture, $"{within.Count} queries in one text, each read");
        if (within.Count == 1)
            return "READ";
        var key = TwinKey(block.Text);
        var twin = blocks.FirstOrDefault(b => b != block && PathOf(b.Name, archive) == path && TwinKey(b.Text) == key);
        return twin is not null ? $"twin of {twin.Name[twin.Name.LastIndexOf('#')..]}"
            : !rules.Any(r => r.Path == path) ? "no rule: the file holds none"
            : "no query: an example of something else, or nothing that gives rows";
    }

    static string PathOf(string name, string archive) => name[(archive.Length + 1)..name.LastIndexOf('#')];

    static string TwinKey(string text) =>
        string.Join(' ', text.Replace("TimeGenerated", "Timestamp", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
