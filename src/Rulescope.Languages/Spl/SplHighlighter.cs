using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>What the pieces of a search are to a reader, its macro calls and comments as they are written.</summary>
public static class SplHighlighter
{
    const string CommentMark = "```";

    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.-");

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "and", "or", "not", "xor", "in", "like", "by", "as", "over", "from", "where", "groupby", "output", "outputnew", "datamodel", "true", "false", "null")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What the place of a word makes of it.</summary>
    enum Place
    {
        Command,

        /// <summary>Words of a search: fields before a comparison, values elsewhere.</summary>
        Search,

        /// <summary>Names of columns, options and functions.</summary>
        Columns,

        Expression,
    }

    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text);
        var place = Begins(text, 0) ? Place.Command : Place.Search;
        var last = SplTokenKind.End;
        for (var at = 0; at < text.Length;)
        {
            var token = Read(text, at, place, out var isComment);
            if (token.Kind == SplTokenKind.End)
                break;
            var word = text.AsSpan(token.Span.Start, token.Span.Length);
            at = token.Span.End;
            if (isComment)
            {
                painter.Add(token.Span, TokenClass.Comment);
                continue;
            }

            var isCommand = place == Place.Command && token.Kind == SplTokenKind.Word;
            painter.Add(token.Span, isCommand ? TokenClass.Keyword : token.Kind == SplTokenKind.Word ? WordOf(text, token.Span, place, last) : ClassOf(token.Kind, place, last));
            place = isCommand ? PlaceOf(word)
                : token.Kind == SplTokenKind.Pipe ? Place.Command
                : token.Kind == SplTokenKind.OpenBracket ? Begins(text, at) ? Place.Command : Place.Search
                : place == Place.Command ? Place.Search
                // tstats ... where: what follows is a search; its by-clause names columns again.
                : place == Place.Columns && word.Equals("where", StringComparison.OrdinalIgnoreCase) ? Place.Search
                : place == Place.Search && word.Equals("by", StringComparison.OrdinalIgnoreCase) ? Place.Columns
                : place;
            last = token.Kind;
        }

        return painter.Finish();
    }

    // A search without its command is one of 'search'.
    static bool Begins(string text, int at)
    {
        var next = SplLexer.Read(text, at, SplMode.Search);
        return next.Kind == SplTokenKind.Pipe || (next.Kind == SplTokenKind.Word && SplCommands.IsKnown(text.Substring(next.Span.Start, next.Span.Length)));
    }

    static SplToken Read(string text, int at, Place place, out bool isComment)
    {
        var token = SplLexer.Read(text, at, place == Place.Expression ? SplMode.Eval : SplMode.Search);
        isComment = token.Kind != SplTokenKind.End && string.CompareOrdinal(text, token.Span.Start, CommentMark, 0, CommentMark.Length) == 0;
        if (!isComment)
            return token;
        var close = text.IndexOf(CommentMark, token.Span.Start + CommentMark.Length, StringComparison.Ordinal);
        return token with { Span = SourceSpan.FromBounds(token.Span.Start, close < 0 ? text.Length : close + CommentMark.Length) };
    }

    static Place PlaceOf(ReadOnlySpan<char> command) => command switch
    {
        _ when command.Equals("search", StringComparison.OrdinalIgnoreCase) || command.Equals("regex", StringComparison.OrdinalIgnoreCase) => Place.Search,
        _ when command.Equals("eval", StringComparison.OrdinalIgnoreCase) || command.Equals("where", StringComparison.OrdinalIgnoreCase) => Place.Expression,
        _ => Place.Columns,
    };

    static TokenClass? WordOf(string text, SourceSpan span, Place place, SplTokenKind last)
    {
        var word = text.AsSpan(span.Start, span.Length);
        var next = text.AsSpan(span.End).TrimStart(" \t");
        if (Words.Contains(word))
            return TokenClass.Keyword;
        if (place != Place.Search && span.End < text.Length && text[span.End] == '(')
            return TokenClass.Function;
        if (next is ['=' or '<' or '>', ..] or ['!', '=', ..])
            return TokenClass.Field;
        if (!word.ContainsAnyExcept(Digits))
            return TokenClass.Number;
        return place switch
        {
            Place.Search => TokenClass.Text,
            Place.Columns when last is SplTokenKind.Equal => TokenClass.Text,
            _ => TokenClass.Field,
        };
    }

    static TokenClass? ClassOf(SplTokenKind kind, Place place, SplTokenKind last) => kind switch
    {
        SplTokenKind.Quoted => TokenClass.Text,
        SplTokenKind.SingleQuoted => TokenClass.Field,
        SplTokenKind.Macro => TokenClass.Variable,
        SplTokenKind.Number => TokenClass.Number,
        SplTokenKind.Star when place != Place.Expression && last == SplTokenKind.Equal => TokenClass.Text,
        SplTokenKind.Pipe or (>= SplTokenKind.Equal and <= SplTokenKind.GreaterOrEqual) or (>= SplTokenKind.Plus and <= SplTokenKind.Dot) => TokenClass.Operator,
        _ => null,
    };
}
