using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Highlighting;

/// <summary>Finds the tokens of a text. Total: any text has tokens, in order, disjoint, inside it.</summary>
public delegate ImmutableArray<CodeToken> Highlighter(string text);

/// <summary>Code that stands inside a string of a file in another language.</summary>
public static class EmbeddedCode
{
    /// <summary>The tokens of the inner text at their places in the outer one; escapes and folding may have moved them together.</summary>
    public static IEnumerable<CodeToken> Tokens(EmbeddedText code, Highlighter language)
    {
        var at = 0;
        foreach (var token in language(code.Text))
        {
            var outer = code.ToOuter(token.Span);
            var start = Math.Max(outer.Start, at);
            if (outer.End <= start)
                continue;
            at = outer.End;
            yield return token with { Span = SourceSpan.FromBounds(start, at) };
        }
    }
}

/// <summary>The parts of a file that holds data, each with its tokens; comments stand between parts only.</summary>
sealed class DataParts(string text)
{
    readonly List<(SourceSpan Span, ImmutableArray<CodeToken> Tokens)> _parts = [];
    readonly HashSet<SourceSpan> _seen = [];

    /// <summary>True the first time a stretch is asked about: what an alias names has one place only.</summary>
    public bool IsNew(SourceSpan span) => _seen.Add(span);

    public void Add(SourceSpan span, TokenClass? kind) => Add(span, kind is { } known ? [new(span, known)] : []);

    public void Add(SourceSpan span, IEnumerable<CodeToken> tokens) => _parts.Add((span, [.. tokens]));

    /// <summary>The tokens of all parts, and the comments that begin with <c>#</c> at a line's begin or behind a blank.</summary>
    public ImmutableArray<CodeToken> Finish()
    {
        var tokens = ImmutableArray.CreateBuilder<CodeToken>();
        var at = 0;
        foreach (var (span, own) in _parts.Where(p => p.Span.Length > 0).OrderBy(p => p.Span.Start).ThenByDescending(p => p.Span.Length))
        {
            if (span.Start < at || span.End > text.Length)
                continue;
            Comments(at, span.Start, tokens);
            at = span.Start;
            foreach (var token in own)
            {
                var start = Math.Max(at, token.Span.Start);
                var end = Math.Min(text.Length, token.Span.End);
                if (end <= start)
                    continue;
                tokens.Add(token with { Span = SourceSpan.FromBounds(start, end) });
                at = end;
            }

            at = Math.Max(at, span.End);
        }

        Comments(at, text.Length, tokens);
        return tokens.ToImmutable();
    }

    void Comments(int from, int to, ImmutableArray<CodeToken>.Builder tokens)
    {
        for (var at = from; at < to; at++)
        {
            if (text[at] != '#' || (at > 0 && !char.IsWhiteSpace(text[at - 1])))
                continue;
            var length = text.AsSpan(at, to - at).IndexOfAny('\r', '\n');
            var end = length < 0 ? to : at + length;
            tokens.Add(new(SourceSpan.FromBounds(at, end), TokenClass.Comment));
            at = end;
        }
    }
}
