using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Kusto;

/// <summary>What the pieces of a Kusto query are to a reader.</summary>
public static class KustoHighlighter
{
    static readonly SearchValues<char> Marks = SearchValues.Create("()[]{}.,;:");

    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text, "//");
        var isPattern = false;
        foreach (var token in KustoLexer.Read(text).Value)
        {
            var word = text.AsSpan(token.Span.Start, token.Span.Length);
            var isCall = token.Span.End < text.Length && text[token.Span.End] == '(';
            painter.Add(token.Span, token.Kind switch
            {
                KustoTokenKind.Keyword when isCall && KustoWords.IsName(word) => TokenClass.Function,
                KustoTokenKind.Keyword or KustoTokenKind.Bool => TokenClass.Keyword,
                KustoTokenKind.Identifier => isCall ? TokenClass.Function : TokenClass.Field,
                KustoTokenKind.String => isPattern ? TokenClass.Pattern : TokenClass.Text,
                KustoTokenKind.Punctuation => !word.ContainsAny(Marks) || word is ".." ? TokenClass.Operator : null,
                KustoTokenKind.Directive => TokenClass.Comment,
                KustoTokenKind.End => null,
                _ => TokenClass.Number,
            });
            isPattern = word is "matches regex";
        }

        return painter.Finish();
    }
}
