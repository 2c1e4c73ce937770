using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Catalog.Fields;

/// <summary>What is known of a field: what it means, under which names the rules have it, and what they test it for (SPEC E02).</summary>
/// <param name="Owner">The vendor whose own name it is; empty for a name of the taxonomy.</param>
/// <param name="Rules">Live rules that test it.</param>
public sealed record FieldPage(string Name, string Owner, Concept? Concept, int Rules)
{
    /// <summary>The names it came from, the commonest first.</summary>
    public ImmutableArray<FieldNative> Natives { get; init; } = [];

    public ImmutableArray<OperatorCount> How { get; init; } = [];

    /// <summary>The commonest values.</summary>
    public ImmutableArray<FieldValue> Values { get; init; } = [];

    /// <summary>Names that mean something near it and are kept apart, with the reason.</summary>
    public ImmutableArray<RelatedName> Related { get; init; } = [];
}

/// <summary>A vendor's name for a field, with the entry of the taxonomy that says so (empty for none).</summary>
public sealed record FieldNative(string Vendor, string Name, string Mapping, int Rules);

/// <summary>A value rules test a field for.</summary>
public sealed record FieldValue(string Kind, string Value, int Rules, int Vendors);

/// <summary>A binding to the same concept that merges nothing.</summary>
public sealed record RelatedName(string Vendor, string Name, string Relation, string Mapping);

/// <summary>Answers questions about fields.</summary>
public sealed class FieldReader(CatalogFile catalog)
{
    const int ValueLimit = 20;

    /// <summary>Every field of a name, shared or of one vendor, or of which it is a native name; the most used one first.</summary>
    public ImmutableArray<FieldPage> Read(string name)
    {
        using var connection = catalog.Connect();
        var fields = connection.Query(
            """
            SELECT f.id, f.name, f.owner, count(DISTINCT o.rule) AS rules FROM field f JOIN observation o ON o.field = f.id JOIN rule r ON r.id = o.rule
            WHERE r.kind = 'rule' AND o.reading < 2 AND (f.name = $1 COLLATE NOCASE OR f.id IN (SELECT field FROM observation WHERE native = $1 COLLATE NOCASE))
            GROUP BY f.id ORDER BY rules DESC, f.name, f.owner
            """,
            [name], r => (Id: r.GetInt64(0), Name: r.GetString(1), Owner: r.GetString(2), Rules: r.GetInt32(3)));
        return [.. fields.Select(f => Page(connection, f.Id, new(f.Name, f.Owner, f.Owner.Length == 0 ? catalog.Taxonomy.Fields.Find(f.Name) : null, f.Rules)))];
    }

    FieldPage Page(SqliteConnection connection, long field, FieldPage page)
    {
        const string Live = "FROM observation o JOIN rule r ON r.id = o.rule WHERE o.field = $1 AND r.kind = 'rule' AND o.reading < 2";
        return page with
        {
            Natives =
            [
                .. connection.Query(
                    $"SELECT r.vendor, o.native, coalesce((SELECT text FROM mapping WHERE id = o.mapping), ''), count(DISTINCT o.rule) AS n {Live} GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2, 3", [field],
                    r => new FieldNative(r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt32(3))),
            ],
            How = [.. connection.Query($"SELECT o.operator, count(DISTINCT o.rule) AS n {Live} GROUP BY 1 ORDER BY n DESC, 1", [field], r => new OperatorCount(r.GetString(0), r.GetInt32(1)))],
            Values =
            [
                .. connection.Query(
                    $"""
                    SELECT x.kind, (SELECT v.text FROM observation o JOIN value v ON v.id = o.value
                        WHERE o.field = x.field AND o.kind = x.kind AND o.row_key = x.row_key GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1), x.rules, x.vendors
                    FROM reach x JOIN value k ON k.id = x.row_key WHERE x.field = $1 ORDER BY x.rules DESC, k.text LIMIT {ValueLimit}
                    """,
                    [field],
                    r => new FieldValue(r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3))),
            ],
            Related = page.Concept is not { } concept ? [] :
            [
                .. catalog.Taxonomy.Fields.Bindings.Where(b => b.Relation != FieldRelation.Exact && concept.Covers(b.Concept))
                    .Select(b => new RelatedName(b.Vocabulary, b.Field, b.Relation.ToString().ToLowerInvariant(), b.Id)),
            ],
        };
    }
}
