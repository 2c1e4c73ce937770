using Rulescope.Languages.Kusto;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Kusto;

public class KustoTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("kusto/tokens.cases");

    public static TheoryData<CaseFile.Case> Syntax =>
        [.. new[] { "literals", "expressions", "operators", "statements", "errors" }.SelectMany(f => CaseFile.Load($"kusto/{f}.cases"))];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("kusto/write.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case)
    {
        var read = KustoLexer.Read(@case.Input);
        var end = 0;
        Assert.All(read.Value, token =>
        {
            Assert.True(token.Span.Start >= end && token.Span.End <= @case.Input.Length);
            end = token.Span.End;
        });
        var shown = read.Value.SkipLast(1).Select(t => $"{t.Kind} {Slice(@case.Input, t.Span).ReplaceLineEndings("\\n")}");
        CaseFile.Check(@case, string.Join('\n', [.. shown, .. read.Diagnostics.Select(d => d.ToString())]));
    }

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_is_read_into_syntax(CaseFile.Case @case)
    {
        var parsed = KustoParser.ParseQuery(@case.Input);
        KustoTree.CheckSpans(parsed.Value, @case.Input);
        // A query of one expression is shown without its wrapping.
        object shown = parsed.Value.Statements is [KustoStatement.Query(var only)] ? only : parsed.Value.Statements;
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(shown), .. parsed.Diagnostics.Select(d => d.ToString())]));
        if (parsed.IsComplete)
            KustoTree.CheckRoundTrip(parsed.Value);
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Syntax_is_written_as_text(CaseFile.Case @case)
    {
        var parsed = KustoParser.ParseQuery(@case.Input);
        Assert.True(parsed.IsComplete, string.Join('\n', parsed.Diagnostics));
        CaseFile.Check(@case, KustoWriter.Write(parsed.Value));
        KustoTree.CheckRoundTrip(parsed.Value);
    }

    static string Slice(string text, SourceSpan span) => text.Substring(span.Start, span.Length);
}
