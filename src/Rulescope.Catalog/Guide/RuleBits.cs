using System.Numerics;

namespace Rulescope.Catalog.Guide;

/// <summary>A set of the rules of one guide, by their numbers: what two sets share is one step for 64 rules.</summary>
sealed class RuleBits
{
    const int Word = 64;

    readonly ulong[] _bits;

    RuleBits(ulong[] bits)
    {
        _bits = bits;
        foreach (var word in bits)
            Count += BitOperations.PopCount(word);
    }

    public int Count { get; }

    public static RuleBits Of(IEnumerable<int> rules, int most)
    {
        var bits = new ulong[(most + Word - 1) / Word];
        foreach (var rule in rules)
            bits[rule / Word] |= 1UL << (rule % Word);
        return new(bits);
    }

    /// <summary>The members in ascending order.</summary>
    public IEnumerable<int> Numbers
    {
        get
        {
            for (var i = 0; i < _bits.Length; i++)
            {
                for (var rest = _bits[i]; rest != 0; rest &= rest - 1)
                    yield return (i * Word) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    public bool Has(int rule) => (_bits[rule / Word] >> (rule % Word) & 1) == 1;

    public bool IsSame(RuleBits other) => _bits.AsSpan().SequenceEqual(other._bits);

    public RuleBits And(RuleBits other) => Combined(other, other);

    public RuleBits And(RuleBits second, RuleBits third) => Combined(second, third);

    /// <summary>How many of the sets have a member of this one.</summary>
    public int Overlaps(RuleBits[] sets)
    {
        var count = 0;
        foreach (var set in sets)
        {
            for (var i = 0; i < _bits.Length; i++)
            {
                if ((_bits[i] & set._bits[i]) != 0)
                {
                    count++;
                    break;
                }
            }
        }

        return count;
    }

    /// <summary>The members that pass; this set where all do.</summary>
    public RuleBits Where(Func<int, bool> passes)
    {
        ulong[]? left = null;
        foreach (var rule in Numbers)
        {
            if (passes(rule))
                continue;
            left ??= [.. _bits];
            left[rule / Word] &= ~(1UL << (rule % Word));
        }

        return left is null ? this : new(left);
    }

    RuleBits Combined(RuleBits second, RuleBits third)
    {
        var bits = new ulong[_bits.Length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = _bits[i] & second._bits[i] & third._bits[i];
        return new(bits);
    }
}
