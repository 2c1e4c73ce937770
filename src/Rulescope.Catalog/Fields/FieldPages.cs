using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.LogSources;
using Rulescope.Catalog.Rules;
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

    /// <summary>Its live rules by vendor, in the order of the pages.</summary>
    public ImmutableArray<Facet> Vendors { get; init; } = [];

    /// <summary>The log sources of its rules, the one with most rules first.</summary>
    public ImmutableArray<Facet> LogSources { get; init; } = [];

    /// <summary>Techniques its rules are tagged with, the one with most rules first.</summary>
    public ImmutableArray<TechniqueTally> Techniques { get; init; } = [];
}

/// <summary>A vendor's name for a field, with the entry of the taxonomy that says so (empty for none).</summary>
public sealed record FieldNative(string Vendor, string Name, string Mapping, int Rules)
{
    /// <summary>That entry; null where the shipped taxonomy has none of this id.</summary>
    public Binding? Binding { get; init; }
}

/// <summary>A value rules test a field for.</summary>
public sealed record FieldValue(string Kind, string Value, int Rules, int Vendors)
{
    /// <summary>The first of its rules by title.</summary>
    public ImmutableArray<RuleEntry> First { get; init; } = [];
}

/// <summary>A binding to the same concept that merges nothing.</summary>
public sealed record RelatedName(string Vendor, string Name, string Relation, string Mapping);

/// <summary>A field in the list of all.</summary>
/// <param name="Owner">The vendor whose own name it is; empty for a name of the taxonomy.</param>
/// <param name="Title">What it is, in a few words; empty where nobody says.</param>
public sealed record FieldCount(string Name, string Owner, string Title, int Rules, ImmutableArray<Facet> Vendors);

/// <summary>Answers questions about fields.</summary>
public sealed class FieldReader(CatalogFile catalog)
{
    const int ValueLimit = 25;
    const int SourceLimit = 25;
    const int RuleLimit = 6;

    // Worked out at the first question; two who ask at once both do it, which is harmless.
    ILookup<string, long>? _natives;

    readonly ILookup<string, Binding> _bindings = catalog.Taxonomy.Fields.Bindings.ToLookup(b => b.Id, StringComparer.Ordinal);

    /// <summary>Every field of a name, shared or of one vendor, or of which it is a native name; the most used one first.</summary>
    public ImmutableArray<FieldPage> Read(string name)
    {
        using var connection = catalog.Connect();
        return [.. Find(connection, name).Select(f => Page(connection, f))];
    }

    /// <summary>The fields of a name, and those of which it is a native name only.</summary>
    public (ImmutableArray<FieldPage> Named, ImmutableArray<FieldPage> Meant) Named(string name)
    {
        using var connection = catalog.Connect();
        var found = Find(connection, name).ToLookup(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
        return ([.. found[true].Select(f => Page(connection, f))], [.. found[false].Select(Head)]);
    }

    List<(long Id, string Name, string Owner, int Rules)> Find(SqliteConnection connection, string name)
    {
        // No index has the native names, and going through all tests takes longer than the rest of a page.
        var natives = _natives ??= connection.Query("SELECT DISTINCT native, field FROM observation WHERE reading < 2", [], r => (Name: r.GetString(0), Field: r.GetInt64(1)))
            .ToLookup(n => n.Name, n => n.Field, StringComparer.OrdinalIgnoreCase);
        return connection.Query(
            """
            SELECT f.id, f.name, f.owner, count(DISTINCT o.rule) AS rules FROM field f JOIN observation o ON o.field = f.id JOIN rule r ON r.id = o.rule
            WHERE r.kind = 'rule' AND o.reading < 2 AND f.id IN (SELECT id FROM field WHERE name = $1 COLLATE NOCASE UNION SELECT value FROM json_each($2))
            GROUP BY f.id ORDER BY rules DESC, f.name, f.owner
            """,
            [name, JsonSerializer.Serialize([.. natives[name]], CatalogJson.Default.Int64Array)], r => (r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt32(3)));
    }

    FieldPage Head((long Id, string Name, string Owner, int Rules) field) =>
        new(field.Name, field.Owner, field.Owner.Length == 0 ? catalog.Taxonomy.Fields.Find(field.Name) : null, field.Rules);

    /// <summary>Every field that a live rule tests, the most used first.</summary>
    public ImmutableArray<FieldCount> All()
    {
        using var connection = catalog.Connect();
        return
        [
            .. connection.Query(
                """
                SELECT f.name, f.owner, r.vendor, count(DISTINCT o.rule) FROM observation o JOIN field f ON f.id = o.field JOIN rule r ON r.id = o.rule
                WHERE r.kind = 'rule' AND o.reading < 2 GROUP BY f.id, r.vendor
                """,
                [], r => (Name: r.GetString(0), Owner: r.GetString(1), Vendor: new Facet(r.GetString(2), r.GetInt32(3))))
                .GroupBy(f => (f.Name, f.Owner), f => f.Vendor)
                .Select(g => new FieldCount(
                    g.Key.Name, g.Key.Owner, g.Key.Owner.Length == 0 ? catalog.Taxonomy.Fields.Find(g.Key.Name)?.Title ?? "" : "", g.Sum(v => v.Rules),
                    [.. g.OrderBy(v => Guide.Vendors.Order.IndexOf(v.Name))]))
                .OrderByDescending(f => f.Rules).ThenBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Owner, StringComparer.Ordinal),
        ];
    }

    FieldPage Page(SqliteConnection connection, (long Id, string Name, string Owner, int Rules) found)
    {
        var (field, page) = (found.Id, Head(found));
        // The commonest fields have thousands of tests, so they are read once and counted here.
        var mappings = connection.Query("SELECT id, text FROM mapping", [], r => (Id: r.GetInt64(0), Text: r.GetString(1))).ToDictionary(m => m.Id, m => m.Text);
        var tests = connection.Query(
            """
            SELECT DISTINCT o.rule, r.vendor, o.native, o.mapping, o.operator FROM observation o JOIN rule r ON r.id = o.rule
            WHERE o.field = $1 AND r.kind = 'rule' AND o.reading < 2
            """,
            [field],
            r => (Rule: r.GetInt64(0), Vendor: r.GetString(1), Native: r.GetString(2), Mapping: r.IsDBNull(3) ? "" : mappings.GetValueOrDefault(r.GetInt64(3), ""), Operator: r.GetString(4)));
        var rules = JsonSerializer.Serialize([.. tests.Select(t => t.Rule).Distinct()], CatalogJson.Default.Int64Array);
        return page with
        {
            Natives =
            [
                .. tests.GroupBy(t => (t.Vendor, t.Native, t.Mapping), t => t.Rule)
                    .Select(g => new FieldNative(g.Key.Vendor, g.Key.Native, g.Key.Mapping, g.Distinct().Count()) { Binding = _bindings[g.Key.Mapping].FirstOrDefault() })
                    .OrderByDescending(n => n.Rules).ThenBy(n => n.Vendor, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal).ThenBy(n => n.Mapping, StringComparer.Ordinal),
            ],
            How =
            [
                .. tests.GroupBy(t => t.Operator, t => t.Rule, StringComparer.Ordinal).Select(g => new OperatorCount(g.Key, g.Distinct().Count()))
                    .OrderByDescending(o => o.Rules).ThenBy(o => o.Operator, StringComparer.Ordinal),
            ],
            Values = Values(connection, field),
            Vendors =
            [
                .. tests.GroupBy(t => t.Vendor, t => t.Rule, StringComparer.Ordinal).Select(g => new Facet(g.Key, g.Distinct().Count()))
                    .OrderBy(v => Guide.Vendors.Order.IndexOf(v.Name)),
            ],
            LogSources =
            [
                .. connection.Query(
                    $"""
                    SELECT n.source, count(DISTINCT n.rule) AS rules FROM json_each($1) j JOIN rule_source n ON n.rule = j.value WHERE n.source NOT LIKE '=%'
                    GROUP BY 1 ORDER BY rules DESC, 1 LIMIT {SourceLimit}
                    """,
                    [rules], r => new Facet(r.GetString(0), r.GetInt32(1))),
            ],
            Techniques =
            [
                .. connection.Query(
                    "SELECT t.technique, count(*) AS rules FROM json_each($1) j JOIN rule_technique t ON t.rule = j.value GROUP BY 1 ORDER BY rules DESC, 1", [rules],
                    r => LogSourceReader.Technique(r.GetString(0), r.GetInt32(1))),
            ],
            Related = page.Concept is not { } concept ? [] :
            [
                .. catalog.Taxonomy.Fields.Bindings.Where(b => b.Relation != FieldRelation.Exact && concept.Covers(b.Concept))
                    .Select(b => new RelatedName(b.Vocabulary, b.Field, b.Relation.ToString().ToLowerInvariant(), b.Id)),
            ],
        };
    }

    static ImmutableArray<FieldValue> Values(SqliteConnection connection, long field) =>
    [
        .. connection.Query(
            $"""
            SELECT x.kind, (SELECT v.text FROM observation o JOIN value v ON v.id = o.value
                WHERE o.field = x.field AND o.kind = x.kind AND o.row_key = x.row_key GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1), x.rules, x.vendors, x.row_key
            FROM reach x JOIN value k ON k.id = x.row_key WHERE x.field = $1 ORDER BY x.rules DESC, k.text LIMIT {ValueLimit}
            """,
            [field], r => (Key: r.GetInt64(4), Value: new FieldValue(r.GetString(0), r.TextOrNull(1) ?? "", r.GetInt32(2), r.GetInt32(3))))
            .Select(v => v.Value with
            {
                First =
                [
                    .. connection.Query(
                        $"""
                        {RuleEntries.Select} WHERE r.kind = 'rule' AND r.id IN (
                            SELECT o.rule FROM observation o WHERE o.field = $1 AND o.kind = $2 AND o.row_key = $3 AND o.side = 'indicator' AND o.reading < 2)
                        ORDER BY r.title, r.id LIMIT {RuleLimit}
                        """,
                        [field, v.Value.Kind, v.Key], RuleEntries.Read),
                ],
            }),
    ];
}
