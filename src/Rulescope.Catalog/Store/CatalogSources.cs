using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Store;

/// <summary>A source that a catalog was built from.</summary>
/// <param name="Path">As it was given to the build.</param>
/// <param name="License">SPDX id of the whole source; null where unknown.</param>
/// <param name="Date">Date of the commit, <c>yyyy-MM-dd</c>, or null.</param>
/// <param name="Rules">Live rules.</param>
/// <param name="Publish">What the catalog holds of them.</param>
public sealed record CatalogSource(string Vendor, string Path, string? Repository, string? Commit, string? License, string? Date, int Rules, Publish Publish);

/// <summary>Where the rules of a catalog come from.</summary>
public static class CatalogSources
{
    /// <summary>All sources, in the order they were built.</summary>
    public static ImmutableArray<CatalogSource> Read(CatalogFile catalog)
    {
        using var connection = catalog.Connect();
        return
        [
            .. connection.Query(
                """
                SELECT s.vendor, s.path, s.repository, s.commit_id, s.license, s.date, s.publish,
                    (SELECT count(*) FROM rule r JOIN file f ON f.id = r.file WHERE f.source = s.id AND r.kind = 'rule')
                FROM source s ORDER BY s.id
                """,
                [], r => new CatalogSource(r.GetString(0), r.GetString(1), r.TextOrNull(2), r.TextOrNull(3), r.TextOrNull(4), r.TextOrNull(5), r.GetInt32(7), PublishWords.Parse(r.GetString(6)) ?? Publish.Link)),
        ];
    }
}
