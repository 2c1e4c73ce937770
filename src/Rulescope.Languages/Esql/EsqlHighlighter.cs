using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>What the pieces of an ES|QL query are to a reader.</summary>
public static class EsqlHighlighter
{
    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text, "//", "/*");
        var lexer = new EsqlLexer(text, []);
        var mode = EsqlMode.Expression;
        var atCommand = true;
        for (var token = lexer.Read(0, mode); token.Kind != EsqlTokenKind.End; token = lexer.Read(token.Span.End, mode))
        {
            var word = text.AsSpan(token.Span.Start, token.Span.Length);
            if (atCommand && token.Kind == EsqlTokenKind.Word)
            {
                painter.Add(token.Span, TokenClass.Keyword);
                mode = ModeOf(word);
                // INLINE STATS, LOOKUP JOIN, CHANGE_POINT: the second word is one of the command too.
                atCommand = word is "inline" or "INLINE" or "lookup" or "LOOKUP" or "left" or "LEFT";
                continue;
            }

            atCommand = token.Kind == EsqlTokenKind.Pipe || (token.Kind == EsqlTokenKind.OpenParen && mode == EsqlMode.Source);
            // Behind its first words each command goes on with expressions: METADATA, ON, AS.
            var isClause = token.Kind == EsqlTokenKind.Source && word.Equals("metadata", StringComparison.OrdinalIgnoreCase);
            if (atCommand || isClause || mode == EsqlMode.Policy)
                mode = EsqlMode.Expression;
            painter.Add(token.Span, isClause ? TokenClass.Keyword : ClassOf(token, word, IsCall(text, token.Span)));
        }

        return painter.Finish();
    }

    static EsqlMode ModeOf(ReadOnlySpan<char> command) => command switch
    {
        _ when command.Equals("from", StringComparison.OrdinalIgnoreCase) || command.Equals("ts", StringComparison.OrdinalIgnoreCase) => EsqlMode.Source,
        _ when command.Equals("keep", StringComparison.OrdinalIgnoreCase) || command.Equals("drop", StringComparison.OrdinalIgnoreCase) => EsqlMode.Pattern,
        _ when command.Equals("enrich", StringComparison.OrdinalIgnoreCase) => EsqlMode.Policy,
        _ => EsqlMode.Expression,
    };

    static bool IsCall(string text, SourceSpan word) => text.AsSpan(word.End).TrimStart(" \t") is ['(', ..];

    static TokenClass? ClassOf(EsqlToken token, ReadOnlySpan<char> word, bool isCall) => token.Kind switch
    {
        EsqlTokenKind.Word when EsqlWords.IsReserved(word) => TokenClass.Keyword,
        EsqlTokenKind.Word when isCall => TokenClass.Function,
        EsqlTokenKind.Word or EsqlTokenKind.QuotedName or EsqlTokenKind.Pattern or EsqlTokenKind.Source or EsqlTokenKind.Policy => TokenClass.Field,
        EsqlTokenKind.Parameter => TokenClass.Variable,
        EsqlTokenKind.String => TokenClass.Text,
        EsqlTokenKind.Integer or EsqlTokenKind.Decimal => TokenClass.Number,
        EsqlTokenKind.Pipe or EsqlTokenKind.Colon or EsqlTokenKind.DoubleColon => TokenClass.Operator,
        >= EsqlTokenKind.Assign and <= EsqlTokenKind.Percent => TokenClass.Operator,
        _ => null,
    };
}
