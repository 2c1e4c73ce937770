namespace Rulescope.Text;

/// <summary>A named text: what a file held, or what a user typed.</summary>
/// <param name="Path">How findings name it: a relative path with <c>/</c>, or a word such as <c>input</c>.</param>
/// <param name="Text">The whole text; spans count in its UTF-16 code units.</param>
public sealed record SourceText(string Path, string Text)
{
    LineMap? _lines;

    /// <summary>Where other files begin whose text follows in this one, ascending; empty for the text of a single file.</summary>
    public EquatableArray<SourcePart> Parts { get; init; }

    /// <summary>Line starts, found on first use.</summary>
    public LineMap Lines => _lines ??= new LineMap(Text);

    /// <summary>Line and column where a stretch begins.</summary>
    public LinePosition Position(SourceSpan span) => Lines.At(span.Start);

    /// <summary>This text and behind it that of another file, so that both have places in one text: metadata and the code beside it.</summary>
    public SourceText FollowedBy(SourceText other)
    {
        // Another file begins on a line of its own.
        var head = Text.Length == 0 || Text[^1] == '\n' ? Text : Text + "\n";
        var parts = other.Parts.Items.Select(p => p with { Start = p.Start + head.Length });
        return new(Path, head + other.Text) { Parts = [.. Parts, new(head.Length, other.Path), .. parts] };
    }

    /// <summary>The file a stretch begins in, with line and column there.</summary>
    public (string Path, LinePosition Position) Place(SourceSpan span)
    {
        var position = Position(span);
        var part = Parts.Items.LastOrDefault(p => p.Start <= span.Start);
        return part is null ? (Path, position) : (part.Path, position with { Line = position.Line - Lines.At(part.Start).Line + 1 });
    }

    /// <summary>The text of a stretch, clamped to this text.</summary>
    public string Slice(SourceSpan span)
    {
        var start = Math.Clamp(span.Start, 0, Text.Length);
        return Text[start..Math.Clamp(span.End, start, Text.Length)];
    }

    /// <summary>Same path and text; the line map is derived and does not count.</summary>
    public bool Equals(SourceText? other) =>
        other is not null && string.Equals(Path, other.Path, StringComparison.Ordinal) && string.Equals(Text, other.Text, StringComparison.Ordinal) && Parts == other.Parts;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Path), StringComparer.Ordinal.GetHashCode(Text));
}

/// <summary>Where a file begins that follows another one in a text.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Path">How findings name it.</param>
public sealed record SourcePart(int Start, string Path);
