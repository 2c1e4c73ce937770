namespace Rulescope.Text;

/// <summary>A stretch of one source text, in UTF-16 code units, half-open: <c>[Start, Start + Length)</c>.</summary>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The first position after the stretch.</summary>
    public int End => Start + Length;

    /// <summary>The stretch from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static SourceSpan FromBounds(int start, int end) => new(start, Math.Max(0, end - start));

    /// <summary>The smallest stretch that holds both.</summary>
    public static SourceSpan Cover(SourceSpan first, SourceSpan second) =>
        FromBounds(Math.Min(first.Start, second.Start), Math.Max(first.End, second.End));

    /// <summary>True when the other stretch lies wholly inside this one.</summary>
    public bool Contains(SourceSpan other) => other.Start >= Start && other.End <= End;

    /// <summary><c>4+1</c>: start and length, as the tests write it.</summary>
    public override string ToString() => $"{Start}+{Length}";
}
