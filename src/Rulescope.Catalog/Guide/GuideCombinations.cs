using System.Collections.Immutable;
using System.Numerics;

namespace Rulescope.Catalog.Guide;

/// <summary>Finds tests that stand together in the rules of a technique (SPEC T25, docs/guide.md).</summary>
static class GuideCombinations
{
    const int Shown = 6;
    const int FewestRules = 2;
    const int MostUses = 2;

    // Keeps triples within a few million steps on the largest technique.
    const int MostTests = 120;
    const int MostKept = 400;
    const int Word = 64;

    /// <summary>Rules as bits, so that what two tests share is one step for 64 rules.</summary>
    sealed record Test(CombinedTest Row, ulong[] Rules, int Count, int Vendors)
    {
        public bool SharesField(Test other) => Row.Field == other.Row.Field && Row.Owner == other.Row.Owner;
    }

    sealed record Found(double Score, int[] Tests, ulong[] Rules);

    /// <summary>vendors² · log₂(1 + rules) · rules / reach, where reach is the geometric mean of the tests' reaches in the whole catalog.</summary>
    public static double Score(int vendors, int rules, params ReadOnlySpan<int> reaches)
    {
        var logs = 0.0;
        foreach (var reach in reaches)
            logs += Math.Log(Math.Max(reach, rules));
        return vendors * vendors * Math.Log2(1 + rules) * rules / Math.Exp(logs / reaches.Length);
    }

    /// <summary>The strongest combinations; tests of one field are mostly alternatives and never stand in one.</summary>
    public static ImmutableArray<Combination> Of(List<Seen> indicators)
    {
        var rules = indicators.Select(s => (s.Rule, s.Vendor)).Distinct().OrderBy(r => r.Rule, StringComparer.Ordinal).ToArray();
        var numbers = rules.Index().ToDictionary(r => r.Item.Rule, r => r.Index, StringComparer.Ordinal);
        var vendors = Vendors.Order.Select(v => Bits(rules.Index().Where(r => r.Item.Vendor == v).Select(r => r.Index), rules.Length)).ToArray();
        var tests = Tests(indicators, numbers, vendors);
        var found = new PriorityQueue<Found, double>();
        for (var i = 0; i < tests.Length; i++)
        {
            for (var j = i + 1; j < tests.Length; j++)
            {
                if (tests[i].SharesField(tests[j]) || Both(tests[i].Rules, tests[j].Rules) is not { } pair)
                    continue;
                Keep(found, tests, [i, j], pair, vendors);
                for (var k = j + 1; k < tests.Length; k++)
                {
                    if (!tests[k].SharesField(tests[i]) && !tests[k].SharesField(tests[j]) && Both(pair, tests[k].Rules) is { } triple)
                        Keep(found, tests, [i, j, k], triple, vendors);
                }
            }
        }

        return [.. Pick(found.UnorderedItems.Select(f => f.Element)).Select(f => Combination(f, tests, rules))];
    }

    static Test[] Tests(List<Seen> indicators, Dictionary<string, int> numbers, ulong[][] vendors) =>
    [
        .. indicators.Where(s => s is { Value: not null, Key: not null }).GroupBy(s => (s.Field, s.Owner, s.Kind, s.Key))
            .Select(g => Of(g.First(), Bits(g.Select(s => numbers[s.Rule]), numbers.Count), g.Max(s => s.Reach), vendors)).Where(t => t.Count >= FewestRules)
            .OrderByDescending(t => Score(t.Vendors, t.Count, t.Row.Reach)).ThenBy(t => t.Row.Field, StringComparer.Ordinal)
            .ThenBy(t => t.Row.Kind, StringComparer.Ordinal).ThenBy(t => t.Row.Value, StringComparer.Ordinal).Take(MostTests),
    ];

    static Test Of(Seen first, ulong[] rules, int reach, ulong[][] vendors)
    {
        var count = Count(rules);
        return new(new(first.Field, first.Owner, first.Kind, first.Value ?? "", Math.Max(reach, count)), rules, count, vendors.Count(v => Overlap(v, rules)));
    }

    static void Keep(PriorityQueue<Found, double> found, Test[] tests, int[] members, ulong[] rules, ulong[][] vendors)
    {
        Span<int> reaches = stackalloc int[members.Length];
        for (var i = 0; i < members.Length; i++)
            reaches[i] = tests[members[i]].Row.Reach;
        var score = Score(vendors.Count(v => Overlap(v, rules)), Count(rules), reaches);
        if (found.Count < MostKept)
            found.Enqueue(new(score, members, rules), score);
        else if (found.TryPeek(out _, out var least) && least < score)
            found.EnqueueDequeue(new(score, members, rules), score);
    }

    // One combination says it all where the same rules have several, and no test is told over and over.
    static List<Found> Pick(IEnumerable<Found> found)
    {
        var picked = new List<Found>();
        var uses = new Dictionary<int, int>();
        foreach (var one in found.OrderByDescending(f => f.Score).ThenByDescending(f => f.Tests.Length).ThenBy(f => string.Join(' ', f.Tests), StringComparer.Ordinal))
        {
            if (picked.Exists(p => p.Rules.AsSpan().SequenceEqual(one.Rules) || p.Tests.Intersect(one.Tests).Count() > 1) || one.Tests.Any(t => uses.GetValueOrDefault(t) >= MostUses))
                continue;
            picked.Add(one);
            foreach (var test in one.Tests)
                uses[test] = uses.GetValueOrDefault(test) + 1;
            if (picked.Count == Shown)
                break;
        }

        return picked;
    }

    static Combination Combination(Found found, Test[] tests, (string Rule, string Vendor)[] rules)
    {
        var members = rules.Index().Where(r => (found.Rules[r.Index / Word] >> (r.Index % Word) & 1) == 1).Select(r => r.Item).ToArray();
        return new(
            Math.Round(found.Score, 2), [.. found.Tests.Select(t => tests[t].Row).OrderBy(t => t.Reach).ThenBy(t => t.Field, StringComparer.Ordinal)],
            [.. Vendors.Order.Where(v => members.Any(m => m.Vendor == v))], [.. members.Select(m => m.Rule)]);
    }

    static ulong[] Bits(IEnumerable<int> numbers, int length)
    {
        var bits = new ulong[(length + Word - 1) / Word];
        foreach (var number in numbers)
            bits[number / Word] |= 1UL << (number % Word);
        return bits;
    }

    static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        return count;
    }

    static bool Overlap(ulong[] one, ulong[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if ((one[i] & other[i]) != 0)
                return true;
        }

        return false;
    }

    // Null below the fewest rules, which is nearly always, so it is asked before anything is made.
    static ulong[]? Both(ulong[] one, ulong[] other)
    {
        var count = 0;
        for (var i = 0; i < one.Length; i++)
            count += BitOperations.PopCount(one[i] & other[i]);
        if (count < FewestRules)
            return null;
        var both = new ulong[one.Length];
        for (var i = 0; i < one.Length; i++)
            both[i] = one[i] & other[i];
        return both;
    }
}
