using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>Writes rules into an open catalog under construction. One thread, one transaction; statements are prepared once.</summary>
sealed class CatalogWriter : IDisposable
{
    readonly SqliteConnection _connection;
    readonly SqliteTransaction _transaction;
    readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    readonly Dictionary<(string Name, string Owner), long> _fields;
    readonly Dictionary<(string Text, string Concept), long> _mappings;
    readonly Dictionary<string, long> _values;
    readonly Dictionary<LibraryText, long> _library;

    public CatalogWriter(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction();
        _fields = connection.Query("SELECT name, owner, id FROM field", [], r => (Key: (r.GetString(0), r.GetString(1)), Id: r.GetInt64(2))).ToDictionary(f => f.Key, f => f.Id);
        _mappings = connection.Query("SELECT text, concept, id FROM mapping", [], r => (Key: (r.GetString(0), r.GetString(1)), Id: r.GetInt64(2))).ToDictionary(m => m.Key, m => m.Id);
        _values = Known("SELECT text, id FROM value");
        _library = connection.Query("SELECT path, line, text, is_cut, id FROM library", [], r => (Key: new LibraryText(r.GetString(0), r.GetInt32(1), r.GetString(2), r.GetBoolean(3)), Id: r.GetInt64(4))).ToDictionary(t => t.Key, t => t.Id);
    }

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _transaction.Dispose();
    }

    public long AddFile(long source, string path, string hash) =>
        Insert("INSERT INTO file (source, path, hash) VALUES ($1, $2, $3)", source, path, hash);

    public void AddFinding(long source, long? file, CorpusFinding finding) => Insert(
        "INSERT INTO finding (source, file, path, line, col, code, severity, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        source, file, finding.Path, finding.Position.Line, finding.Position.Column, finding.Diagnostic.Code.Id,
        finding.Diagnostic.Code.Severity.ToString().ToLowerInvariant(), finding.Diagnostic.Message);

    public void AddRule(long file, RuleRecord record, Publish publish)
    {
        var document = record.Document;
        var shown = PublishedRule.Of(record, publish);
        var rule = Insert(
            """
            INSERT INTO rule (file, vendor, name, title, language, kind, status, level, description, authors, license, created, modified, refs,
                false_positives, tags, related, log_source, platforms, domains, text, line, files, code, stages, unread, is_read, has_logic, is_readable)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)
            """,
            file, document.Vendor, document.Id, document.Title, document.Language.ToString().ToLowerInvariant(), document.Kind.Word(),
            document.Status, document.Level, shown.Description, Json(document.Authors), document.License, Date(document.Created),
            Date(document.Modified), Json(shown.References), Json(shown.FalsePositives), Json(shown.Tags), Json(shown.Related), shown.LogSource,
            Json(record.Platforms), Json(record.Domains), shown.Text, document.Source.Position(document.Extent).Line, shown.Files, shown.Code, shown.Stages,
            shown.Unread, document.IsRead ? 1 : 0, record.HasLogic ? 1 : 0, shown.IsReadable ? 1 : 0);
        foreach (var (technique, written) in record.Techniques)
            Insert("INSERT INTO rule_technique (technique, rule, written) VALUES ($1, $2, $3)", technique, rule, written);
        foreach (var id in record.Events)
            Insert("INSERT INTO rule_event (event, rule) VALUES ($1, $2)", id, rule);
        foreach (var needed in shown.Sources)
            Insert("INSERT INTO rule_source (rule, need, source) VALUES ($1, $2, $3)", rule, needed.Need, needed.Source);
        foreach (var (stage, number, label, text) in shown.Clauses)
            Insert("INSERT INTO clause (rule, stage, number, label, text) VALUES ($1, $2, $3, $4, $5)", rule, stage, number, label, text);
        foreach (var (leaf, reading) in shown.Observations)
            AddObservation(rule, leaf, reading, shown.HasPlaces ? document : null);
        Insert(
            "INSERT INTO rule_text (rowid, title, name, description, tags, text) VALUES ($1, $2, $3, $4, $5, $6)",
            rule, document.Title, document.Id, shown.Description, string.Join(' ', shown.Tags), shown.Text);
    }

    /// <summary>Takes a file's rules out, with all that hangs on them.</summary>
    public void RemoveFile(long file)
    {
        foreach (var rule in _connection.Query("SELECT id FROM rule WHERE file = $1", [file], r => r.GetInt64(0)))
        {
            foreach (var table in (ReadOnlySpan<string>)["rule_technique", "rule_event", "rule_source", "observation", "clause"])
                Insert($"DELETE FROM {table} WHERE rule = $1", rule);
            Insert("DELETE FROM rule_text WHERE rowid = $1", rule);
            Insert("DELETE FROM rule WHERE id = $1", rule);
        }

        Insert("DELETE FROM finding WHERE file = $1", file);
        Insert("DELETE FROM file WHERE id = $1", file);
    }

    // Spans are kept relative to the rule's own text, which is what the catalog holds.
    // A source that shows no text has no places in it, and none of its words.
    void AddObservation(long rule, NormalisedLeaf leaf, ReadingKind reading, RuleDocument? document)
    {
        var seen = leaf.Seen;
        var written = document is null ? null : WrittenForm.Of(leaf, document.Source);
        var drawn = document is not null && seen.Drawn is { } excerpt ? LibraryText.Of(excerpt) : ((LibraryText Text, SourceSpan Span)?)null;
        Insert(
            """
            INSERT INTO observation (rule, field, operator, value, merge_key, kind, row_key, side, role, stage, clause, negated, span_start, span_length, native, mapping, place, reading,
                drawn, drawn_start, drawn_length, written, how)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            """,
            rule, FieldId(leaf.Field, leaf.Owner ?? ""), leaf.Operator.Word(),
            leaf.Value is { } value ? Id(_values, value, "INSERT INTO value (text) VALUES ($1)") : null,
            leaf.MergeKey is { } key ? Id(_values, key, "INSERT INTO value (text) VALUES ($1)") : null, leaf.Kind.Word(),
            leaf.RowKey is { } rowKey ? Id(_values, rowKey, "INSERT INTO value (text) VALUES ($1)") : null,
            seen.Side.ToString().ToLowerInvariant(), leaf.Role.ToString().ToLowerInvariant(), seen.Stage, seen.Clause < 0 ? null : seen.Clause, seen.IsNegated ? 1 : 0,
            document is null ? 0 : Math.Max(0, seen.Span.Start - document.Extent.Start), document is null ? 0 : seen.Span.Length, leaf.Native,
            leaf.Meaning is { } meaning ? MappingId(meaning.Binding.Id, meaning.Name) : null, seen.Place.Text, (int)reading,
            drawn is { } outside ? LibraryId(outside.Text) : null, drawn?.Span.Start, drawn?.Span.Length,
            written is { } form ? Id(_values, form.Text, "INSERT INTO value (text) VALUES ($1)") : null, written?.How);
    }

    long LibraryId(LibraryText text) => _library.TryGetValue(text, out var id)
        ? id
        : _library[text] = Insert("INSERT INTO library (path, line, text, is_cut) VALUES ($1, $2, $3, $4)", text.Path, text.Line, text.Text, text.IsCut ? 1 : 0);

    long MappingId(string text, string concept) => _mappings.TryGetValue((text, concept), out var id)
        ? id
        : _mappings[(text, concept)] = Insert("INSERT INTO mapping (text, concept) VALUES ($1, $2)", text, concept);

    long FieldId(string name, string owner) =>
        _fields.TryGetValue((name, owner), out var id) ? id : _fields[(name, owner)] = Insert("INSERT INTO field (name, owner) VALUES ($1, $2)", name, owner);

    long Id(Dictionary<string, long> known, string text, string insert)
    {
        if (known.TryGetValue(text, out var id))
            return id;
        return known[text] = Insert(insert, text);
    }

    Dictionary<string, long> Known(string sql) =>
        _connection.Query(sql, [], r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1))).ToDictionary(StringComparer.Ordinal);

    long Insert(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.Transaction = _transaction;
#pragma warning disable CA2100 // constants of this file
            command.CommandText = sql + (sql.StartsWith("INSERT", StringComparison.Ordinal) ? "; SELECT last_insert_rowid()" : "");
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            command.Prepare();
            _commands[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteScalar() is long id ? id : 0;
    }

    static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts.ToArray(), CatalogJson.Default.StringArray);

    static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
