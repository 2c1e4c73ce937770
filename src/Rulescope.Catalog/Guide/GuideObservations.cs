using System.Collections.Immutable;
using System.Text;
using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Store;
using SQLitePCL;

namespace Rulescope.Catalog.Guide;

/// <summary>Reads what the rules of a guide check. One question per technique, not per rule: the largest pages hold hundreds of rules and thousands of rows.</summary>
sealed class GuideObservations(SqliteConnection connection, ImmutableArray<CatalogRule> counted, bool plain)
{
    sealed record Home(string Rule, string Vendor, string Technique);

    static readonly (byte[] Bytes, string Word)[] Words =
        [.. ((string[])["indicator", "behaviour", .. Enum.GetValues<ReadOperator>().Select(o => o.Word()), "exclusion", "selector", "threshold", "guard"]).Select(w => (Encoding.UTF8.GetBytes(w), w))];

    readonly Dictionary<long, RuleEntry> _entries = counted.ToDictionary(r => r.Row, r => r.Entry);
    readonly Dictionary<long, Home> _homes = [];

    // What many rows share is read once and then known by its number.
    readonly Dictionary<long, SeenField> _fields = [];
    readonly Dictionary<(long Field, string Kind, long Key), SeenRow> _rows = [];
    readonly Dictionary<(string Vendor, string Name, long Mapping), NativeName> _natives = [];
    readonly Dictionary<(long Rule, int Stage, int Number), ClauseText> _clauses = [];

    public List<Seen> Seen { get; } = [];

    public void Read(string technique)
    {
        ReadClauses(technique);
        foreach (var seen in connection.Query(
            $"""
            SELECT o.rule, o.field, {(plain ? "o.operator, o.merge_key" : "o.kind, o.row_key")}, o.operator, v.text, o.side, o.role, o.native, o.mapping, o.stage, o.clause, o.negated, o.place,
                f.name, f.owner, x.rules, m.text, o.span_start, o.span_length, w.text, o.how
            FROM rule_technique t JOIN observation o ON o.rule = t.rule JOIN field f ON f.id = o.field
            LEFT JOIN value v ON v.id = o.value LEFT JOIN mapping m ON m.id = o.mapping LEFT JOIN value w ON w.id = o.written
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
        var side = Word(row, 6);
        return new(home.Rule, home.Vendor, Row(row), Word(row, 4), row.TextOrNull(5), side, Word(row, 7), Native(row, home.Vendor), side == "exclusion" ? Clause(row, rule) ?? new(home.Rule, "", "") : null)
        {
            IsNegated = row.GetBoolean(12),
            Stage = row.GetInt32(10),
            Place = row.GetString(13),
            Span = new(row.GetInt32(18), row.GetInt32(19)),
            Written = row.TextOrNull(20) is { } written ? new(home.Rule, written, row.TextOrNull(21) ?? "") : null,
        };
    }

    SeenRow Row(SqliteDataReader row)
    {
        var (field, kind, hasKey) = (row.GetInt64(1), Word(row, 2), !row.IsDBNull(3));
        var key = (field, kind, hasKey ? row.GetInt64(3) : -1);
        if (!_rows.TryGetValue(key, out var known))
            _rows[key] = known = new(Field(row, field), kind, hasKey ? key.Item3 : null, row.IsDBNull(16) ? 0 : row.GetInt32(16));
        return known;
    }

    SeenField Field(SqliteDataReader row, long id) => _fields.TryGetValue(id, out var field) ? field : _fields[id] = new(row.GetString(14), row.GetString(15));

    NativeName Native(SqliteDataReader row, string vendor)
    {
        var key = (vendor, row.GetString(8), row.IsDBNull(9) ? -1 : row.GetInt64(9));
        return _natives.TryGetValue(key, out var native) ? native : _natives[key] = new(vendor, key.Item2, row.TextOrNull(17) ?? "");
    }

    ClauseText? Clause(SqliteDataReader row, long rule) => row.IsDBNull(11) ? null : _clauses.GetValueOrDefault((rule, row.GetInt32(10), row.GetInt32(11)));

    Home? HomeOf(long rule, string technique)
    {
        if (_homes.TryGetValue(rule, out var home))
            return home;
        return _entries.TryGetValue(rule, out var entry) ? _homes[rule] = new($"{entry.Vendor}/{entry.Id}", entry.Vendor, technique) : null;
    }

    // Operators, sides and roles are few words in thousands of rows, so no new text is made of them.
    static string Word(SqliteDataReader row, int column)
    {
        var written = row.Handle is { } statement ? raw.sqlite3_column_blob(statement, column) : [];
        foreach (var (bytes, word) in Words)
        {
            if (written.SequenceEqual(bytes))
                return word;
        }

        return row.GetString(column);
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
}
