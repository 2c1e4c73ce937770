using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Guide;

/// <summary>Reads what the rules of a guide check. One question per technique, not per rule: the largest pages hold hundreds of rules and thousands of rows.</summary>
sealed class GuideObservations(SqliteConnection connection, ImmutableArray<CatalogRule> counted, bool plain)
{
    sealed record Home(string Rule, string Vendor, string Technique);

    readonly Dictionary<long, RuleEntry> _entries = counted.ToDictionary(r => r.Row, r => r.Entry);
    readonly Dictionary<long, Home> _homes = [];
    readonly Dictionary<long, (string Name, string Owner)> _fields = [];
    readonly Dictionary<(long Rule, int Stage, int Number), ClauseText> _clauses = [];

    public List<Seen> Seen { get; } = [];

    public void Read(string technique)
    {
        ReadClauses(technique);
        foreach (var seen in connection.Query(
            $"""
            SELECT o.rule, o.field, o.operator, v.text, {(plain ? "o.merge_key" : "o.row_key")}, o.side, o.role, coalesce(x.rules, 0), o.native, o.stage, o.clause, coalesce(m.text, ''), {(plain ? "o.operator" : "o.kind")}
            FROM rule_technique t JOIN observation o ON o.rule = t.rule
            LEFT JOIN value v ON v.id = o.value LEFT JOIN mapping m ON m.id = o.mapping
            LEFT JOIN {(plain ? "plain_reach x ON x.field = o.field AND x.operator = o.operator AND x.merge_key = o.merge_key" : "reach x ON x.field = o.field AND x.kind = o.kind AND x.row_key = o.row_key")}
            WHERE t.technique = $1 AND o.reading IN (0, $2)
            """,
            [technique, (int)(plain ? ReadingKind.Plain : ReadingKind.Own)], r => One(r, technique)))
        {
            if (seen is not null)
                Seen.Add(seen);
        }
    }

    Seen? One(SqliteDataReader row, string technique)
    {
        var rule = row.GetInt64(0);
        // A rule tagged with a technique and its parent comes up under both and counts under the first.
        if (HomeOf(rule, technique) is not { } home || home.Technique != technique)
            return null;
        var (field, owner) = Field(row.GetInt64(1));
        var side = Word(row.GetString(5));
        var native = row.GetString(8);
        return new(
            home.Rule, home.Vendor, field, owner, Word(row.GetString(2)), Word(row.GetString(12)), row.TextOrNull(3), row.IsDBNull(4) ? null : row.GetInt64(4),
            side, Word(row.GetString(6)), row.GetInt32(7), new(home.Vendor, native == field ? field : native, Word(row.GetString(11))),
            side == "exclusion" ? Clause(row, rule) ?? new(home.Rule, "", "") : null);
    }

    ClauseText? Clause(SqliteDataReader row, long rule) => row.IsDBNull(10) ? null : _clauses.GetValueOrDefault((rule, row.GetInt32(9), row.GetInt32(10)));

    Home? HomeOf(long rule, string technique)
    {
        if (_homes.TryGetValue(rule, out var home))
            return home;
        return _entries.TryGetValue(rule, out var entry) ? _homes[rule] = new($"{entry.Vendor}/{entry.Id}", entry.Vendor, technique) : null;
    }

    // Clauses are long and their members many, so each is read once.
    void ReadClauses(string technique)
    {
        foreach (var (key, label, text) in connection.Query(
            "SELECT c.rule, c.stage, c.number, c.label, c.text FROM rule_technique t JOIN clause c ON c.rule = t.rule WHERE t.technique = $1", [technique],
            r => (Key: (r.GetInt64(0), r.GetInt32(1), r.GetInt32(2)), Label: r.GetString(3), Text: r.GetString(4))))
        {
            if (HomeOf(key.Item1, technique) is { } home)
                _clauses[key] = new(home.Rule, label, text);
        }
    }

    (string Name, string Owner) Field(long id)
    {
        if (_fields.TryGetValue(id, out var name))
            return name;
        return _fields[id] = connection.Query("SELECT name, owner FROM field WHERE id = $1", [id], r => (r.GetString(0), r.GetString(1))) is [var found] ? found : ("", "");
    }

    // Operators, sides and roles are few.
    static string Word(string text) => string.IsInterned(text) ?? text;
}
