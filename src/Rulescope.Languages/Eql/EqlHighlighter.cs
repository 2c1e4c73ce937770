using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Eql;

/// <summary>What the pieces of an EQL query are to a reader.</summary>
public static class EqlHighlighter
{
    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text, "//", "/*");
        var tokens = EqlLexer.Tokenize(text);
        for (var i = 0; i < tokens.Length; i++)
        {
            var before = i > 0 ? tokens[i - 1].Kind : EqlTokenKind.End;
            var behind = i + 1 < tokens.Length ? tokens[i + 1].Kind : EqlTokenKind.End;
            // 1m: a number with its unit.
            var isUnit = before == EqlTokenKind.Integer && tokens[i].Kind == EqlTokenKind.Identifier && tokens[i - 1].Span.End == tokens[i].Span.Start;
            painter.Add(tokens[i].Span, isUnit ? TokenClass.Number : ClassOf(tokens[i].Kind, before, behind));
        }

        return painter.Finish();
    }

    static TokenClass? ClassOf(EqlTokenKind kind, EqlTokenKind before, EqlTokenKind behind) => kind switch
    {
        // A category, or the name of a pipe.
        EqlTokenKind.Identifier when behind == EqlTokenKind.Where || before == EqlTokenKind.Pipe => TokenClass.Keyword,
        EqlTokenKind.Identifier or EqlTokenKind.TildeIdentifier when behind == EqlTokenKind.OpenParen => TokenClass.Function,
        EqlTokenKind.Identifier or EqlTokenKind.TildeIdentifier or EqlTokenKind.EscapedIdentifier => TokenClass.Field,
        EqlTokenKind.Text => TokenClass.Text,
        EqlTokenKind.Integer or EqlTokenKind.Decimal => TokenClass.Number,
        >= EqlTokenKind.And and <= EqlTokenKind.With => TokenClass.Keyword,
        >= EqlTokenKind.Colon and <= EqlTokenKind.Percent or EqlTokenKind.Pipe or EqlTokenKind.OpenMissing => TokenClass.Operator,
        _ => null,
    };
}
