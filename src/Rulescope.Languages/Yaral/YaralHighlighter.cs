using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Yaral;

/// <summary>What the pieces of a YARA-L rule are to a reader.</summary>
public static class YaralHighlighter
{
    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text, "//", "/*");
        var tokens = YaralLexer.Tokenize(text).Value;
        for (var i = 0; i < tokens.Length; i++)
            painter.Add(tokens[i].Span, tokens[i].Kind == YaralTokenKind.Word ? WordOf(text, tokens, i) : ClassOf(tokens[i].Kind));
        return painter.Finish();
    }

    static TokenClass? WordOf(string text, ImmutableArray<YaralToken> tokens, int at)
    {
        var span = tokens[at].Span;
        var word = text.Substring(span.Start, span.Length);
        if (at > 0 && tokens[at - 1].Kind == YaralTokenKind.Dot)
            return IsCall(tokens, at) ? TokenClass.Function : TokenClass.Field;
        var isSection = YaralWords.IsSection(word) && tokens[at + 1].Kind == YaralTokenKind.Colon;
        if (isSection || YaralWords.IsKeyword(word) || (word == "rule" && tokens[at + 1].Kind == YaralTokenKind.Word))
            return TokenClass.Keyword;
        if (at > 0 && tokens[at - 1].Kind == YaralTokenKind.Word && tokens[at + 1].Kind == YaralTokenKind.OpenBrace)
            return TokenClass.Variable;
        return IsCall(tokens, at) ? TokenClass.Function : TokenClass.Field;
    }

    // A bracket behind the last part of the name: re.regex(...). Names have few parts, so the look ahead is bounded.
    static bool IsCall(ImmutableArray<YaralToken> tokens, int at)
    {
        for (var steps = 0; steps < 4 && at + 2 < tokens.Length && tokens[at + 1].Kind == YaralTokenKind.Dot && tokens[at + 2].Kind == YaralTokenKind.Word; steps++)
            at += 2;
        return at + 1 < tokens.Length && tokens[at + 1].Kind == YaralTokenKind.OpenParen;
    }

    static TokenClass? ClassOf(YaralTokenKind kind) => kind switch
    {
        YaralTokenKind.Variable or YaralTokenKind.Count or YaralTokenKind.List => TokenClass.Variable,
        YaralTokenKind.Quoted or YaralTokenKind.Raw => TokenClass.Text,
        YaralTokenKind.Regex => TokenClass.Pattern,
        YaralTokenKind.Number or YaralTokenKind.Duration => TokenClass.Number,
        >= YaralTokenKind.Equal and <= YaralTokenKind.Bang => TokenClass.Operator,
        _ => null,
    };
}
