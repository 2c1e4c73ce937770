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

    /// <summary>From an offset on: text of one origin.</summary>
    internal readonly record struct Piece(int Inner, SplOrigin Origin);

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
        var start = OriginAt(inner.Start).Outer.Start;
        if (inner.Length == 0)
            return new(start, 0);
        var last = OriginAt(inner.End - 1);
        var end = last.IsCopy ? Math.Min(last.Outer.Start + 1, last.Outer.End) : last.Outer.End;
        return SourceSpan.FromBounds(start, Math.Max(start, end));
    }

    /// <summary>Where a stretch of <see cref="Text"/> stands in the definition of a macro; null for the rule's own text and for what goes over the edges of a definition.</summary>
    public Excerpt? ToMacro(SourceSpan inner)
    {
        if (_pieces.IsEmpty || inner.Length == 0)
            return null;
        var (first, last) = (OriginAt(inner.Start), OriginAt(inner.End - 1));
        return first.Macro is { File: { } file, Place: { } place } && ReferenceEquals(first.Macro, last.Macro) && last.Offset >= first.Offset
            ? new(file, place.ToOuter(SourceSpan.FromBounds(first.Offset, last.Offset + 1)))
            : null;
    }

    /// <summary>The same findings, at their places in the rule's text.</summary>
    public ImmutableArray<Diagnostic> ToOuter(ImmutableArray<Diagnostic> findings) => [.. findings.Select(f => f with { Span = ToOuter(f.Span) })];

    SplOrigin OriginAt(int inner)
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

        return _pieces[low].Origin.Skip(Math.Max(0, inner - _pieces[low].Inner));
    }
}
