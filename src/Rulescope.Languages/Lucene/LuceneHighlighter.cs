using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Lucene;

/// <summary>What the pieces of a Lucene query are to a reader.</summary>
public static class LuceneHighlighter
{
    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text);
        var tokens = LuceneLexer.Tokenize(text);
        for (var i = 0; i < tokens.Length; i++)
            painter.Add(tokens[i].Span, ClassOf(tokens[i].Kind, i + 1 < tokens.Length && tokens[i + 1].Kind == LuceneTokenKind.Colon));
        return painter.Finish();
    }

    static TokenClass? ClassOf(LuceneTokenKind kind, bool isField) => kind switch
    {
        LuceneTokenKind.Term when isField => TokenClass.Field,
        LuceneTokenKind.Term or LuceneTokenKind.Quoted or LuceneTokenKind.Bound or LuceneTokenKind.QuotedBound => TokenClass.Text,
        LuceneTokenKind.Regex => TokenClass.Pattern,
        LuceneTokenKind.And or LuceneTokenKind.Or or LuceneTokenKind.Not or LuceneTokenKind.To => TokenClass.Keyword,
        LuceneTokenKind.Plus or LuceneTokenKind.Minus or LuceneTokenKind.Colon => TokenClass.Operator,
        LuceneTokenKind.Boost or LuceneTokenKind.Fuzzy => TokenClass.Number,
        _ => null,
    };
}
