using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Python;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Python;

public class PythonTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("python/tokens.cases");

    public static TheoryData<CaseFile.Case> Syntax => [.. CaseFile.Load("python/syntax.cases"), .. CaseFile.Load("python/strings.cases"), .. CaseFile.Load("python/errors.cases")];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("python/write.cases");

    public static TheoryData<CaseFile.Case> Verdicts => CaseFile.Load("python/verdicts.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case)
    {
        List<Diagnostic> findings = [];
        var tokens = PythonLexer.Tokenize(@case.Input, findings);
        var lines = tokens.Select(t => $"{t.Kind} {@case.Input.Substring(t.Span.Start, t.Span.Length).ReplaceLineEndings("").Trim()}".TrimEnd());
        CaseFile.Check(@case, string.Join('\n', [.. lines, .. findings]));
    }

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_reads_to_a_tree(CaseFile.Case @case)
    {
        var parsed = PythonParser.Parse(@case.Input);
        Spans.AssertNested(@case.Input, parsed.Value);
        Assert.Equal(parsed.Value, TreeText.Parse<PythonModule>(TreeText.Of(parsed.Value)).Value);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Small_texts_have_their_findings(CaseFile.Case @case)
    {
        var parsed = PythonParser.Parse(@case.Input);
        Assert.True(Holds(@case.Input));
        CaseFile.Check(@case, parsed.Diagnostics.IsEmpty ? "read" : string.Join('\n', parsed.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = PythonParser.Parse(@case.Input);
        var written = PythonWriter.Write(parsed.Value);
        Assert.Equal(parsed.Value, PythonParser.Parse(written).Value);
        CaseFile.Check(@case, string.Join('\n', [written, .. parsed.Diagnostics]));
    }

    [Fact]
    public void No_text_throws_and_what_is_read_survives_writing() => Prop.ForAll<string>(text => Holds(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_soup_of_tokens_throws_and_what_is_read_survives_writing()
    {
        string[] words =
        [
            "a", "b.c", "1", "0x", "'s'", "f'{a}'", "f'{", "\"\"\"", "(", ")", "[", "]", "{", "}", ":", ",", ";", "=", ":=", "==", "+=", "->", "*", "**",
            "/", "@", "-", ".", "...", "\n", "\n  ", "\n\t", "\n    ", "\\\n", "#", " ", " if ", " else ", " elif ", "for ", " in ", " not ", " is ",
            " and ", " or ", "lambda ", "def f", "class A", "return ", "try:", "except ", "finally:", "with ", " as ", "match ", "case ", "_", "async ",
            "await ", "yield ", "from ", "import ", "del ", "assert ", "raise ", "global ", "pass", "é", "\0", "\r", "\f", "\ud800", "b'", "\\N{", "None",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, Holds).Check(Properties.Config.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("f(")]
    [InlineData("a[")]
    [InlineData("not ")]
    [InlineData("-")]
    [InlineData("await ")]
    [InlineData("lambda: ")]
    [InlineData("lambda x=")]
    [InlineData("a if b else ")]
    [InlineData("a ** ")]
    [InlineData("a + ")]
    [InlineData("a.b")]
    [InlineData("a()")]
    [InlineData("a and not ")]
    [InlineData("a == ")]
    [InlineData("a = ")]
    [InlineData("f'{")]
    [InlineData("'")]
    [InlineData("match x:\n case ")]
    [InlineData("@")]
    [InlineData("if x:\n")]
    [InlineData("if a: ")]
    [InlineData("elif a:\n pass\n")]
    [InlineData("try:\n pass\nexcept:\n pass\n")]
    [InlineData("def f():\n")]
    [InlineData("with (")]
    [InlineData("\n ")]
    [InlineData("\\\n")]
    [InlineData("a, ")]
    [InlineData("* ")]
    [InlineData("] ")]
    [InlineData("''''''f''")]
    public void Endless_repetition_is_read_in_bounded_depth(string piece) =>
        Assert.True(Holds(string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length))));

    [Theory]
    [InlineData("(", "PYT0109")]
    [InlineData("lambda: ", "PYT0304")]
    [InlineData("a ** ", "PYT0304")]
    [InlineData("x if y else ", "PYT0304")]
    [InlineData("not ", "PYT0304")]
    [InlineData("a + ", "PYT0304")]
    [InlineData("-", "PYT0304")]
    public void Nesting_without_end_is_one_finding(string piece, string id) =>
        Assert.Equal(id, Assert.Single(PythonParser.Parse(string.Concat(Enumerable.Repeat(piece, 20_000)) + "a").Diagnostics).Code.Id);

    [Fact]
    public void Chains_below_the_limit_are_read()
    {
        var links = PythonParser.MaxHeight - 1;
        Assert.Empty(PythonParser.Parse("a" + string.Concat(Enumerable.Repeat(".b()", links / 2))).Diagnostics);
        Assert.Empty(PythonParser.Parse("a" + string.Concat(Enumerable.Repeat(" + b", links))).Diagnostics);
        Assert.Empty(PythonParser.Parse("[" + string.Join(", ", Enumerable.Repeat("a.b + c", 20_000)) + "]").Diagnostics);
    }

    [Fact]
    public void Blocks_nest_as_deep_as_in_CPython()
    {
        Assert.Empty(PythonParser.Parse(Nested(PythonLexer.MaxIndents)).Diagnostics);
        Assert.Equal(PythonCodes.TooManyIndents, Assert.Single(PythonParser.Parse(Nested(PythonLexer.MaxIndents + 1)).Diagnostics).Code);

        static string Nested(int depth) => string.Concat(Enumerable.Range(0, depth).Select(i => new string(' ', i) + "if x:\n")) + new string(' ', depth) + "pass\n";
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = PythonParser.Parse(new string(' ', PythonParser.MaxLength + 1));
        Assert.IsType<PythonStatement.Unsupported>(Assert.Single(parsed.Value.Body));
        Assert.Equal("PYT0110 @0+4000001 the text has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }

    [Fact]
    public void Statements_know_their_place()
    {
        const string Text = "x = 1\n@d\ndef f(a):  # c\n    if (a):\n        return g(a for a in b)\n\n\ny = (2)\n";
        var body = PythonParser.Parse(Text).Value.Body;
        Assert.Equal(["x = 1", "@d\ndef f(a):  # c\n    if (a):\n        return g(a for a in b)", "y = (2)"], body.Select(s => Slice(s.Span)));
        var branch = Assert.IsType<PythonStatement.If>(Assert.Single(Assert.IsType<PythonStatement.Function>(body[1]).Body)).Branches[0];
        Assert.Equal("a", Slice(branch.Test.Span));
        var call = Assert.IsType<PythonExpression.Call>(Assert.IsType<PythonStatement.Return>(Assert.Single(branch.Body)).Value);
        Assert.Equal("(a for a in b)", Slice(Assert.Single(call.Arguments).Span));

        static string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    static bool Holds(string text)
    {
        var parsed = PythonParser.Parse(text);
        Spans.AssertNested(text, parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, text.Length).Contains(d.Span), d.ToString()));
        var written = PythonWriter.Write(parsed.Value);
        return !parsed.IsComplete || parsed.Value.Equals(PythonParser.Parse(written).Value);
    }
}
