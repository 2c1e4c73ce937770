using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Rules;

/// <summary>The day on which what stands under an address last changed; null where none is known.</summary>
public sealed record LastChange(string Name, DateOnly? Date);

/// <summary>When live rules, and the techniques they are tagged with, last changed. A day after that of the build is a mistake and is left out.</summary>
public sealed class RuleDates(CatalogFile catalog)
{
    /// <summary>Every live rule as <c>vendor/id</c>, in ordinal order.</summary>
    public ImmutableArray<LastChange> Rules() => Read("r.vendor || '/' || r.name", "rule r");

    /// <summary>Every technique with a live rule, in ordinal order.</summary>
    public ImmutableArray<LastChange> Techniques() => Read("t.technique", "rule r JOIN rule_technique t ON t.rule = r.id");

    ImmutableArray<LastChange> Read(string name, string from)
    {
        using var connection = catalog.Connect();
        return
        [
            .. connection.Query(
                $"SELECT {name} AS n, max(CASE WHEN coalesce(r.modified, r.created) <= $1 THEN coalesce(r.modified, r.created) END) FROM {from} WHERE r.kind = 'rule' GROUP BY n ORDER BY n",
                [catalog.BuiltAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], r => new LastChange(r.GetString(0), RuleEntries.Date(r.TextOrNull(1)))),
        ];
    }
}
