namespace Rulescope.Text;

/// <summary>A stretch of a named text: where something stands that a rule draws on and that is not in its own text.</summary>
public sealed record Excerpt(SourceText Source, SourceSpan Span)
{
    public string Text => Source.Slice(Span);
}
