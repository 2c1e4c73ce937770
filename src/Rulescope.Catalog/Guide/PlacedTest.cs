using Rulescope.Algebra.Reading;

namespace Rulescope.Catalog.Guide;

/// <summary>A test that several rules of a guide have, with its places in their trees.</summary>
sealed class PlacedTest
{
    readonly Dictionary<int, Place[]> _places;
    readonly RuleBits _rules;

    // Rules whose first condition asks for the test in any case; two such tests always stand together.
    readonly RuleBits _always;

    public PlacedTest(IGrouping<SeenRow, Seen> seen, RuleBits rules, Dictionary<string, int> numbers)
    {
        var row = seen.Key;
        Row = new(row.Field.Name, row.Field.Owner, row.Kind, seen.First().Value ?? "", Math.Max(row.Reach, rules.Count));
        _rules = rules;
        _always = RuleBits.Of(seen.Where(s => s is { Stage: 0, Place.Length: 0 }).Select(s => numbers[s.Rule]), numbers.Count);
        _places = seen.GroupBy(s => numbers[s.Rule]).ToDictionary(g => g.Key, g => g.Select(s => (s.Stage, s.Place)).Distinct().Select(p => Place.Parse(p.Stage, p.Place)).ToArray());
    }

    public CombinedTest Row { get; }

    /// <summary>The rules that ask for both.</summary>
    public RuleBits Together(PlacedTest other)
    {
        var both = _rules.And(other._rules);
        return both.Count == 0 ? both : both.Where(r => (_always.Has(r) && other._always.Has(r)) || Array.Exists(_places[r], p => Array.Exists(other._places[r], p.StandsWith)));
    }

    /// <summary>True when a rule asks for all three at once.</summary>
    public bool StandsWith(PlacedTest second, PlacedTest third, int rule) =>
        (_always.Has(rule) && second._always.Has(rule) && third._always.Has(rule)) || Array.Exists(
            _places[rule], p => Array.Exists(second._places[rule], s => p.StandsWith(s) && Array.Exists(third._places[rule], t => t.StandsWith(p) && t.StandsWith(s))));
}
