using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>A search with its macros put in and its comments taken out, and the way from its places back to the rule's text.</summary>
/// <remarks>
/// As in Splunk, a macro is text that is put in before anything is read. What stands in the place of a call points at the whole call.
/// A call of a macro that is not known stays as it is, backticks included. Never throws.
/// </remarks>
public sealed class SplExpansion
{
    /// <summary>Calls inside calls; Splunk's own default (limits.conf, <c>max_macro_depth</c>).</summary>
    public const int MaxDepth = 100;

    /// <summary>Characters of a search with its macros.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Calls that one search makes, those inside of macros included.</summary>
    public const int MaxCalls = 2000;

    /// <summary>From an offset on: text copied from <paramref name="Outer"/>, or text that stands for the whole of it.</summary>
    internal readonly record struct Piece(int Inner, SourceSpan Outer, bool IsCopy);

    readonly ImmutableArray<Piece> _pieces;

    internal SplExpansion(string text, ImmutableArray<Piece> pieces, ImmutableArray<Diagnostic> findings)
    {
        Text = text;
        _pieces = pieces;
        Findings = findings;
    }

    /// <summary>What Splunk reads.</summary>
    public string Text { get; }

    /// <summary>What was found on the way, at places in the rule's text.</summary>
    public ImmutableArray<Diagnostic> Findings { get; }

    /// <summary>Expands a search.</summary>
    public static SplExpansion Of(string search, SplMacros macros) => new SplMacroWriter(macros).Expand(search);

    /// <summary>Where a stretch of <see cref="Text"/> stands in the rule's text.</summary>
    public SourceSpan ToOuter(SourceSpan inner)
    {
        if (_pieces.IsEmpty)
            return default;
        var first = At(inner.Start);
        var start = first.IsCopy ? Math.Min(first.Outer.Start + inner.Start - first.Inner, first.Outer.End) : first.Outer.Start;
        if (inner.Length == 0)
            return new(start, 0);
        var last = At(inner.End - 1);
        var end = last.IsCopy ? Math.Min(last.Outer.Start + inner.End - last.Inner, last.Outer.End) : last.Outer.End;
        return SourceSpan.FromBounds(start, Math.Max(start, end));
    }

    /// <summary>The same findings, at their places in the rule's text.</summary>
    public ImmutableArray<Diagnostic> ToOuter(ImmutableArray<Diagnostic> findings) => [.. findings.Select(f => f with { Span = ToOuter(f.Span) })];

    Piece At(int inner)
    {
        var low = 0;
        var high = _pieces.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Inner <= inner)
                low = middle;
            else
                high = middle - 1;
        }

        return _pieces[low];
    }
}
