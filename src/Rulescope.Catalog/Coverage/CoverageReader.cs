using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Coverage;

/// <summary>Counts the rules of a catalog over the matrix.</summary>
public sealed class CoverageReader(CatalogFile catalog)
{
    sealed record Tagged(string Technique, long Rule, string Vendor);

    /// <summary>The matrix with every technique, also those without a rule.</summary>
    public CoverageMatrix Read(CoverageQuestion question)
    {
        var facts = AttackFacts.Default;
        ImmutableArray<string> counted = [.. Vendors.Order.Where(v => question.Vendors.IsEmpty || question.Vendors.Contains(v, StringComparer.Ordinal))];
        var asked = SearchConditions.Of(question.Search);
        using var connection = catalog.Connect();
        var live = connection.Query($"SELECT r.id, r.vendor FROM rule r{asked.Join} WHERE {asked.Where}", asked.Values, r => (Rule: r.GetInt64(0), Vendor: r.GetString(1)))
            .Where(r => counted.Contains(r.Vendor, StringComparer.Ordinal)).ToDictionary(r => r.Rule, r => r.Vendor);
        var tagged = connection.Query("SELECT technique, rule FROM rule_technique", [], r => (Technique: r.GetString(0), Rule: r.GetInt64(1)))
            .Where(t => live.ContainsKey(t.Rule)).Select(t => new Tagged(t.Technique, t.Rule, live[t.Rule])).ToLookup(t => t.Technique, StringComparer.Ordinal);
        var cells = facts.Techniques.Select(t => Cell(t, counted, tagged)).ToImmutableArray();
        return new(counted, live.Count, live.Count - RulesOf(facts.Techniques, tagged), [.. facts.Tactics.Select(t => Column(t, cells, tagged))])
        {
            AttackVersion = facts.Version,
            Techniques = cells,
        };
    }

    static CoverageCell Cell(Technique technique, ImmutableArray<string> vendors, ILookup<string, Tagged> tagged)
    {
        var own = tagged[technique.Id].ToArray();
        return new(
            technique, own.Length, RulesOf([technique, .. AttackFacts.Default.SubTechniques(technique.Id)], tagged),
            [.. vendors.Select(v => new Facet(v, own.Count(t => t.Vendor == v))).Where(f => f.Rules > 0)]);
    }

    static CoverageColumn Column(Tactic tactic, ImmutableArray<CoverageCell> cells, ILookup<string, Tagged> tagged)
    {
        ImmutableArray<CoverageCell> own = [.. cells.Where(c => c.Technique.Tactics.Items.Contains(tactic))];
        return new(tactic, RulesOf(own.Select(c => c.Technique), tagged), own);
    }

    static int RulesOf(IEnumerable<Technique> techniques, ILookup<string, Tagged> tagged) =>
        techniques.SelectMany(t => tagged[t.Id]).Select(t => t.Rule).Distinct().Count();
}
