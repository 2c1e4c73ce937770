using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Search;

/// <summary>The data somebody has, by names of tables, indices and log types of any vendor (SPEC E04).</summary>
/// <param name="Sources">What rules may need and find in it.</param>
/// <param name="Unknown">Names of no known log source; only rules that have the name themselves can run on them.</param>
public sealed record OwnData(ImmutableArray<string> Sources, ImmutableArray<string> Unknown)
{
    const string Elastic = "elastic";

    /// <summary>A condition upon the row <c>r</c> of a rule, with the bound parameter that holds <see cref="Json"/>.</summary>
    internal static string Condition(string parameter) => $"""
        EXISTS (SELECT 1 FROM rule_source n WHERE n.rule = r.id) AND NOT EXISTS (SELECT 1 FROM rule_source n WHERE n.rule = r.id AND NOT EXISTS (
            SELECT 1 FROM rule_source m WHERE m.rule = n.rule AND m.need = n.need AND m.source IN (SELECT value FROM json_each({parameter}))))
        """;

    internal string Json => JsonSerializer.Serialize([.. Sources], CatalogJson.Default.StringArray);

    /// <summary>What names parted by commas stand for; also ids of log sources.</summary>
    public static OwnData Of(IEnumerable<string> lists)
    {
        var names = lists.SelectMany(l => l.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var meant = names.ToDictionary(n => n, Meant, StringComparer.OrdinalIgnoreCase);
        var has = meant.Values.SelectMany(s => s).Distinct().ToArray();
        return new(
            [.. LogSourceCatalog.Shipped.Sources.Where(s => has.Any(h => Holds(h, s))).Select(s => s.Id), .. names.Select(NeededSource.OfWord)],
            [.. names.Where(n => meant[n].IsEmpty)]);
    }

    static ImmutableArray<LogSourceEntry> Meant(string name)
    {
        var channels = EventCatalog.Shipped.ChannelsIn(Elastic, [name]);
        return
        [
            .. CatalogTaxonomy.Shipped.Scopes.Named(name).Select(LogSourceCatalog.Shipped.Find).OfType<LogSourceEntry>()
                .Concat(channels.IsEmpty ? [] : LogSourceCatalog.Shipped.Sources.Where(s => EventCatalog.Shipped.Of(s).Any(e => channels.Contains(e.Channel)))).Distinct(),
        ];
    }

    // The same source, one below or above it, or one of which one kind of records is wholly there: Sysmon's events are enough for process creation,
    // but records of process creation are not the security log.
    static bool Holds(LogSourceEntry has, LogSourceEntry needed) =>
        Covers(has.Id, needed.Id) || Covers(needed.Id, has.Id)
        || (EventCatalog.Shipped.Of(has) is { IsEmpty: false } events
            && needed.Records.Items.Any(r => EventCatalog.Shipped.Of(needed with { Records = [r] }) is { IsEmpty: false } kind && kind.All(events.Contains)));

    static bool Covers(string wider, string narrower) =>
        narrower.StartsWith(wider, StringComparison.Ordinal) && (narrower.Length == wider.Length || narrower[wider.Length] == '/');
}
