using System.Collections.Immutable;

namespace Rulescope.Text;

/// <summary>A text that stands inside another one, such as a query in a YAML block or a TOML string.</summary>
/// <remarks>
/// Escapes, folding and indentation make the inner text differ from the outer; <see cref="Anchors"/> says where its pieces came
/// from. A query parser works on <see cref="Text"/> alone, and <see cref="ToOuter(SourceSpan)"/> carries its spans back.
/// </remarks>
/// <param name="Text">The inner text, as the parser sees it.</param>
/// <param name="Anchors">Ascending by inner offset, the first at 0: from each anchor on, inner and outer run in step.</param>
/// <param name="OuterEnd">Where the inner text ends in the outer one.</param>
public sealed record EmbeddedText(string Text, ImmutableArray<EmbeddedText.Anchor> Anchors, int OuterEnd)
{
    /// <summary>The inner offset from which on <c>outer = Outer + (inner - Inner)</c>.</summary>
    public readonly record struct Anchor(int Inner, int Outer);

    /// <summary>A text that stands alone: inner and outer are the same.</summary>
    public static EmbeddedText Whole(string text) => new(text, [new(0, 0)], text.Length);

    /// <summary>A text that stands unchanged at an offset of the outer one.</summary>
    public static EmbeddedText At(string text, int outerStart) => new(text, [new(0, outerStart)], outerStart + text.Length);

    /// <summary>What is left behind an inner offset, at its place in the outer text.</summary>
    public EmbeddedText Skip(int inner)
    {
        var cut = Math.Clamp(inner, 0, Text.Length);
        var anchors = Anchors.Where(a => a.Inner > cut).Select(a => new Anchor(a.Inner - cut, a.Outer));
        return new(Text[cut..], [new(0, ToOuter(cut)), .. anchors], OuterEnd);
    }

    /// <summary>The outer place of an inner offset.</summary>
    public int ToOuter(int inner)
    {
        if (inner >= Text.Length)
            return OuterEnd;
        var low = 0;
        var high = Anchors.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Anchors[middle].Inner <= inner)
                low = middle;
            else
                high = middle - 1;
        }

        return Math.Min(OuterEnd, Anchors[low].Outer + Math.Max(0, inner - Anchors[low].Inner));
    }

    /// <summary>The outer stretch of an inner one; at least one unit long where the inner one was.</summary>
    public SourceSpan ToOuter(SourceSpan inner)
    {
        var start = ToOuter(inner.Start);
        if (inner.Length == 0)
            return new(start, 0);
        // The last unit is mapped, not the position behind it: what follows may stand on another line.
        return SourceSpan.FromBounds(start, Math.Max(start + 1, ToOuter(inner.End - 1) + 1));
    }

    /// <summary>The same findings, at their places in the outer text.</summary>
    public ImmutableArray<Diagnostic> ToOuter(ImmutableArray<Diagnostic> findings) =>
        [.. findings.Select(f => f with { Span = ToOuter(f.Span) })];
}
