using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Kuery;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Kuery;

public class KueryTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("kuery/tokens.cases");

    public static TheoryData<CaseFile.Case> Syntax => [.. CaseFile.Load("kuery/syntax.cases"), .. CaseFile.Load("kuery/errors.cases")];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("kuery/write.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', KueryLexer.Tokenize(@case.Input)
            .Select(t => $"{t.Kind} {@case.Input.Substring(t.Span.Start, t.Span.Length)} {t.Fault?.Id}".TrimEnd())));

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_reads_to_a_tree(CaseFile.Case @case)
    {
        var parsed = KueryParser.Parse(@case.Input);
        Spans.AssertNested(@case.Input, parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = KueryParser.Parse(@case.Input);
        var written = KueryWriter.Write(parsed.Value);
        Assert.Equal(parsed.Value, KueryParser.Parse(written).Value);
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
            "a", "b.c", "d*", "*", "\"e f\"", ":", ":(", ":{", "(", ")", "{", "}", " and ", " or ", "not ", " AND ", " Or ", "<", ">=", " ", "\n", "\\",
            "\\*", "\\and", "\\not", "\\u0041", "true", "null", "1", "and", "or", "not", "x: y", "z: (1 or 2)", "\t", "C\\:\\\\x", "knot ",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, Holds).Check(Properties.Config.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("a:(")]
    [InlineData("a:{")]
    [InlineData("a:not ")]
    [InlineData("a:(not ")]
    [InlineData("a and ")]
    [InlineData("a:b or ")]
    [InlineData("a:(b) ")]
    [InlineData("*")]
    [InlineData(":")]
    [InlineData("\\")]
    public void Endless_repetition_is_read_in_bounded_depth(string piece) =>
        Assert.True(Holds(string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length))));

    [Fact]
    public void A_million_parentheses_are_one_finding() =>
        Assert.Equal(KueryCodes.TooDeep, Assert.Single(KueryParser.Parse(new string('(', 1_000_000)).Diagnostics).Code);

    [Fact]
    public void Long_lists_are_one_node()
    {
        var parsed = KueryParser.Parse("a:(" + string.Join(" or ", Enumerable.Range(0, 10_000)) + ")");
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(10_000, Assert.IsType<KueryTerm.Or>(Assert.IsType<KuerySyntax.Is>(parsed.Value).Term).Terms.Count);
        Assert.Equal(parsed.Value, KueryParser.Parse(KueryWriter.Write(parsed.Value)).Value);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = KueryParser.Parse(new string(' ', KueryParser.MaxLength + 1));
        Assert.IsType<KuerySyntax.Unsupported>(parsed.Value);
        Assert.Equal("KUE0104 @0+4000001 the query has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }

    [Fact]
    public void Public_queries_are_read_and_survive_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.Elastic("kuery").ToList();
        foreach (var query in queries)
        {
            var parsed = KueryParser.Parse(query.Text);
            Assert.True(parsed.Diagnostics.IsEmpty, $"{query.Path}\n{string.Join('\n', parsed.Diagnostics)}\n{query.Text}");
            Spans.AssertNested(query.Text, parsed.Value);
            var written = KueryWriter.Write(parsed.Value);
            var again = KueryParser.Parse(written);
            Assert.True(again.Diagnostics.IsEmpty && again.Value == parsed.Value, $"{query.Path}\n{string.Join('\n', again.Diagnostics)}\n{written}");
            Assert.Equal(parsed.Value, TreeText.Parse<KuerySyntax>(TreeText.Of(parsed.Value)).Value);
        }

        Assert.Equal(801, queries.Count);
    }

    static bool Holds(string text)
    {
        var parsed = KueryParser.Parse(text);
        Spans.AssertNested(text, parsed.Value);
        var written = KueryWriter.Write(parsed.Value);
        return !parsed.IsComplete || parsed.Value.Equals(KueryParser.Parse(written).Value);
    }
}
