using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Facts;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>One run of the builder over a catalog under construction, which may hold the rows of the run before.</summary>
sealed class BuildRun : ICorpusTarget<RuleRecord>
{
    sealed record KnownFile(long Id, string Hash);

    readonly SqliteConnection _connection;
    readonly Dictionary<(string Vendor, string Source, string Path), KnownFile> _known;
    readonly Dictionary<(string Vendor, string Source), long> _sources = [];
    readonly HashSet<long> _seen = [];
    readonly CatalogWriter _writer;
    readonly BuildInputs _inputs;

    public BuildRun(SqliteConnection connection, CatalogWriter writer, BuildInputs inputs)
    {
        _inputs = inputs;
        _connection = connection;
        _writer = writer;
        _known = connection.Query(
            "SELECT s.vendor, s.path, f.path, f.id, f.hash FROM file f JOIN source s ON s.id = f.source", [],
            r => (Key: (r.GetString(0), r.GetString(1), r.GetString(2)), File: new KnownFile(r.GetInt64(3), r.GetString(4)))).ToDictionary(f => f.Key, f => f.File);
    }

    public ImmutableArray<SourceSummary> Summaries { get; private set; } = [];

    public int Unchanged { get; private set; }

    /// <summary>Some source is to be published otherwise than the catalog before had it.</summary>
    public bool HasNewModes { get; private set; }

    /// <summary>Something in the catalog is other than before.</summary>
    public bool HasChanges { get; private set; }

    public async Task ReadAsync(
        IReadOnlyList<RuleSource> sources, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var before = Provenances();
        // What is said of sources, and findings that belong to no file, are written anew each time.
        _connection.Run("DELETE FROM finding WHERE file IS NULL");
        var opened = await new CorpusReader().ReadAsync(sources, this, progress, cancellation).ConfigureAwait(false);
        // Every source named this time is known before those that were not are taken out.
        foreach (var (provenance, _) in opened)
            SourceOf(provenance);
        RemoveUnseen();
        foreach (var (provenance, findings) in opened)
        {
            var source = SourceOf(provenance);
            foreach (var finding in findings.Concat(SameIds(source)))
                _writer.AddFinding(source, null, PublishedRule.Of(finding, provenance.Publish));
        }

        HasChanges |= Describe(_inputs.Attack) | !before.SequenceEqual(Provenances(), StringComparer.Ordinal);
        if (HasChanges)
        {
            _connection.Run("DELETE FROM library WHERE id NOT IN (SELECT drawn FROM observation WHERE drawn IS NOT NULL)");
            CountReach();
        }

        Summaries = [.. opened.Select(o => SummaryOf(o.Provenance))];
    }

    void CountReach()
    {
        _connection.Run(CatalogSchema.Reach);
        if (_inputs.Facts is { } facts)
            PublicReach.Add(_connection, facts);
    }

    /// <summary>Stamps the file; a catalog without a stamp is never opened.</summary>
    public void Finish(string fingerprint)
    {
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)
        [
            ("schema", CatalogSchema.Version.ToString(CultureInfo.InvariantCulture)),
            ("fingerprint", fingerprint),
            ("built", DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ])
        {
            _connection.Run("INSERT OR REPLACE INTO meta (key, value) VALUES ($1, $2)", key, value);
        }

        if (_inputs.Taxonomy.File is { } taxonomy)
            _connection.Run("INSERT OR REPLACE INTO meta (key, value) VALUES ('taxonomy', $1)", taxonomy.Text);
        _connection.Run("PRAGMA optimize");
    }

    public bool Knows(SourceProvenance source, string path, string hash) =>
        _known.TryGetValue((source.Vendor, source.Path, path), out var known) && string.Equals(known.Hash, hash, StringComparison.Ordinal);

    public RuleRecord Prepare(RuleDocument document) => RuleRecord.Of(document, _inputs.Taxonomy);

    public void Take(FileResult<RuleRecord> file)
    {
        var isKnown = _known.TryGetValue((file.Source.Vendor, file.Source.Path, file.Path), out var known);
        if (isKnown && known is not null && file.IsKnown)
        {
            Unchanged++;
            _seen.Add(known.Id);
            return;
        }

        HasChanges = true;
        if (isKnown && known is not null)
            _writer.RemoveFile(known.Id);
        var source = SourceOf(file.Source);
        var id = _writer.AddFile(source, file.Path, file.Hash);
        _seen.Add(id);
        foreach (var record in file.Items)
            _writer.AddRule(id, record, file.Source.Publish);
        foreach (var finding in file.Findings)
            _writer.AddFinding(source, id, PublishedRule.Of(finding, file.Source.Publish));
    }

    long SourceOf(SourceProvenance source)
    {
        if (_sources.TryGetValue((source.Vendor, source.Path), out var id))
            return id;
        var known = _connection.Query("SELECT id, publish FROM source WHERE vendor = $1 AND path = $2", [source.Vendor, source.Path], r => (Id: r.GetInt64(0), Publish: r.GetString(1)));
        HasNewModes |= known.Any(k => k.Publish != source.Publish.Word());
        var rows = known.ConvertAll(k => k.Id);
        if (rows.Count == 0)
        {
            _connection.Run("INSERT INTO source (vendor, path) VALUES ($1, $2)", source.Vendor, source.Path);
            rows.Add(_connection.Count("SELECT last_insert_rowid()"));
        }

        _connection.Run(
            "UPDATE source SET repository = $2, commit_id = $3, license = $4, date = $5, publish = $6 WHERE id = $1",
            rows[0], source.Repository, source.Commit, source.License, source.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), source.Publish.Word());
        return _sources[(source.Vendor, source.Path)] = rows[0];
    }

    // Files that are gone, or whose source was not named this time, leave with their rules.
    void RemoveUnseen()
    {
        foreach (var file in _known.Values.Where(f => !_seen.Contains(f.Id)))
        {
            var isLeft = _connection.Count("SELECT count(*) FROM file WHERE id = $1", file.Id) > 0;
            if (!isLeft)
                continue;
            HasChanges = true;
            _writer.RemoveFile(file.Id);
        }

        foreach (var id in _connection.Query("SELECT id FROM source", [], r => r.GetInt64(0)).Where(id => !_sources.ContainsValue(id)))
            _connection.Run("DELETE FROM source WHERE id = $1", id);
    }

    /// <summary>Takes in the texts of an ATT&amp;CK file; true when they are other than before.</summary>
    bool Describe(AttackDescriptions attack)
    {
        var facts = AttackFacts.Default;
        var texts = facts.Techniques.Select(t => (t.Id, Text: attack.Find(facts, t.Id))).Where(t => t.Text is not null).ToArray();
        var old = _connection.Query("SELECT technique, text FROM description ORDER BY technique", [], r => (r.GetString(0), r.GetString(1)));
        if (old.SequenceEqual(texts.Select(t => (t.Id, t.Text?.Text ?? "")).OrderBy(t => t.Id, StringComparer.Ordinal)))
            return false;
        _connection.Run("DELETE FROM description");
        foreach (var (id, text) in texts)
            _connection.Run("INSERT INTO description (technique, text, written_for) VALUES ($1, $2, $3)", id, text?.Text, text?.FromId);
        _connection.Run("INSERT OR REPLACE INTO meta (key, value) VALUES ('attack', $1), ('notice', $2)", attack.Version ?? "", attack.Notice ?? "");
        return true;
    }

    IEnumerable<CorpusFinding> SameIds(long source) => _connection.Query(
        """
        SELECT f.path, r.line, r.name, (SELECT f2.path FROM rule r2 JOIN file f2 ON f2.id = r2.file WHERE r2.vendor = r.vendor AND r2.name = r.name ORDER BY r2.id LIMIT 1)
        FROM rule r JOIN file f ON f.id = r.file
        WHERE f.source = $1 AND EXISTS (SELECT 1 FROM rule r2 WHERE r2.vendor = r.vendor AND r2.name = r.name AND r2.id < r.id)
        """,
        [source], r => new CorpusFinding(r.GetString(0), new(r.GetInt32(1), 1), Diagnostic.At(default, CorpusCodes.SameId, r.GetString(2), r.GetString(3))));

    List<string> Provenances() => _connection.Query(
        "SELECT vendor || ' ' || path || ' ' || coalesce(repository, '') || ' ' || coalesce(commit_id, '') || ' ' || coalesce(license, '') || ' ' || publish FROM source ORDER BY id", [], r => r.GetString(0));

    // Counted from the rows, so that a run that read nothing anew reports the same as the one that did.
    SourceSummary SummaryOf(SourceProvenance provenance)
    {
        var source = SourceOf(provenance);
        var kinds = _connection.Query(
            "SELECT r.kind, count(*), sum(r.is_read), sum(r.is_readable) FROM rule r JOIN file f ON f.id = r.file WHERE f.source = $1 GROUP BY r.kind", [source],
            r => (Kind: Enum.Parse<RuleKind>(r.GetString(0), ignoreCase: true), Count: r.GetInt32(1), Read: r.GetInt32(2), Readable: r.GetInt32(3)));
        var live = kinds.FirstOrDefault(k => k.Kind == RuleKind.Rule);
        var findings = _connection.Query(
            "SELECT path, line, col, code, severity, message FROM finding WHERE source = $1", [source],
            r => new CorpusFinding(r.GetString(0), new(r.GetInt32(1), r.GetInt32(2)), new(new(r.GetString(3), Enum.Parse<Severity>(r.GetString(4), ignoreCase: true), ""), default, r.GetString(5))));
        return new(
            provenance, (int)_connection.Count("SELECT count(*) FROM file WHERE source = $1", source), live.Count, live.Read, live.Readable,
            kinds.ToImmutableSortedDictionary(k => k.Kind, k => k.Count), CorpusFinding.InOrder(findings));
    }
}
