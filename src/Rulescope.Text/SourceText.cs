namespace Rulescope.Text;

/// <summary>A named text: what a file held, or what a user typed.</summary>
/// <param name="Path">How findings name it: a relative path with <c>/</c>, or a word such as <c>input</c>.</param>
/// <param name="Text">The whole text; spans count in its UTF-16 code units.</param>
public sealed record SourceText(string Path, string Text)
{
    LineMap? _lines;

    /// <summary>Line starts, found on first use.</summary>
    public LineMap Lines => _lines ??= new LineMap(Text);

    /// <summary>Line and column where a stretch begins.</summary>
    public LinePosition Position(SourceSpan span) => Lines.At(span.Start);

    /// <summary>The text of a stretch, clamped to this text.</summary>
    public string Slice(SourceSpan span)
    {
        var start = Math.Clamp(span.Start, 0, Text.Length);
        return Text[start..Math.Clamp(span.End, start, Text.Length)];
    }

    /// <summary>Same path and text; the line map is derived and does not count.</summary>
    public bool Equals(SourceText? other) =>
        other is not null && string.Equals(Path, other.Path, StringComparison.Ordinal) && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Path), StringComparer.Ordinal.GetHashCode(Text));
}
