using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>What the pieces of a Sigma rule are to a reader: YAML, with fields, modifiers and conditions told apart.</summary>
public static class SigmaHighlighter
{
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static ImmutableArray<CodeToken> Of(string text) => YamlHighlighter.Of(text, (path, scalar, isKey) => path switch
    {
        ["detection", "condition", ..] => isKey ? null : Condition(text, scalar),
        ["detection", _] when isKey => [new(scalar.Span, TokenClass.Variable)],
        ["detection", _, ..] => isKey ? Field(text, scalar) : scalar.Kind == YamlKind.Text ? [new(scalar.Span, TokenClass.Text)] : null,
        _ => null,
    });

    // Image|contains|all
    static IEnumerable<CodeToken> Field(string text, YamlNode.Scalar key)
    {
        var bar = text.AsSpan(key.Span.Start, key.Span.Length).IndexOf('|');
        if (bar < 0)
            return [new(key.Span, TokenClass.Field)];
        return
        [
            new(new(key.Span.Start, bar), TokenClass.Field),
            new(SourceSpan.FromBounds(key.Span.Start + bar, key.Span.End), TokenClass.Function),
        ];
    }

    static IEnumerable<CodeToken> Condition(string text, YamlNode.Scalar scalar) => EmbeddedCode.Tokens(YamlContent.Of(text, scalar), Condition);

    static ImmutableArray<CodeToken> Condition(string condition)
    {
        var painter = new TokenPainter(condition);
        var lexer = new SigmaLexer(condition);
        for (var token = lexer.Next(); token.Kind != SigmaTokenKind.End; token = lexer.Next())
        {
            var word = condition.AsSpan(token.Span.Start, token.Span.Length);
            painter.Add(token.Span, token.Kind switch
            {
                SigmaTokenKind.Pipe or SigmaTokenKind.Comparison => TokenClass.Operator,
                SigmaTokenKind.Word when !word.ContainsAnyExcept(Digits) => TokenClass.Number,
                SigmaTokenKind.Word when IsWord(word) => TokenClass.Keyword,
                SigmaTokenKind.Word => TokenClass.Variable,
                _ => null,
            });
        }

        return painter.Finish();
    }

    static bool IsWord(ReadOnlySpan<char> word)
    {
        foreach (var known in (ReadOnlySpan<string>)["and", "or", "not", "of", "them", "all", "any", "by", "near"])
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
