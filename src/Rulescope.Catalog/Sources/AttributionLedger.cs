using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Sources;

/// <summary>Whose rules a catalog holds, and on which terms (SPEC R06).</summary>
/// <param name="Sources">The rule sets of the build.</param>
/// <param name="Licenses">Rules of any kind by vendor and licence; the licence is empty where none is known.</param>
/// <param name="Authors">Who is named by rules of any kind, by vendor, the one with most rules first.</param>
public sealed record AttributionLedger(ImmutableArray<CatalogSource> Sources, ImmutableArray<LedgerLine> Licenses, ImmutableArray<LedgerLine> Authors)
{
    public static AttributionLedger Read(CatalogFile catalog)
    {
        var sources = CatalogSources.Read(catalog);
        using var connection = catalog.Connect();
        var licenses = connection.Query(
            "SELECT r.vendor, coalesce(r.license, s.license, ''), count(*) FROM rule r JOIN file f ON f.id = r.file JOIN source s ON s.id = f.source GROUP BY 1, 2", [],
            r => new LedgerLine(r.GetString(0), r.GetString(1), r.GetInt32(2)));
        var authors = connection.Query("SELECT vendor, authors FROM rule WHERE authors <> '[]'", [], r => (Vendor: r.GetString(0), Names: RuleEntries.Texts(r.GetString(1))))
            .SelectMany(r => r.Names.Distinct(StringComparer.Ordinal).Select(n => (r.Vendor, Name: n))).CountBy(a => a).Select(a => new LedgerLine(a.Key.Vendor, a.Key.Name, a.Value));
        return new(sources, InOrder(licenses), InOrder(authors));
    }

    static ImmutableArray<LedgerLine> InOrder(IEnumerable<LedgerLine> lines) =>
        [.. lines.OrderBy(l => Vendors.Order.IndexOf(l.Vendor)).ThenByDescending(l => l.Rules).ThenBy(l => l.Name, StringComparer.Ordinal)];
}

/// <summary>A licence or an author with a number of rules of one vendor.</summary>
public sealed record LedgerLine(string Vendor, string Name, int Rules);
