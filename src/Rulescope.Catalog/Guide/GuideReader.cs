using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Guide;

/// <summary>Answers guide questions from a catalog.</summary>
public sealed class GuideReader(CatalogFile catalog)
{
    static readonly string[] Levels = ["informational", "low", "medium", "high", "critical"];

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
        var runnable = question.Data is { } data ? Runnable(connection, data) : null;
        var own = Rules(connection, [id], [], runnable);
        var isWide = question.WithSubtechniques || question.Platform is not null || question.Domain is not null || question.Level is not null || runnable is not null;
        var wider = family.Length == 1 || !isWide ? own : Rules(connection, family[1..], own, runnable);
        var listed = (question.WithSubtechniques ? wider : own).Where(r => Fits(r.Entry, question)).ToImmutableArray();
        var counted = listed.Where(r => IsCounted(r.Entry, question)).ToImmutableArray();
        var techniques = question.WithSubtechniques ? family : [id];
        var observed = Observations(connection, techniques, counted, question.Plain);
        var seen = question.Role == "all" ? observed : observed.FindAll(s => s.Role == question.Role);
        var (indicators, lines) = GuideTables.Indicators(seen, question.All);
        var fields = GuideTables.Fields(seen, question.All);
        var description = Description(connection, id);
        return new(technique, question)
        {
            Description = description?.Text,
            DescriptionFrom = description is { } text && text.WrittenFor != id ? text.WrittenFor : null,
            DescriptionVersion = description?.Version ?? "",
            PublicCounts = connection.Query("SELECT value FROM meta WHERE key = 'facts'", [], r => r.GetString(0)).FirstOrDefault(),
            AttackVersion = _attack.Version,
            Rules = Summary(listed, counted, question.WithSubtechniques ? wider : own, isWide ? wider.Count(r => Fits(r.Entry, question) && IsCounted(r.Entry, question)) : Count(connection, family, question), question),
            Events = Events(connection, techniques, counted),
            Fields = fields,
            Indicators = indicators,
            Exclusions = GuideTables.Exclusions(seen, question.All),
            Lines = lines,
            Insight = GuideInsights.Of(observed, question, fields, [.. counted.Select(r => r.Entry)], catalog.Taxonomy.Fields),
            Roles = GuideTables.Roles(observed),
        };
    }

    string[] Family(string id) => [id, .. _attack.SubTechniques(id).Select(t => t.Id)];

    // Of the rules below a technique mostly only the number is shown, and reading all that is said of them takes longer than the rest of a page.
    static int Count(SqliteConnection connection, string[] techniques, GuideQuestion question) => (int)connection.Count(
        """
        SELECT count(DISTINCT t.rule) FROM rule_technique t JOIN rule r ON r.id = t.rule
        WHERE t.technique IN (SELECT value FROM json_each($1)) AND r.kind IN (SELECT value FROM json_each($2)) AND ($3 IS NULL OR r.vendor = $3 COLLATE NOCASE)
        """,
        JsonSerializer.Serialize(techniques, CatalogJson.Default.StringArray), JsonSerializer.Serialize(["rule", .. question.Include], CatalogJson.Default.StringArray), question.Vendor);

    static GuideRules Summary(
        ImmutableArray<CatalogRule> listed, ImmutableArray<CatalogRule> counted, ImmutableArray<CatalogRule> unfiltered, int wider, GuideQuestion question)
    {
        var vendors = Vendors.Order
            .Select(v => new VendorRules(v, counted.Count(r => r.Entry.Vendor == v), [.. counted.Where(r => r.Entry.Vendor == v).Select(r => r.Entry)]))
            .Where(v => v.Count > 0);
        return new(
            counted.Length, counted.Count(r => r.Entry.IsReadable), counted.Count(r => !r.Entry.HasLogic),
            wider, [.. vendors])
        {
            Newest = counted.Max(r => r.Entry.Changed),
            Platforms = Facets(Left(question with { Platform = null }).SelectMany(r => r.Platforms)),
            Domains = Facets(Left(question with { Domain = null }).SelectMany(r => r.Domains)),
            Levels = [.. Facets(Left(question with { Level = null }).Select(r => r.Level).Where(l => l.Length > 0)).OrderBy(f => Array.IndexOf(Levels, f.Name) is var at and >= 0 ? at : Levels.Length)],
            VendorNames = [.. Facets(Left(question with { Vendor = null }).Select(r => r.Vendor)).OrderBy(f => Vendors.Order.IndexOf(f.Name))],
            LeftOut = Facets(listed.Where(r => !IsCounted(r.Entry, question)).Select(r => r.Entry.Kind)),
        };

        IEnumerable<RuleEntry> Left(GuideQuestion others) => unfiltered.Select(r => r.Entry).Where(r => r.Kind == "rule" && Fits(r, others));
    }

    static ImmutableArray<Facet> Facets(IEnumerable<string> names) =>
        [.. names.GroupBy(n => n, StringComparer.Ordinal).Select(g => new Facet(g.Key, g.Count())).OrderBy(f => f.Name, StringComparer.Ordinal)];

    static bool IsCounted(RuleEntry rule, GuideQuestion question) => rule.Kind == "rule" || question.Include.Contains(rule.Kind, StringComparer.Ordinal);

    static bool Fits(RuleEntry rule, GuideQuestion question) =>
        (question.Platform is null || rule.Platforms.Contains(question.Platform, StringComparer.OrdinalIgnoreCase))
        && (question.Domain is null || rule.Domains.Contains(question.Domain, StringComparer.OrdinalIgnoreCase))
        && (question.Level is null || string.Equals(rule.Level, question.Level, StringComparison.OrdinalIgnoreCase))
        && (question.Vendor is null || string.Equals(rule.Vendor, question.Vendor, StringComparison.OrdinalIgnoreCase));

    internal static ImmutableArray<CatalogRule> Rules(
        SqliteConnection connection, string[] techniques, ImmutableArray<CatalogRule> before, HashSet<long>? runnable = null)
    {
        var found = before.ToDictionary(r => r.Row);
        foreach (var technique in techniques)
        {
            foreach (var rule in connection.Query(
                $"{RuleEntries.Select} JOIN rule_technique t ON t.rule = r.id WHERE t.technique = $1", [technique], r => new CatalogRule(r.GetInt64(0), RuleEntries.Read(r))))
            {
                if (runnable?.Contains(rule.Row) != false)
                    found.TryAdd(rule.Row, rule);
            }
        }

        return [.. found.Values.OrderBy(r => r.Entry.Title, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Entry.Id, StringComparer.Ordinal)];
    }

    static HashSet<long> Runnable(SqliteConnection connection, string data) =>
        [.. connection.Query($"SELECT r.id FROM rule r WHERE {OwnData.Condition("$1")}", [OwnData.Of([data]).Json], r => r.GetInt64(0))];

    static ImmutableArray<GuideEvent> Events(SqliteConnection connection, string[] techniques, ImmutableArray<CatalogRule> counted)
    {
        var rules = counted.Select(r => r.Row).ToHashSet();
        var events = techniques
            .SelectMany(t => connection.Query(
                "SELECT e.rule, e.event FROM rule_technique t JOIN rule_event e ON e.rule = t.rule WHERE t.technique = $1", [t], r => (Rule: r.GetInt64(0), Event: r.GetString(1))))
            .Where(e => rules.Contains(e.Rule)).Distinct();
        return
        [
            .. events.GroupBy(e => e.Event, StringComparer.Ordinal)
                .Select(g => new GuideEvent(g.Key, EventCatalog.Shipped.Find(g.Key)?.Title ?? g.Key, g.Count()))
                .OrderByDescending(e => e.Rules).ThenBy(e => e.Id, StringComparer.Ordinal),
        ];
    }

    static List<Seen> Observations(SqliteConnection connection, string[] techniques, ImmutableArray<CatalogRule> counted, bool plain)
    {
        var reader = new GuideObservations(connection, counted, plain);
        foreach (var technique in techniques)
            reader.Read(technique);
        return reader.Seen;
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
