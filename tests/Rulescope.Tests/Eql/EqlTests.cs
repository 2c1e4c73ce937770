using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Eql;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Eql;

public class EqlTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("eql/tokens.cases");

    public static TheoryData<CaseFile.Case> Elastic => [.. CaseFile.Load("eql/syntax.cases"), .. CaseFile.Load("eql/errors.cases")];

    public static TheoryData<CaseFile.Case> Endgame => [.. CaseFile.Load("eql/endgame.cases"), .. CaseFile.Load("eql/endgame-errors.cases")];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("eql/write.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case)
    {
        var tokens = EqlLexer.Tokenize(@case.Input);
        Assert.Equal(tokens.Order(Comparer<EqlToken>.Create((a, b) => a.Span.Start - b.Span.Start)), tokens);
        CaseFile.Check(@case, string.Join('\n', tokens.Select(t => $"{t.Kind} {@case.Input.Substring(t.Span.Start, t.Span.Length)} {t.Fault?.Id}".TrimEnd())));
    }

    [Theory]
    [MemberData(nameof(Elastic))]
    public void Elastic_text_reads_to_a_tree(CaseFile.Case @case) => Check(@case, EqlDialect.Elastic);

    [Theory]
    [MemberData(nameof(Endgame))]
    public void Endgame_text_reads_to_a_tree(CaseFile.Case @case) => Check(@case, EqlDialect.Endgame);

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = EqlParser.Parse(@case.Input, EqlDialect.Endgame);
        var written = EqlWriter.Write(parsed.Value);
        Assert.Equal(parsed.Value, EqlParser.Parse(written, EqlDialect.Endgame).Value);
        CaseFile.Check(@case, string.Join('\n', [written, .. parsed.Diagnostics]));
    }

    [Fact]
    public void No_text_throws_and_what_is_read_without_findings_survives_writing() =>
        Prop.ForAll<string>(text => Holds(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_soup_of_tokens_throws_and_what_is_read_without_findings_survives_writing()
    {
        string[] words =
        [
            "process", "any", "where", "sequence", "sample", "join", "by", "with", "maxspan", "runs", "=", "==", "1m", "until", "[", "]", "![", "(", ")",
            "a.b", "?a", "`b c`", "a[0]", "\"x*\"", "\"\"\"y\"\"\"", "?'z'", "1", "-2.5", "true", "null", "and", "or", "not", "in", "in~", ":", "like", "like~",
            "regex~", "<", ">=", "!=", "+", "-", "*", "/", "%", ",", "|", "head", "fork", "child of", "length(", "endsWith~(", "// c\n", "/* */", "$", "\"", "`",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(w => string.Join(' ', w)).ToArbitrary();
        Prop.ForAll(soup, Holds).Check(Properties.Config);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("not ")]
    [InlineData("-")]
    [InlineData("a:b(")]
    [InlineData("a:length()")]
    [InlineData("child of [")]
    [InlineData("a == ")]
    [InlineData("a, ")]
    [InlineData("1 + ")]
    [InlineData("a[0]")]
    [InlineData("f(")]
    public void Endless_repetition_is_read_in_bounded_depth(string piece)
    {
        foreach (var start in new[] { "process where ", "sequence by a [x where ", "" })
            Assert.True(Holds(start + string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length))));
    }

    [Fact]
    public void A_million_parentheses_are_one_finding() =>
        Assert.Equal(EqlCodes.TooDeep, Assert.Single(EqlParser.Parse("process where " + new string('(', 1_000_000)).Diagnostics).Code);

    [Fact]
    public void Very_many_pipes_are_one_finding()
    {
        var parsed = EqlParser.Parse("process where true" + string.Concat(Enumerable.Repeat("| head 5", 50_000)));
        Assert.Equal(EqlCodes.TooDeep, Assert.Single(parsed.Diagnostics).Code);
        Assert.NotNull(EqlLowering.Lower(parsed.Value, EqlDialect.Elastic, new("elastic", [])));
    }

    [Theory]
    [InlineData(" and ", typeof(EqlExpression.And))]
    [InlineData(" or ", typeof(EqlExpression.Or))]
    [InlineData(" + ", typeof(EqlExpression.Arithmetic))]
    public void Long_chains_are_one_node(string joint, Type type)
    {
        var parsed = EqlParser.ParseExpression(string.Join(joint, Enumerable.Repeat("a", 10_000)));
        Assert.Empty(parsed.Diagnostics);
        Assert.IsType(type, parsed.Value);
        Assert.Equal(parsed.Value, EqlParser.ParseExpression(EqlWriter.Write(parsed.Value)).Value);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = EqlParser.Parse(new string(' ', EqlParser.MaxLength + 1));
        Assert.IsType<EqlSyntax.Unsupported>(parsed.Value.Body);
        Assert.Equal("EQL0107 @0+4000001 the query has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }

    static void Check(CaseFile.Case @case, EqlDialect dialect)
    {
        var parsed = EqlParser.Parse(@case.Input, dialect);
        Spans.AssertNested(@case.Input, parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    static bool Holds(string text)
    {
        foreach (var dialect in Enum.GetValues<EqlDialect>())
        {
            var parsed = EqlParser.Parse(text, dialect);
            Spans.AssertNested(text, parsed.Value);
            var written = EqlWriter.Write(parsed.Value);
            if (parsed.IsComplete && !parsed.Value.Equals(EqlParser.Parse(written, dialect).Value))
                return false;
        }

        return true;
    }
}
