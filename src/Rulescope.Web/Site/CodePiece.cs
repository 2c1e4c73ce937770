using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;
using Rulescope.Text;

namespace Rulescope.Web.Site;

/// <summary>What stands in a row of pieces of code.</summary>
public enum CodePieceKind : byte
{
    /// <summary>Text, of a class where its language gives it one.</summary>
    Text,

    /// <summary>A line begins; the text is its number.</summary>
    Line,

    /// <summary>A mark begins; the text is its name on the page.</summary>
    Open,

    /// <summary>The same, for what takes events out.</summary>
    OpenOut,

    /// <summary>The innermost mark ends.</summary>
    Close,
}

/// <summary>One piece of a text as a page shows it; marks are nested, and lines may begin inside them.</summary>
public readonly record struct CodePiece(CodePieceKind Kind, string Text, TokenClass? Class = null)
{
    /// <summary>A text without marks and line numbers.</summary>
    public static ImmutableArray<CodePiece> Plain(string text, ImmutableArray<CodeToken> tokens)
    {
        var pieces = ImmutableArray.CreateBuilder<CodePiece>();
        var at = 0;
        foreach (var token in tokens)
        {
            if (token.Span.Start > at)
                pieces.Add(new(CodePieceKind.Text, text[at..token.Span.Start]));
            pieces.Add(new(CodePieceKind.Text, text.Substring(token.Span.Start, token.Span.Length), token.Class));
            at = token.Span.End;
        }

        if (at < text.Length)
            pieces.Add(new(CodePieceKind.Text, text[at..]));
        return pieces.ToImmutable();
    }
}

/// <summary>A stretch of a rule that a row of its tables points to.</summary>
public readonly record struct CodeMark(SourceSpan Span, bool IsOut);

/// <summary>Cuts a file of a rule into pieces: what its language says, what the tables point to, and its lines.</summary>
/// <param name="text">The text of the rule.</param>
/// <param name="lines">Its lines.</param>
/// <param name="tokens">Ordered and disjoint; they count in the text.</param>
/// <param name="marks">By begin, the longer of two first.</param>
ref struct CodeCutter(string text, LineMap lines, ReadOnlySpan<CodeToken> tokens, ReadOnlySpan<CodeMark> marks)
{
    readonly ReadOnlySpan<CodeToken> _tokens = tokens;
    readonly ReadOnlySpan<CodeMark> _marks = marks;
    readonly Stack<int> _open = new();
    readonly ImmutableArray<CodePiece>.Builder _pieces = ImmutableArray.CreateBuilder<CodePiece>();
    int _token;
    int _mark;

    /// <summary>The pieces of a stretch that begins and ends with a line.</summary>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="label">The name of a line's place by its number in the text.</param>
    public ImmutableArray<CodePiece> Cut(int from, int to, Func<int, string> label)
    {
        var line = lines.At(from).Line;
        var next = from;
        for (var at = from; at < to;)
        {
            Close(at);
            if (at == next)
            {
                _pieces.Add(new(CodePieceKind.Line, label(line)));
                next = ++line <= lines.Count ? lines.Offset(new(line, 1)) : to;
            }

            Open(at);
            at = Text(at, Math.Min(to, next));
        }

        Close(int.MaxValue);
        return _pieces.ToImmutable();
    }

    readonly void Close(int at)
    {
        while (_open.TryPeek(out var end) && end <= at)
        {
            _open.Pop();
            _pieces.Add(new(CodePieceKind.Close, ""));
        }
    }

    // What would stick out of the mark around it ends with that.
    void Open(int at)
    {
        while (_mark < _marks.Length && _marks[_mark].Span.Start <= at)
        {
            var mark = _marks[_mark++];
            if (mark.Span.Start < at)
                continue;
            _open.Push(_open.TryPeek(out var around) ? Math.Min(around, mark.Span.End) : mark.Span.End);
            _pieces.Add(new(mark.IsOut ? CodePieceKind.OpenOut : CodePieceKind.Open, Links.Mark(mark.Span.Start, mark.Span.Length)));
        }
    }

    // Up to the next place where anything changes.
    int Text(int at, int limit)
    {
        while (_token < _tokens.Length && _tokens[_token].Span.End <= at)
            _token++;
        TokenClass? kind = null;
        if (_token < _tokens.Length)
        {
            var token = _tokens[_token];
            var isInside = token.Span.Start <= at;
            kind = isInside ? token.Class : null;
            limit = Math.Min(limit, isInside ? token.Span.End : token.Span.Start);
        }

        if (_mark < _marks.Length)
            limit = Math.Min(limit, _marks[_mark].Span.Start);
        if (_open.TryPeek(out var end))
            limit = Math.Min(limit, end);
        _pieces.Add(new(CodePieceKind.Text, text[at..limit], kind));
        return limit;
    }
}
