using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Rules;

/// <summary>Reads rule entries; every list of rules in the product comes from here.</summary>
static class RuleEntries
{
    /// <summary>The row id, then the columns that <see cref="Read"/> takes; a WHERE clause or a join goes behind it.</summary>
    public const string Select = """
        SELECT r.id, r.vendor, r.name, r.title, r.language, r.level, r.status, r.kind, r.platforms, r.domains, r.authors,
            coalesce(r.license, s.license), s.repository, f.path, s.commit_id, coalesce(r.modified, r.created), r.is_readable, r.has_logic, r.created, s.publish
        FROM rule r JOIN file f ON f.id = r.file JOIN source s ON s.id = f.source
        """;

    public static RuleEntry Read(SqliteDataReader row) =>
        new(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6))
        {
            Kind = row.GetString(7),
            Platforms = Texts(row.GetString(8)),
            Domains = Texts(row.GetString(9)),
            Authors = Texts(row.GetString(10)),
            License = row.TextOrNull(11),
            Repository = row.TextOrNull(12),
            Path = row.GetString(13),
            Commit = row.TextOrNull(14),
            Changed = Date(row.TextOrNull(15)),
            IsReadable = row.GetBoolean(16),
            HasLogic = row.GetBoolean(17),
            Created = Date(row.TextOrNull(18)),
            Publish = PublishWords.Parse(row.GetString(19)) ?? Publish.Link,
        };

    // Most lists of a rule are empty.
    public static ImmutableArray<string> Texts(string json) => json == "[]" ? [] : [.. JsonSerializer.Deserialize(json, CatalogJson.Default.StringArray) ?? []];

    public static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
