using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Python;

/// <summary>What the pieces of a Python text are to a reader; names that are not called stay plain.</summary>
public static class PythonHighlighter
{
    static readonly SearchValues<char> Marks = SearchValues.Create("()[]{},:.;");

    public static ImmutableArray<CodeToken> Of(string text)
    {
        var painter = new TokenPainter(text, "#");
        foreach (var token in PythonLexer.Tokenize(text, []))
        {
            var word = text.AsSpan(token.Span.Start, token.Span.Length);
            painter.Add(token.Span, token.Kind switch
            {
                PythonTokenKind.Keyword => TokenClass.Keyword,
                PythonTokenKind.Name when token.Span.End < text.Length && text[token.Span.End] == '(' => TokenClass.Function,
                PythonTokenKind.Number => TokenClass.Number,
                PythonTokenKind.String => TokenClass.Text,
                PythonTokenKind.Operator when !word.ContainsAny(Marks) || word is ":=" => TokenClass.Operator,
                _ => null,
            });
        }

        return painter.Finish();
    }
}
