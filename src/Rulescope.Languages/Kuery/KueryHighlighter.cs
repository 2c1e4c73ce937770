using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Kuery;

/// <summary>What the pieces of a kuery are to a reader.</summary>
public static class KueryHighlighter
{
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text);
        var tokens = KueryLexer.Tokenize(text);
        for (var i = 0; i < tokens.Length; i++)
        {
            var isField = i + 1 < tokens.Length && IsComparison(tokens[i + 1].Kind);
            painter.Add(tokens[i].Span, tokens[i].Kind switch
            {
                KueryTokenKind.Word or KueryTokenKind.Quoted when isField => TokenClass.Field,
                KueryTokenKind.Word when !text.AsSpan(tokens[i].Span.Start, tokens[i].Span.Length).ContainsAnyExcept(Digits) => TokenClass.Number,
                KueryTokenKind.Word or KueryTokenKind.Quoted => TokenClass.Text,
                KueryTokenKind.And or KueryTokenKind.Or or KueryTokenKind.Not => TokenClass.Keyword,
                var kind when IsComparison(kind) => TokenClass.Operator,
                _ => null,
            });
        }

        return painter.Finish();
    }

    static bool IsComparison(KueryTokenKind kind) =>
        kind is KueryTokenKind.Colon or KueryTokenKind.Less or KueryTokenKind.LessOrEqual or KueryTokenKind.Greater or KueryTokenKind.GreaterOrEqual;
}
