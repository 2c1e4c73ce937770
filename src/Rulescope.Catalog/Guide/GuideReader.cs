using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Guide;

/// <summary>Answers guide questions from a catalog.</summary>
public sealed class GuideReader(CatalogFile catalog)
{
    readonly AttackFacts _attack = AttackFacts.Default;

    /// <summary>The guide of a technique; null with a message for people where the id names none.</summary>
    public TechniqueGuide? Read(GuideQuestion question, out string message)
    {
        message = "";
        var resolution = _attack.Resolve(question.Technique);
        if (!resolution.HasPage || resolution.Id is not { } id || _attack.Find(id) is not { } technique)
        {
            message = TechniqueNames.Explain(resolution);
            return null;
        }

        using var connection = catalog.Connect();
        var family = Family(id);
        var own = Rules(connection, [id]);
        var wider = Rules(connection, family);
        var listed = (question.WithSubtechniques ? wider : own).Where(r => Fits(r.Entry, question)).ToImmutableArray();
        var counted = listed.Where(r => IsCounted(r.Entry, question)).ToImmutableArray();
        var seen = Observations(connection, question.WithSubtechniques ? family : [id], counted, question);
        var description = Description(connection, id);
        return new(technique, question)
        {
            Description = description?.Text,
            DescriptionFrom = description is { } text && text.WrittenFor != id ? text.WrittenFor : null,
            DescriptionVersion = description?.Version ?? "",
            AttackVersion = _attack.Version,
            Rules = Summary(listed, counted, question.WithSubtechniques ? wider : own, wider, question),
            Events = Events(connection, counted),
            Fields = GuideTables.Fields(seen, question.All),
            Indicators = GuideTables.Indicators(seen, question.All),
            Exclusions = GuideTables.Exclusions(seen, question.All),
        };
    }

    string[] Family(string id) => [id, .. _attack.SubTechniques(id).Select(t => t.Id)];

    static GuideRules Summary(
        ImmutableArray<CatalogRule> listed, ImmutableArray<CatalogRule> counted, ImmutableArray<CatalogRule> unfiltered, ImmutableArray<CatalogRule> wider, GuideQuestion question)
    {
        var vendors = Vendors.Order
            .Select(v => new VendorRules(v, counted.Count(r => r.Entry.Vendor == v), [.. counted.Where(r => r.Entry.Vendor == v).Select(r => r.Entry)]))
            .Where(v => v.Count > 0);
        var live = unfiltered.Where(r => r.Entry.Kind == "rule").ToArray();
        return new(
            counted.Length, counted.Count(r => r.Entry.IsReadable), counted.Count(r => !r.Entry.HasLogic),
            wider.Count(r => Fits(r.Entry, question) && IsCounted(r.Entry, question)), [.. vendors])
        {
            Newest = counted.Max(r => r.Entry.Changed),
            Platforms = Facets(live.SelectMany(r => r.Entry.Platforms)),
            Domains = Facets(live.SelectMany(r => r.Entry.Domains)),
            LeftOut = Facets(listed.Where(r => !counted.Contains(r)).Select(r => r.Entry.Kind)),
        };
    }

    static ImmutableArray<Facet> Facets(IEnumerable<string> names) =>
        [.. names.GroupBy(n => n, StringComparer.Ordinal).Select(g => new Facet(g.Key, g.Count())).OrderBy(f => f.Name, StringComparer.Ordinal)];

    static bool IsCounted(RuleEntry rule, GuideQuestion question) => rule.Kind == "rule" || question.Include.Contains(rule.Kind, StringComparer.Ordinal);

    static bool Fits(RuleEntry rule, GuideQuestion question) =>
        (question.Platform is null || rule.Platforms.Contains(question.Platform, StringComparer.OrdinalIgnoreCase))
        && (question.Domain is null || rule.Domains.Contains(question.Domain, StringComparer.OrdinalIgnoreCase))
        && (question.Vendor is null || string.Equals(rule.Vendor, question.Vendor, StringComparison.OrdinalIgnoreCase));

    static ImmutableArray<CatalogRule> Rules(SqliteConnection connection, string[] techniques)
    {
        var found = new Dictionary<long, CatalogRule>();
        foreach (var technique in techniques)
        {
            foreach (var rule in connection.Query(
                $"{RuleEntries.Select} JOIN rule_technique t ON t.rule = r.id WHERE t.technique = $1", [technique], r => new CatalogRule(r.GetInt64(0), RuleEntries.Read(r))))
            {
                found.TryAdd(rule.Row, rule);
            }
        }

        return [.. found.Values.OrderBy(r => r.Entry.Title, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Entry.Id, StringComparer.Ordinal)];
    }

    // One question per technique, not per rule: the largest pages hold hundreds of rules.
    static List<Seen> Observations(SqliteConnection connection, string[] techniques, ImmutableArray<CatalogRule> counted, GuideQuestion question)
    {
        var entries = counted.ToDictionary(r => r.Row, r => r.Entry);
        var home = new Dictionary<long, string>();
        var seen = new List<Seen>();
        foreach (var technique in techniques)
        {
            seen.AddRange(connection.Query(
                """
                SELECT o.rule, f.name, o.operator, v.text, k.text, o.side, o.role, coalesce(x.rules, 0), o.native, coalesce(c.label, ''), coalesce(c.text, '')
                FROM rule_technique t JOIN observation o ON o.rule = t.rule JOIN field f ON f.id = o.field
                LEFT JOIN value v ON v.id = o.value LEFT JOIN value k ON k.id = o.merge_key
                LEFT JOIN reach x ON x.field = o.field AND x.operator = o.operator AND x.merge_key = o.merge_key
                LEFT JOIN clause c ON c.rule = o.rule AND c.stage = o.stage AND c.number = o.clause
                WHERE t.technique = $1 AND o.reading IN (0, $2)
                """,
                [technique, (int)(question.Plain ? ReadingKind.Plain : ReadingKind.Own)],
                r => Observation(r, technique, entries, home, question.Role)).OfType<Seen>());
        }

        return seen;
    }

    // A rule tagged with a technique and its parent comes up under both and counts under the first.
    static Seen? Observation(SqliteDataReader row, string technique, Dictionary<long, RuleEntry> entries, Dictionary<long, string> home, string role)
    {
        var rule = row.GetInt64(0);
        if (!entries.TryGetValue(rule, out var entry) || (role != "all" && row.GetString(6) != role))
            return null;
        home.TryAdd(rule, technique);
        return home[rule] != technique ? null : new(
            $"{entry.Vendor}/{entry.Id}", entry.Vendor, row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4),
            row.GetString(5), row.GetString(6), row.GetInt32(7), row.GetString(8), row.GetString(9), row.GetString(10));
    }

    static ImmutableArray<GuideEvent> Events(SqliteConnection connection, ImmutableArray<CatalogRule> rules)
    {
        var events = rules.SelectMany(r => connection.Query("SELECT event FROM rule_event WHERE rule = $1", [r.Row], e => e.GetString(0)));
        return
        [
            .. events.GroupBy(e => e, StringComparer.Ordinal)
                .Select(g => new GuideEvent(g.Key, EventCatalog.Shipped.Find(g.Key)?.Title ?? g.Key, g.Count()))
                .OrderByDescending(e => e.Rules).ThenBy(e => e.Id, StringComparer.Ordinal),
        ];
    }

    static (string Text, string WrittenFor, string Version)? Description(SqliteConnection connection, string technique) => connection.Query(
        "SELECT text, written_for, coalesce((SELECT value FROM meta WHERE key = 'attack'), '') FROM description WHERE technique = $1",
        [technique], r => ((string, string, string)?)(r.GetString(0), r.GetString(1), r.GetString(2))).FirstOrDefault();
}

/// <summary>A rule of a guide with its row in the catalog.</summary>
sealed record CatalogRule(long Row, RuleEntry Entry)
{
    public bool Equals(CatalogRule? other) => other?.Row == Row;

    public override int GetHashCode() => Row.GetHashCode();
}

/// <summary>The vendors in the order of the pages (SPEC T12), and how people call them.</summary>
public static class Vendors
{
    public static ImmutableArray<string> Order { get; } = ["sigma", "elastic", "splunk", "microsoft", "google", "panther"];

    /// <summary>The page's name of a vendor; Google's and Microsoft's rules go by their languages.</summary>
    public static string Title(string vendor) => vendor switch
    {
        "sigma" => "Sigma",
        "elastic" => "Elastic",
        "splunk" => "Splunk",
        "microsoft" => "Kusto",
        "google" => "YARA-L",
        "panther" => "Panther",
        _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(vendor),
    };
}
