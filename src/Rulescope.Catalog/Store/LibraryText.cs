using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>A text that rules draw on, as the catalog keeps it: whole, or of a long one the lines around a place.</summary>
/// <param name="Line">The line of the file where <see cref="Text"/> begins, from 1.</param>
readonly record struct LibraryText(string Path, int Line, string Text, bool IsCut)
{
    const int MaxLength = 100_000;
    const int Around = 2_000;

    /// <summary>The text of a place, and the place in it.</summary>
    public static (LibraryText Text, SourceSpan Span) Of(Excerpt excerpt)
    {
        var (source, span) = (excerpt.Source, excerpt.Span);
        if (source.Text.Length <= MaxLength)
            return (new(source.Path, 1, source.Text, IsCut: false), span);
        var start = Math.Clamp(span.Start - Around, 0, source.Text.Length);
        var end = Math.Clamp((int)Math.Min(span.Start + (long)MaxLength, span.End + (long)Around), start, source.Text.Length);
        // Whole lines, so that their numbers hold.
        start = start == 0 ? 0 : source.Text.LastIndexOf('\n', start - 1) + 1;
        return (new(source.Path, source.Lines.At(start).Line, source.Text[start..end], IsCut: true), span with { Start = span.Start - start });
    }
}
