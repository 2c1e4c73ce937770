namespace Rulescope.Catalog.Store;

/// <summary>The tables of a catalog file. Change <see cref="Version"/> with them: a file of another version is rebuilt, never migrated.</summary>
static class CatalogSchema
{
    public const int Version = 8;

    public const string Tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE source (
            id INTEGER PRIMARY KEY, vendor TEXT NOT NULL, path TEXT NOT NULL,
            repository TEXT, commit_id TEXT, license TEXT, date TEXT, publish TEXT NOT NULL DEFAULT 'full');

        CREATE TABLE file (
            id INTEGER PRIMARY KEY, source INTEGER NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL,
            UNIQUE (source, path));

        -- file is null for a finding about the source as a whole
        CREATE TABLE finding (
            source INTEGER NOT NULL, file INTEGER, path TEXT NOT NULL,
            line INTEGER NOT NULL, col INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL);
        CREATE INDEX finding_file ON finding (file);

        -- files: where other files begin in the text; code: where its queries stand
        CREATE TABLE rule (
            id INTEGER PRIMARY KEY, file INTEGER NOT NULL, vendor TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
            language TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, level TEXT NOT NULL, description TEXT NOT NULL,
            authors TEXT NOT NULL, license TEXT, created TEXT, modified TEXT, refs TEXT NOT NULL, false_positives TEXT NOT NULL,
            tags TEXT NOT NULL, related TEXT NOT NULL, log_source TEXT NOT NULL, platforms TEXT NOT NULL, domains TEXT NOT NULL,
            text TEXT NOT NULL, line INTEGER NOT NULL, files TEXT NOT NULL, code TEXT NOT NULL, stages TEXT NOT NULL, unread TEXT NOT NULL,
            is_read INTEGER NOT NULL, has_logic INTEGER NOT NULL, is_readable INTEGER NOT NULL);
        CREATE INDEX rule_name ON rule (vendor, name);
        CREATE INDEX rule_file ON rule (file);
        CREATE INDEX rule_changed ON rule (coalesce(modified, created));

        CREATE TABLE rule_technique (technique TEXT NOT NULL, rule INTEGER NOT NULL, written TEXT NOT NULL, PRIMARY KEY (technique, rule)) WITHOUT ROWID;
        CREATE INDEX technique_rule ON rule_technique (rule);

        CREATE TABLE rule_event (event TEXT NOT NULL, rule INTEGER NOT NULL, PRIMARY KEY (event, rule)) WITHOUT ROWID;
        CREATE INDEX event_rule ON rule_event (rule);

        -- a rule runs where each of its needs has one of its sources
        CREATE TABLE rule_source (rule INTEGER NOT NULL, need INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (rule, need, source)) WITHOUT ROWID;

        -- owner: the vendor whose own name it is, empty for a name of the taxonomy
        CREATE TABLE field (id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL, UNIQUE (name, owner));
        -- the entries of the taxonomy that say what native names mean
        CREATE TABLE mapping (id INTEGER PRIMARY KEY, text TEXT NOT NULL, concept TEXT NOT NULL, UNIQUE (text, concept));
        CREATE TABLE value (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

        -- texts that rules draw on: macros, helper modules; of a long one a stretch that begins at a line
        CREATE TABLE library (id INTEGER PRIMARY KEY, path TEXT NOT NULL, line INTEGER NOT NULL, is_cut INTEGER NOT NULL, text TEXT NOT NULL);

        -- value, merge_key and row_key are null where only presence is tested; clause is null for an indicator. Rows of the guide meet by
        -- field, kind and row_key; in the plain reading by field, operator and merge_key.
        -- place: what tells tests that stand together from alternatives; empty where nothing parts it from others of its stage
        -- drawn: the library's text in which the value stands, null for the rule's own; written and how: the rule's words where they are not the value
        -- reading: 0 in both readings, 1 in the guide's own only, 2 in the plain one only
        CREATE TABLE observation (
            rule INTEGER NOT NULL, field INTEGER NOT NULL, operator TEXT NOT NULL, value INTEGER, merge_key INTEGER, kind TEXT NOT NULL, row_key INTEGER,
            side TEXT NOT NULL, role TEXT NOT NULL, stage INTEGER NOT NULL, clause INTEGER, negated INTEGER NOT NULL,
            span_start INTEGER NOT NULL, span_length INTEGER NOT NULL, native TEXT NOT NULL, mapping INTEGER, place TEXT NOT NULL, reading INTEGER NOT NULL,
            drawn INTEGER, drawn_start INTEGER, drawn_length INTEGER, written INTEGER, how TEXT);
        CREATE INDEX observation_rule ON observation (rule);
        CREATE INDEX observation_key ON observation (field, kind, row_key);

        CREATE TABLE clause (rule INTEGER NOT NULL, stage INTEGER NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (rule, stage, number)) WITHOUT ROWID;

        CREATE TABLE reach (field INTEGER NOT NULL, kind TEXT NOT NULL, row_key INTEGER NOT NULL, rules INTEGER NOT NULL, vendors INTEGER NOT NULL,
            PRIMARY KEY (field, kind, row_key)) WITHOUT ROWID;
        CREATE TABLE plain_reach (field INTEGER NOT NULL, operator TEXT NOT NULL, merge_key INTEGER NOT NULL, rules INTEGER NOT NULL,
            PRIMARY KEY (field, operator, merge_key)) WITHOUT ROWID;

        -- texts of an imported ATT&CK file; written_for is the id the text was made for
        CREATE TABLE description (technique TEXT PRIMARY KEY, text TEXT NOT NULL, written_for TEXT NOT NULL) WITHOUT ROWID;

        CREATE VIRTUAL TABLE rule_text USING fts5 (title, name, description, tags, text, content='', contentless_delete=1, tokenize="unicode61 tokenchars '_'");
        """;

    /// <summary>How many rules of any technique share an indicator; hunts, deprecated rules and the like do not count.</summary>
    public const string Reach = """
        DELETE FROM reach;
        INSERT INTO reach
        SELECT o.field, o.kind, o.row_key, count(DISTINCT o.rule), count(DISTINCT r.vendor)
        FROM observation o JOIN rule r ON r.id = o.rule
        WHERE o.side = 'indicator' AND o.row_key IS NOT NULL AND o.reading < 2 AND r.kind = 'rule'
        GROUP BY o.field, o.kind, o.row_key;
        DELETE FROM plain_reach;
        INSERT INTO plain_reach
        SELECT o.field, o.operator, o.merge_key, count(DISTINCT o.rule)
        FROM observation o JOIN rule r ON r.id = o.rule
        WHERE o.side = 'indicator' AND o.merge_key IS NOT NULL AND o.reading <> 1 AND r.kind = 'rule'
        GROUP BY o.field, o.operator, o.merge_key;
        """;
}
