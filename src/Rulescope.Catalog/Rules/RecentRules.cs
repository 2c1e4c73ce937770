using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Rules;

/// <summary>A rule among the latest, with what a list or a feed says of it.</summary>
/// <param name="Date">The day it stands under: when it was made, or when it was last changed.</param>
/// <param name="IsNew">No change is known since it was made.</param>
/// <param name="Description">As its author wrote it.</param>
/// <param name="Techniques">As ids of pages where they name one, in order.</param>
public sealed record RecentRule(RuleEntry Entry, DateOnly Date, bool IsNew, string Description, ImmutableArray<string> Techniques);

/// <summary>The latest live rules of a catalog.</summary>
/// <remarks>A day after that of the build is a mistake and would stay on top for ever, so rules that name one are left out, as are those that name none.</remarks>
public sealed class RecentRules(CatalogFile catalog)
{
    /// <summary>The rules made last.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="vendor">Of one vendor only, or null.</param>
    /// <param name="technique">Tagged with the technique only, or null.</param>
    public ImmutableArray<RecentRule> Made(int limit, string? vendor = null, string? technique = null) => Read("r.created", r => r.Created, limit, vendor, technique);

    /// <summary>The rules made or changed last.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="vendor">Of one vendor only, or null.</param>
    /// <param name="technique">Tagged with the technique only, or null.</param>
    public ImmutableArray<RecentRule> Changed(int limit, string? vendor = null, string? technique = null) => Read("coalesce(r.modified, r.created)", r => r.Changed, limit, vendor, technique);

    ImmutableArray<RecentRule> Read(string column, Func<RuleEntry, DateOnly?> day, int limit, string? vendor, string? technique)
    {
        using var connection = catalog.Connect();
        var rows = connection.Query(
            $"""
            {RuleEntries.Select} WHERE r.kind = 'rule' AND {column} <= $1 AND ($2 IS NULL OR r.vendor = $2)
                AND ($3 IS NULL OR EXISTS (SELECT 1 FROM rule_technique t WHERE t.technique = $3 AND t.rule = r.id))
            ORDER BY {column} DESC, r.vendor, r.title, r.id LIMIT $4
            """,
            [catalog.BuiltAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), vendor, technique, limit], r => (Row: r.GetInt64(0), Entry: RuleEntries.Read(r)));
        var recent = ImmutableArray.CreateBuilder<RecentRule>();
        foreach (var (row, entry) in rows)
        {
            if (day(entry) is not { } date)
                continue;
            var description = connection.Query("SELECT description FROM rule WHERE id = $1", [row], r => r.GetString(0))[0];
            var techniques = connection.Query("SELECT technique FROM rule_technique WHERE rule = $1 ORDER BY technique", [row], r => r.GetString(0));
            recent.Add(new(entry, date, entry.Created == entry.Changed, description, [.. techniques]));
        }

        return recent.ToImmutable();
    }
}
