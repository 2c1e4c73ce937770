using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Where a stretch of an expanded search comes from.</summary>
/// <param name="Outer">Its place in the rule's text; of what a macro says, the call's.</param>
/// <param name="IsCopy">The stretch and its place run in step.</param>
/// <param name="Macro">The macro whose definition it is copied from, from <paramref name="Offset"/> on; null for the rule's own text.</param>
readonly record struct SplOrigin(SourceSpan Outer, bool IsCopy, SplMacro? Macro = null, int Offset = 0)
{
    /// <summary>The same some characters further on.</summary>
    public SplOrigin Skip(int count) => this with
    {
        Outer = IsCopy ? SourceSpan.FromBounds(Math.Min(Outer.Start + count, Outer.End), Outer.End) : Outer,
        Offset = Offset + count,
    };
}

/// <summary>A text that is put together of stretches with their origins.</summary>
sealed class SplTracedText(string text, ImmutableArray<(int At, SplOrigin Origin)> runs)
{
    public string Text => text;

    public static SplTracedText Own(string text) => new(text, [(0, new(new(0, text.Length), IsCopy: true))]);

    /// <summary>The stretches between two offsets.</summary>
    public IEnumerable<(int From, int To, SplOrigin Origin)> Slice(int from, int to)
    {
        for (var i = 0; i < runs.Length && runs[i].At < to; i++)
        {
            var (at, origin) = runs[i];
            var (start, end) = (Math.Max(from, at), Math.Min(to, i + 1 < runs.Length ? runs[i + 1].At : text.Length));
            if (end > start)
                yield return (start, end, origin.Skip(start - at));
        }
    }
}
