using System.Collections.Immutable;

namespace Rulescope.Catalog.Guide;

/// <summary>Finds tests that rules of a technique ask for together (SPEC T25, docs/guide.md).</summary>
static class GuideCombinations
{
    const int Shown = 6;
    const int FewestRules = 2;
    const int MostUses = 2;

    // Keeps triples within a few hundred thousand steps on the largest technique.
    const int MostTests = 120;
    const int MostKept = 400;

    sealed record Found(double Score, int[] Tests, RuleBits Rules);

    /// <summary>vendors² · log₂(1 + rules) · rules / reach, where reach is the geometric mean of the tests' reaches in the whole catalog.</summary>
    public static double Score(int vendors, int rules, params ReadOnlySpan<int> reaches)
    {
        var logs = 0.0;
        foreach (var reach in reaches)
            logs += Math.Log(Math.Max(reach, rules));
        return Most(vendors, rules) * rules / Math.Exp(logs / reaches.Length);
    }

    // No test reaches fewer rules than have it, so no score is above this.
    static double Most(int vendors, int rules) => vendors * vendors * Math.Log2(1 + rules);

    /// <summary>The strongest combinations; tests that are alternatives in a rule do not stand together in it.</summary>
    public static ImmutableArray<Combination> Of(List<Seen> indicators)
    {
        var rules = indicators.Select(s => (s.Rule, s.Vendor)).Distinct().OrderBy(r => r.Rule, StringComparer.Ordinal).ToArray();
        var vendors = Vendors.Order.Select(v => RuleBits.Of(rules.Index().Where(r => r.Item.Vendor == v).Select(r => r.Index), rules.Length)).ToArray();
        var tests = Tests(indicators, rules, vendors);
        return [.. Pick(new Search(tests, vendors).Found).Select(f => Combination(f, tests, rules))];
    }

    static PlacedTest[] Tests(List<Seen> indicators, (string Rule, string Vendor)[] rules, RuleBits[] vendors)
    {
        var numbers = rules.Index().ToDictionary(r => r.Item.Rule, r => r.Index, StringComparer.Ordinal);
        return
        [
            .. indicators.Where(s => s is { Value: not null, Key: not null, IsNegated: false }).GroupBy(s => s.Row)
                .Select(g => (Seen: g, Rules: RuleBits.Of(g.Select(s => numbers[s.Rule]), rules.Length))).Where(t => t.Rules.Count >= FewestRules)
                .Select(t => (t.Seen, t.Rules, Vendors: t.Rules.Overlaps(vendors), t.Seen.First().Value))
                .OrderByDescending(t => Score(t.Vendors, t.Rules.Count, t.Seen.Key.Reach)).ThenBy(t => t.Seen.Key.Field.Name, StringComparer.Ordinal)
                .ThenBy(t => t.Seen.Key.Kind, StringComparer.Ordinal).ThenBy(t => t.Value, StringComparer.Ordinal).Take(MostTests)
                .Select(t => new PlacedTest(t.Seen, t.Rules, numbers)),
        ];
    }

    /// <summary>Every pair and triple, the strongest kept.</summary>
    sealed class Search
    {
        readonly PlacedTest[] _tests;
        readonly RuleBits[] _vendors;
        readonly RuleBits?[,] _pairs;
        readonly PriorityQueue<Found, double> _found = new();

        public Search(PlacedTest[] tests, RuleBits[] vendors)
        {
            (_tests, _vendors, _pairs) = (tests, vendors, new RuleBits?[tests.Length, tests.Length]);
            for (var i = 0; i < tests.Length; i++)
            {
                for (var j = i + 1; j < tests.Length; j++)
                {
                    var pair = tests[i].Together(tests[j]);
                    if (pair.Count < FewestRules)
                        continue;
                    _pairs[i, j] = pair;
                    Keep([i, j], pair);
                }
            }

            for (var i = 0; i < tests.Length; i++)
            {
                for (var j = i + 1; j < tests.Length; j++)
                {
                    if (_pairs[i, j] is { } pair && CouldBeKept(pair))
                        Triples(i, j, pair);
                }
            }
        }

        public IEnumerable<Found> Found => _found.UnorderedItems.Select(f => f.Element);

        void Triples(int i, int j, RuleBits pair)
        {
            for (var k = j + 1; k < _tests.Length; k++)
            {
                if (_pairs[i, k] is not { } second || _pairs[j, k] is not { } third)
                    continue;
                var all = pair.And(second, third);
                if (all.Count < FewestRules || !CouldBeKept(all))
                    continue;
                // In pairs at several places of a rule is not yet all at one.
                all = all.Where(r => _tests[i].StandsWith(_tests[j], _tests[k], r));
                if (all.Count >= FewestRules)
                    Keep([i, j, k], all);
            }
        }

        bool CouldBeKept(RuleBits rules) => _found.Count < MostKept || !_found.TryPeek(out _, out var least) || Most(rules.Overlaps(_vendors), rules.Count) > least;

        void Keep(int[] members, RuleBits rules)
        {
            Span<int> reaches = stackalloc int[members.Length];
            for (var i = 0; i < members.Length; i++)
                reaches[i] = _tests[members[i]].Row.Reach;
            var score = Score(rules.Overlaps(_vendors), rules.Count, reaches);
            if (_found.Count < MostKept)
                _found.Enqueue(new(score, members, rules), score);
            else if (_found.TryPeek(out _, out var least) && least < score)
                _found.EnqueueDequeue(new(score, members, rules), score);
        }
    }

    // One combination says it all where the same rules have several, and no test is told over and over.
    static List<Found> Pick(IEnumerable<Found> found)
    {
        var picked = new List<Found>();
        var uses = new Dictionary<int, int>();
        foreach (var one in found.OrderByDescending(f => f.Score).ThenByDescending(f => f.Tests.Length).ThenBy(f => string.Join(' ', f.Tests), StringComparer.Ordinal))
        {
            if (picked.Exists(p => p.Rules.IsSame(one.Rules) || p.Tests.Intersect(one.Tests).Count() > 1) || one.Tests.Any(t => uses.GetValueOrDefault(t) >= MostUses))
                continue;
            picked.Add(one);
            foreach (var test in one.Tests)
                uses[test] = uses.GetValueOrDefault(test) + 1;
            if (picked.Count == Shown)
                break;
        }

        return picked;
    }

    static Combination Combination(Found found, PlacedTest[] tests, (string Rule, string Vendor)[] rules)
    {
        var members = found.Rules.Numbers.Select(r => rules[r]).ToArray();
        return new(
            Math.Round(found.Score, 2), [.. found.Tests.Select(t => tests[t].Row).OrderBy(t => t.Reach).ThenBy(t => t.Field, StringComparer.Ordinal)],
            [.. Vendors.Order.Where(v => members.Any(m => m.Vendor == v))], [.. members.Select(m => m.Rule)]);
    }
}
