using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Catalog.Rules;

/// <summary>All that is known of one rule (SPEC 4).</summary>
public sealed record RulePage(RuleEntry Entry)
{
    public string Description { get; init; } = "";

    public DateOnly? Created { get; init; }

    public DateOnly? Modified { get; init; }

    /// <summary>The rule's own text as it stands in its file.</summary>
    public string Text { get; init; } = "";

    /// <summary>The line of the file where <see cref="Text"/> begins, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Where other files begin in <see cref="Text"/>, such as the Python beside a rule's YAML.</summary>
    public ImmutableArray<FilePart> Files { get; init; } = [];

    /// <summary>Where the queries stand in <see cref="Text"/>.</summary>
    public ImmutableArray<CodePart> Code { get; init; } = [];

    public string LogSource { get; init; } = "";

    public ImmutableArray<string> References { get; init; } = [];

    public ImmutableArray<string> FalsePositives { get; init; } = [];

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<string> Related { get; init; } = [];

    public ImmutableArray<RuleTechnique> Techniques { get; init; } = [];

    public ImmutableArray<GuideEvent> Events { get; init; } = [];

    public ImmutableArray<StagePart> Stages { get; init; } = [];

    public ImmutableArray<RuleIndicator> Indicators { get; init; } = [];

    public ImmutableArray<RuleClause> Exclusions { get; init; } = [];

    public ImmutableArray<UnreadPart> Unread { get; init; } = [];

    /// <summary>What data it needs: a rule runs where each need has one of its sources.</summary>
    public ImmutableArray<RuleNeed> Needs { get; init; } = [];

    /// <summary>Other rules that look for much the same, the most alike first.</summary>
    public ImmutableArray<SimilarRule> Similar { get; init; } = [];

    /// <summary>Why there is no text, and what else there is not; null where everything is there.</summary>
    public string? Withheld => Entry.Publish switch
    {
        Publish.Full => null,
        Publish.Facts => "This catalog shows what was read out of the rules of this source and not their text.",
        _ => "This catalog names the rules of this source and shows nothing of what they hold.",
    };

    /// <summary>Texts outside the rule in which values of it stand, by path.</summary>
    public ImmutableArray<DrawnText> DrawnOn { get; init; } = [];

    /// <summary>The rule's words for a value: its own, or those of a text it draws on; empty where they have no place.</summary>
    public string WrittenOf(RuleIndicator indicator) => indicator.Drawn is { } drawn
        ? Slice(DrawnOn.FirstOrDefault(t => t.Id == drawn.Text)?.Text ?? "", drawn.Start, drawn.Length)
        : Slice(Text, indicator.SpanStart, indicator.SpanLength);

    static string Slice(string text, int start, int length) => new SourceText("", text).Slice(new(start, length));

    /// <summary>Where the rule can be read at its source, or null.</summary>
    public string? Url => UrlOf(Entry.Path);

    /// <summary>Where a file of the rule's source can be read, or null.</summary>
    public string? UrlOf(string path) => Entry.Repository is { } repository && repository.StartsWith("https://github.com/", StringComparison.Ordinal)
        ? $"{repository}/blob/{Entry.Commit ?? "HEAD"}/{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}"
        : null;
}

/// <summary>A technique a rule is tagged with.</summary>
/// <param name="Id">The id of its page, or as the rule has it where that names none.</param>
/// <param name="Name">With the parent's name; null where none is known.</param>
/// <param name="Written">As the rule has it.</param>
public sealed record RuleTechnique(string Id, string? Name, string Written, bool HasPage);

/// <summary>One value a rule looks for.</summary>
/// <param name="Reach">Rules of the whole catalog with the same field, kind and value.</param>
public sealed record RuleIndicator(string Field, string Kind, string? Value, string Role, int Reach, int SpanStart, int SpanLength)
{
    public ImmutableArray<VendorReach> ByVendor { get; init; } = [];

    public bool IsNegated { get; init; }

    /// <summary>Where the value stands outside the rule's own text; the span is then where the rule draws on it.</summary>
    public DrawnPlace? Drawn { get; init; }

    /// <summary>What makes the value of the rule's words (<see cref="RulePage.WrittenOf"/>) where those are others: modifiers, or the taxonomy's entry; null where they say it.</summary>
    public string? How { get; init; }
}

/// <summary>Log sources of which a rule needs one, for people.</summary>
public sealed record RuleNeed(ImmutableArray<string> Sources);

/// <summary>A text that a rule draws on: a macro, a helper module.</summary>
/// <param name="Line">The line of the file where <see cref="Text"/> begins, from 1.</param>
/// <param name="IsCut">The file is long, and this the part around a place.</param>
public sealed record DrawnText(long Id, string Path, int Line, string Text, bool IsCut);

/// <summary>A stretch of a <see cref="DrawnText"/>, named by its id.</summary>
public sealed record DrawnPlace(long Text, int Start, int Length);

public sealed record VendorReach(string Vendor, int Rules);

/// <summary>One clause that takes events out, whole.</summary>
public sealed record RuleClause(string Label, string Text, ImmutableArray<RuleIndicator> Members);

/// <summary>Answers questions about one rule.</summary>
public sealed class RuleReader(CatalogFile catalog)
{
    /// <summary>The rule <c>vendor/id</c>, a live one before a hunt or a deprecated one of the same id; null with a message for people where there is none.</summary>
    public RulePage? Read(string vendor, string id, out string message)
    {
        message = "";
        using var connection = catalog.Connect();
        var found = connection.Query($"{RuleEntries.Select} WHERE r.vendor = $1 AND r.name = $2 ORDER BY r.kind <> 'rule', r.id LIMIT 1", [vendor, id], r => (Row: r.GetInt64(0), Entry: RuleEntries.Read(r)));
        if (found is not [var (row, entry)])
        {
            message = $"there is no rule {vendor}/{id} in {catalog.Path}: 'rulescope search' finds rules by their words";
            return null;
        }

        var page = connection.Query(
            "SELECT description, created, modified, text, line, log_source, refs, false_positives, tags, related, stages, unread, files, code FROM rule WHERE id = $1", [row],
            r => new RulePage(entry)
            {
                Description = r.GetString(0),
                Created = RuleEntries.Date(r.TextOrNull(1)),
                Modified = RuleEntries.Date(r.TextOrNull(2)),
                Text = r.GetString(3),
                Line = r.GetInt32(4),
                LogSource = r.GetString(5),
                References = RuleEntries.Texts(r.GetString(6)),
                FalsePositives = RuleEntries.Texts(r.GetString(7)),
                Tags = RuleEntries.Texts(r.GetString(8)),
                Related = RuleEntries.Texts(r.GetString(9)),
                Stages = [.. JsonSerializer.Deserialize(r.GetString(10), CatalogJson.Default.StagePartArray) ?? []],
                Unread = [.. JsonSerializer.Deserialize(r.GetString(11), CatalogJson.Default.UnreadPartArray) ?? []],
                Files = TextLayout.Files(r.GetString(12)),
                Code = TextLayout.Code(r.GetString(13)),
            })[0];
        var observations = RuleObservations.Read(connection, row);
        return page with
        {
            Techniques = [.. connection.Query("SELECT technique, written FROM rule_technique WHERE rule = $1", [row], r => Technique(r.GetString(0), r.GetString(1)))],
            Events = [.. connection.Query("SELECT event FROM rule_event WHERE rule = $1 ORDER BY event", [row], r => new GuideEvent(r.GetString(0), RuleObservations.EventTitle(r.GetString(0)), 1))],
            Indicators = observations.Indicators,
            Exclusions = observations.Exclusions,
            Needs = Needs(connection, row),
            Similar = SimilarRules.Of(connection, row),
            DrawnOn =
            [
                .. connection.Query(
                    "SELECT id, path, line, text, is_cut FROM library WHERE id IN (SELECT drawn FROM observation WHERE rule = $1) ORDER BY path, line", [row],
                    r => new DrawnText(r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetString(3), r.GetBoolean(4))),
            ],
        };
    }

    static ImmutableArray<RuleNeed> Needs(SqliteConnection connection, long rule) =>
    [
        .. connection.Query("SELECT need, source FROM rule_source WHERE rule = $1 ORDER BY need, source", [rule], r => (Need: r.GetInt32(0), Source: r.GetString(1)))
            .GroupBy(n => n.Need, n => n.Source).Select(g => new RuleNeed([.. g.Select(NameOf).Distinct(StringComparer.Ordinal)])).DistinctBy(n => string.Join('\n', n.Sources), StringComparer.Ordinal),
    ];

    // A source that only the rule knows is kept in the rule's own word.
    static string NameOf(string source) => source.StartsWith('=') ? source[1..] : LogSourceCatalog.Shipped.Find(source)?.Title ?? source;

    /// <summary>The rules with these ids (<c>vendor/id</c>) by their ids; of several of one id the live one.</summary>
    public Dictionary<string, RuleEntry> Entries(IReadOnlyCollection<string> ids)
    {
        using var connection = catalog.Connect();
        var found = connection.Query(
            $"""
            {RuleEntries.Select} WHERE (r.vendor, r.name) IN (SELECT substr(value, 1, instr(value, '/') - 1), substr(value, instr(value, '/') + 1) FROM json_each($1))
            ORDER BY r.kind <> 'rule', r.id
            """,
            [JsonSerializer.Serialize([.. ids], CatalogJson.Default.StringArray)], RuleEntries.Read);
        return found.GroupBy(r => $"{r.Vendor}/{r.Id}", StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    static RuleTechnique Technique(string id, string written)
    {
        var facts = AttackFacts.Default;
        return new(id, facts.NameOf(id) is null ? null : facts.FullNameOf(id), written, facts.Find(id) is not null);
    }
}
