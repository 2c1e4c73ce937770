using System.Collections.Immutable;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Guide;

/// <summary>A technique in the index, with its live rules.</summary>
/// <param name="Rules">Tagged with the id itself.</param>
/// <param name="WithSubtechniques">Those and the rules of its sub-techniques, each once.</param>
public sealed record TechniqueCount(Technique Technique, string FullName, int Rules, int WithSubtechniques, ImmutableArray<Facet> Vendors);

/// <summary>Numbers about the whole catalog.</summary>
public sealed record CatalogCounts(int Rules, int Readable, int Documents, ImmutableArray<Facet> Vendors, DateTime BuiltAt);

/// <summary>Counts over all techniques.</summary>
public sealed class TechniqueIndex(CatalogFile catalog)
{
    /// <summary>Every technique that has a live rule, itself or under it, by id.</summary>
    public ImmutableArray<TechniqueCount> Read()
    {
        using var connection = catalog.Connect();
        var rules = connection.Query(
            "SELECT t.technique, r.id, r.vendor FROM rule_technique t JOIN rule r ON r.id = t.rule WHERE r.kind = 'rule'", [],
            r => (Technique: r.GetString(0), Rule: r.GetInt64(1), Vendor: r.GetString(2))).ToLookup(r => r.Technique, StringComparer.Ordinal);
        var facts = AttackFacts.Default;
        var counts = ImmutableArray.CreateBuilder<TechniqueCount>();
        foreach (var technique in facts.Techniques)
        {
            var own = rules[technique.Id].ToArray();
            var family = facts.SubTechniques(technique.Id).SelectMany(s => rules[s.Id]).Concat(own).Select(r => r.Rule).Distinct().Count();
            if (family == 0)
                continue;
            counts.Add(new(technique, facts.FullNameOf(technique.Id), own.Length, family,
                [.. Vendors.Order.Select(v => new Facet(v, own.Count(r => r.Vendor == v))).Where(f => f.Rules > 0)]));
        }

        return counts.ToImmutable();
    }

    /// <summary>How much the catalog holds.</summary>
    public CatalogCounts Counts()
    {
        using var connection = catalog.Connect();
        var vendors = connection.Query("SELECT vendor, count(*) FROM rule WHERE kind = 'rule' GROUP BY vendor", [], r => new Facet(r.GetString(0), r.GetInt32(1)));
        return new(
            vendors.Sum(v => v.Rules),
            (int)connection.Count("SELECT count(*) FROM rule WHERE kind = 'rule' AND is_readable = 1"),
            (int)connection.Count("SELECT count(*) FROM rule"),
            [.. vendors.OrderBy(v => Vendors.Order.IndexOf(v.Name))],
            catalog.BuiltAt);
    }
}
