using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Highlighting;

/// <summary>Takes a text's tokens in their order and finds the comments between them, since lexers pass over these.</summary>
/// <remarks>What comes out is ordered, disjoint and inside the text, whatever comes in.</remarks>
/// <param name="text">The whole text.</param>
/// <param name="comments">How a comment begins; none where the language has no comments.</param>
sealed class TokenPainter(string text, params string[] comments)
{
    readonly ImmutableArray<CodeToken>.Builder _tokens = ImmutableArray.CreateBuilder<CodeToken>();
    int _at;

    /// <summary>Takes the next token; one without a class stays plain.</summary>
    public void Add(SourceSpan span, TokenClass? kind)
    {
        Between(Math.Min(span.Start, text.Length));
        var start = Math.Max(span.Start, _at);
        var end = Math.Min(span.End, text.Length);
        if (end <= start)
            return;
        if (kind is { } known)
            _tokens.Add(new(SourceSpan.FromBounds(start, end), known));
        _at = end;
    }

    /// <summary>All tokens, with the comments behind the last one.</summary>
    public ImmutableArray<CodeToken> Finish()
    {
        Between(text.Length);
        return _tokens.ToImmutable();
    }

    // Nothing but blanks, comments and what begins no token stands between two tokens.
    void Between(int end)
    {
        if (end <= _at)
            return;
        var gap = text.AsSpan(_at, end - _at);
        var first = -1;
        foreach (var mark in comments)
        {
            var found = gap.IndexOf(mark, StringComparison.Ordinal);
            first = found >= 0 && (first < 0 || found < first) ? found : first;
        }

        if (first >= 0)
            _tokens.Add(new(new(_at + first, gap[first..].TrimEnd().Length), TokenClass.Comment));
        _at = end;
    }
}
