using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>The words and signs of a condition.</summary>
public enum SigmaTokenKind
{
    End,
    Word,
    OpenParenthesis,
    CloseParenthesis,
    Pipe,
    Comma,
    Comparison,
}

/// <summary>A piece of a condition's text; the span counts in that text, not in the file.</summary>
public readonly record struct SigmaToken(SigmaTokenKind Kind, SourceSpan Span);
