using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>Everything the catalog keeps of one rule, worked out before it is written; making one is independent of all others.</summary>
sealed record RuleRecord(RuleDocument Document, RuleReading? Reading)
{
    /// <summary>Canonical technique id and the id as the rule has it; an id that names no page is kept under its own name.</summary>
    public required ImmutableArray<(string Technique, string Written)> Techniques { get; init; }

    public required ImmutableArray<string> Platforms { get; init; }

    public required ImmutableArray<string> Domains { get; init; }

    /// <summary>Ids of catalog events the rule can match.</summary>
    public required ImmutableArray<string> Events { get; init; }

    /// <summary>What data the rule needs.</summary>
    public required ImmutableArray<NeededSource> Sources { get; init; }

    public required ImmutableArray<(NormalisedLeaf Leaf, ReadingKind Reading)> Observations { get; init; }

    /// <summary>The rule has logic that somebody could read.</summary>
    public bool HasLogic => Document.Language != RuleLanguage.None;

    public bool IsReadable => HasLogic && Document.IsRead && Reading is { IsReadable: true };

    public static RuleRecord Of(RuleDocument document, CatalogTaxonomy taxonomy)
    {
        var reading = document.Query is { } query ? Reader.Read(query, document.Source) : null;
        var plain = document.Query is { } same ? Reader.Read(same, document.Source, plain: true) : null;
        var triple = new LogSourceTriple(document.LogSource["product"], document.LogSource["category"], document.LogSource["service"]);
        var sources = LogSources(document.LogSource, triple);
        // Tables, log types and data sources may be names of a source.
        var words = document.LogSource.Terms.SelectMany(t => t.Values).ToArray();
        var named = sources.AddRange(LogSourceCatalog.Shipped.Called(document.Vendor, words).Where(s => IsOf(document.Platforms, s)));
        var own = reading is null ? null : new Normaliser(taxonomy.Fields, taxonomy.Scopes, document, reading);
        ImmutableArray<(NormalisedLeaf Leaf, ReadingKind Reading)> observed = own is null || reading is null || plain is null ? [] : [.. Observed(document, own, reading, plain, taxonomy)];
        ImmutableArray<NormalisedLeaf> leaves = [.. observed.Where(o => o.Reading != ReadingKind.Plain).Select(o => o.Leaf)];
        return new(document, reading)
        {
            Techniques = [.. document.Techniques.Select(Resolve).DistinctBy(t => t.Technique, StringComparer.Ordinal)],
            Platforms = Words([.. Platform(document, triple, named), .. document.Platforms]),
            Domains = Words([.. named.SelectMany(s => s.Domains.Items), .. document.Domains]),
            Sources = NeededSource.Of(named, words, leaves),
            Events = own is null
                ? [.. EventCatalog.Shipped.Called(document.Vendor, words).Select(e => e.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                : new RuleEvents(document, own).Of(sources, words, leaves),
            Observations = observed,
        };
    }

    static readonly FrozenSet<string> OperatingSystems = new[] { "windows", "linux", "macos" }.ToFrozenSet(StringComparer.Ordinal);

    static ImmutableArray<string> Words(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static (string Technique, string Written) Resolve(string written)
    {
        var resolution = AttackFacts.Default.Resolve(written);
        return (resolution.Id ?? written, written);
    }

    static ImmutableArray<LogSourceEntry> LogSources(LogSource source, LogSourceTriple triple)
    {
        if (source.Terms.IsEmpty || triple is { Product: null, Category: null, Service: null })
            return [];
        return LogSourceCatalog.Shipped.Exact(triple) is { } exact ? [exact] : LogSourceCatalog.Shipped.About(triple);
    }

    // One name may stand for a source of each operating system (PROCESS_LAUNCH); which is meant, the rule itself may tell.
    static bool IsOf(EquatableArray<string> platforms, LogSourceEntry source) =>
        platforms.IsEmpty || !source.Platforms.All(OperatingSystems.Contains) || source.Platforms.Any(p => platforms.Contains(p, StringComparer.Ordinal));

    // A source that is not in the data still has a platform when the rule names a product and nothing else says more.
    static IEnumerable<string> Platform(RuleDocument document, LogSourceTriple triple, ImmutableArray<LogSourceEntry> sources)
    {
        var known = sources.SelectMany(s => s.Platforms.Items).Where(p => p != "any").ToArray();
        return known.Length > 0 ? known : document.Platforms.IsEmpty && triple.Product is { } product ? [product] : [];
    }

    static IEnumerable<(NormalisedLeaf, ReadingKind)> Observed(RuleDocument document, Normaliser own, RuleReading reading, RuleReading plain, CatalogTaxonomy taxonomy)
    {
        var other = new Normaliser(taxonomy.Fields, taxonomy.Scopes, document, plain);
        // Most leaves are the same in both readings; a multiset difference finds the others.
        var rest = plain.Observations.Items.GroupBy(o => o).ToDictionary(g => g.Key, g => g.Count());
        foreach (var seen in reading.Observations)
        {
            var both = rest.TryGetValue(seen, out var left) && left > 0;
            if (both)
                rest[seen] = left - 1;
            yield return (own.Of(seen), both ? ReadingKind.Both : ReadingKind.Own);
        }

        foreach (var (seen, count) in rest)
        {
            for (var i = 0; i < count; i++)
                yield return (other.Of(seen), ReadingKind.Plain);
        }
    }
}

/// <summary>In which reading a row of the catalog counts (SPEC P01).</summary>
enum ReadingKind
{
    Both,
    Own,
    Plain,
}
