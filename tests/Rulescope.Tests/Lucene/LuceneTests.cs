using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Lucene;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Lucene;

public class LuceneTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("lucene/tokens.cases");

    public static TheoryData<CaseFile.Case> Syntax => [.. CaseFile.Load("lucene/syntax.cases"), .. CaseFile.Load("lucene/errors.cases")];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("lucene/write.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', LuceneLexer.Tokenize(@case.Input)
            .Select(t => $"{t.Kind} {@case.Input.Substring(t.Span.Start, t.Span.Length)} {t.Fault?.Id}".TrimEnd())));

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_reads_to_a_tree(CaseFile.Case @case)
    {
        var parsed = LuceneParser.Parse(@case.Input);
        Spans.AssertNested(@case.Input, parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = LuceneParser.Parse(@case.Input);
        var written = LuceneWriter.Write(parsed.Value);
        Assert.Equal(parsed.Value, LuceneParser.Parse(written).Value);
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
            "a", "b:", "c*", "?d", "*", "*:*", "\"e f\"", "~", "~2", "^3", "^1.5", "(", ")", "[1 TO 2]", "{a TO *}", "[", "]", "{", "}", " TO ", "AND ",
            " OR ", "NOT ", "&&", "||", "!", "+", "-", " ", "\n", "\\", "\\u0041", "\\*", "/x.y/", "/", ">=10", "<", "_exists_:", "g+s", "\"",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, Holds).Check(Properties.Config.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a:(")]
    [InlineData("a:")]
    [InlineData("+")]
    [InlineData("NOT ")]
    [InlineData("a AND ")]
    [InlineData("[")]
    [InlineData("a^2")]
    [InlineData("/")]
    [InlineData("\\")]
    [InlineData(")")]
    [InlineData("OR ")]
    public void Endless_repetition_is_read_in_bounded_depth(string piece) =>
        Assert.True(Holds(string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length))));

    [Fact]
    public void A_million_parentheses_are_one_finding() =>
        Assert.Equal(LuceneCodes.TooDeep, Assert.Single(LuceneParser.Parse(new string('(', 1_000_000)).Diagnostics).Code);

    [Fact]
    public void Long_lists_are_one_node()
    {
        var parsed = LuceneParser.Parse(string.Join(" OR ", Enumerable.Range(0, 10_000)));
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(10_000, parsed.Value.Clauses.Count);
        Assert.Equal(parsed.Value, LuceneParser.Parse(LuceneWriter.Write(parsed.Value)).Value);
    }

    // The table of Lucene's classic parser with OR as the default: M must, S should, N must not.
    [Theory]
    [InlineData("a b", "SS")]
    [InlineData("a OR b", "SS")]
    [InlineData("a AND b", "MM")]
    [InlineData("a OR b AND c", "SMM")]
    [InlineData("a AND b OR c", "MMS")]
    [InlineData("a AND NOT b", "MN")]
    [InlineData("NOT a AND b", "NM")]
    [InlineData("a OR NOT b", "SN")]
    [InlineData("+a b -c", "MSN")]
    [InlineData("a +b OR !c", "SMN")]
    [InlineData("a && b || c d", "MMSS")]
    [InlineData("", "")]
    public void Clauses_are_required_optional_or_forbidden(string query, string expected) =>
        Assert.Equal(expected, string.Concat(LuceneParser.Parse(query).Value.Occurs().Select(o => o switch
        {
            LuceneOccur.Must => 'M',
            LuceneOccur.Should => 'S',
            _ => 'N',
        })));

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = LuceneParser.Parse(new string(' ', LuceneParser.MaxLength + 1));
        Assert.IsType<LuceneSyntax.Unsupported>(Assert.Single(parsed.Value.Clauses.Items).Query);
        Assert.Equal("LUC0106 @0+4000001 the query has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }

    [Fact]
    public void Public_queries_are_read_and_survive_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.Elastic("lucene").ToList();
        foreach (var query in queries)
        {
            var parsed = LuceneParser.Parse(query.Text);
            Assert.True(parsed.Diagnostics.IsEmpty, $"{query.Path}\n{string.Join('\n', parsed.Diagnostics)}\n{query.Text}");
            Spans.AssertNested(query.Text, parsed.Value);
            var written = LuceneWriter.Write(parsed.Value);
            var again = LuceneParser.Parse(written);
            Assert.True(again.Diagnostics.IsEmpty && again.Value == parsed.Value, $"{query.Path}\n{string.Join('\n', again.Diagnostics)}\n{written}");
            Assert.Equal(parsed.Value, TreeText.Parse<LuceneSyntax>(TreeText.Of(parsed.Value)).Value);
        }

        Assert.Single(queries);
    }

    static bool Holds(string text)
    {
        var parsed = LuceneParser.Parse(text);
        Spans.AssertNested(text, parsed.Value);
        var written = LuceneWriter.Write(parsed.Value);
        return !parsed.IsComplete || parsed.Value.Equals(LuceneParser.Parse(written).Value);
    }
}
