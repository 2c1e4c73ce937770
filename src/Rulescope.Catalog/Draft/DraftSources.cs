using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Drafts;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Draft;

/// <summary>A log source in a vendor's words.</summary>
/// <param name="Id">Of the catalog of log sources.</param>
sealed record DraftSource(string Id, Corpus.Drafts.DraftSource Source);

/// <summary>Finds the log sources of rules.</summary>
sealed class DraftSources(SqliteConnection connection)
{
    const int Most = 3;

    readonly Dictionary<string, List<string>> _needed = new(StringComparer.Ordinal);

    /// <summary>The sources most of the rules need, those first that the vendor has a name for.</summary>
    public ImmutableArray<DraftSource> Of(ImmutableArray<string> rules, string vendor)
    {
        var needed = rules.SelectMany(Needed).GroupBy(s => s, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);
        return
        [
            .. needed.Select(g => LogSourceCatalog.Shipped.Find(g.Key)).OfType<LogSourceEntry>().OrderByDescending(e => HasName(e, vendor)).Take(Most).Select(e => Source(e, vendor)),
        ];
    }

    /// <summary>True when some of the rules reads the source.</summary>
    public bool Reads(ImmutableArray<string> rules, string source) => rules.Any(r => Needed(r).Contains(source, StringComparer.Ordinal));

    List<string> Needed(string rule)
    {
        if (!_needed.TryGetValue(rule, out var needed))
            _needed[rule] = needed = [.. Read(rule)];
        return needed;
    }

    IEnumerable<string> Read(string rule) => rule.Split('/', 2) is [var vendor, var name]
        ? connection.Query("SELECT DISTINCT s.source FROM rule r JOIN rule_source s ON s.rule = r.id WHERE r.vendor = $1 AND r.name = $2", [vendor, name], r => r.GetString(0))
        : [];

    static bool HasName(LogSourceEntry entry, string vendor) => vendor == "sigma" ? !entry.Triples.IsEmpty : entry.Names.Any(n => n.Vocabulary == vendor);

    static DraftSource Source(LogSourceEntry entry, string vendor)
    {
        var triple = entry.Triples.Items.FirstOrDefault();
        return new(entry.Id, new(entry.Title, [.. entry.Names.Where(n => n.Vocabulary == vendor).SelectMany(n => n.Names.Items)], (triple.Product, triple.Category, triple.Service), entry.Platforms.Items.FirstOrDefault() ?? "")
        {
            Signature = [.. entry.Signatures.Where(s => s.Vocabulary == vendor).Take(1).SelectMany(s => s.Tests.Items).Select(t => new DraftTest(t.Field, ReadOperator.Eq, t.Values[0]))],
        });
    }
}
