using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Yaral;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Yaral;

public class YaralTests
{
    public static TheoryData<CaseFile.Case> Tokens => CaseFile.Load("yaral/tokens.cases");

    public static TheoryData<CaseFile.Case> Syntax => [.. CaseFile.Load("yaral/syntax.cases"), .. CaseFile.Load("yaral/errors.cases")];

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("yaral/write.cases");

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Text_is_cut_into_tokens(CaseFile.Case @case)
    {
        var tokens = YaralLexer.Tokenize(@case.Input);
        CaseFile.Check(@case, string.Join('\n', tokens.Value.Select(t => $"{t.Kind} {@case.Input.Substring(t.Span.Start, t.Span.Length)} {t.Fault?.Id}".TrimEnd())
            .Concat(tokens.Diagnostics.Select(d => d.ToString()))));
    }

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_reads_to_a_tree(CaseFile.Case @case)
    {
        var parsed = YaralParser.Parse(@case.Input);
        Spans.AssertNested(@case.Input, parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.True(new SourceSpan(0, @case.Input.Length).Contains(d.Span), d.ToString()));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = YaralParser.Parse(@case.Input);
        var written = YaralWriter.Write(parsed.Value);
        Assert.Equal(parsed.Value, YaralParser.Parse(written).Value);
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
            "rule a {", "}", "\nmeta:\n", "\nevents:\n", "\nmatch:\n", "\noutcome:\n", "\ncondition:\n", "\noptions:\n", "\ndedup:\n", "\norder:\n", "\nlimit:\n", "\nselect:\n",
            "$e.a = \"b\"", "\n$e.c[\"k\"] = `x\\`", "$e", "#e", "%l", "%t.c", "/re/", "re.regex($e.f, `a`)", "if(", "(", ")", "[", "]", ",", ".", " = ", " != ", " >= ", " < ",
            " and ", " or ", "\nnot ", "!", " in ", " in regex ", " nocase", "any ", "all ", "2 of [", "1", "2.5", "5m", " over ", " by ", " every ", " before ", "+", "-", " * ",
            "/", " % ", "\"", "`", "\n", " ", "/*", "*/", "//", "\\", "key", "$x = ", "true", ":", "{",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, Holds).Check(Properties.Config.WithMaxTest(2000));
    }

    [Fact]
    public void Random_rules_survive_writing()
    {
        string[] conditions =
        [
            "$e.a.b = \"x\"", "$e.c != `\\d`", "not $e.d = /a\\/b/ nocase", "($e.a = 1 or $e.b >= 2.5)", "re.regex($e.f, \"a\\\\.b\") nocase", "$e.g in %list", "$e.g not in cidr %t.c",
            "any $e.ip = \"1.2.3.4\"", "$p = strings.coalesce($e.a, $f.b)", "1 < $e.n - $f.n * (2 + 3)", "$e.m[\"k\"] = $p", "not ($e.a = 1 and not $e.b = 2)", "arrays.contains($e.l[0], \"v\")",
        ];
        var rules = Gen.Elements(conditions).ArrayOf().Select(c => $"rule r {{ meta: a = \"b\" events:\n {string.Join("\n ", c)}\n $z.a = 1\n match: $p over 5m condition: $e and #f > 3 }}").ToArbitrary();
        Prop.ForAll(rules, text => YaralParser.Parse(text).IsComplete && Holds(text)).Check(Properties.Config.WithMaxTest(300));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData("f(")]
    [InlineData("[")]
    [InlineData("any ")]
    [InlineData("1 + ")]
    [InlineData("1 * ")]
    [InlineData("a and ")]
    [InlineData("a.")]
    [InlineData("$a[")]
    [InlineData("2 of [")]
    [InlineData("rule a {")]
    [InlineData("meta:")]
    [InlineData("\\")]
    public void Endless_repetition_is_read_in_bounded_depth(string piece)
    {
        var repeated = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        Assert.True(Holds(repeated));
        Assert.True(Holds($"rule r {{ events: $e.a = {repeated} condition: $e }}"));
    }

    [Fact]
    public void A_million_parentheses_are_one_finding() =>
        Assert.Equal(YaralCodes.TooDeep, Assert.Single(YaralParser.Parse(new string('(', 1_000_000)).Diagnostics).Code);

    [Fact]
    public void Long_lists_are_one_node()
    {
        var text = "rule r { events: $e.a = 1 or " + string.Join(" or ", Enumerable.Range(0, 10_000).Select(i => $"$e.a = {i}")) + " condition: $e }";
        var parsed = YaralParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(10_001, Assert.IsType<YaralExpression.Or>(Assert.Single(parsed.Value.Rules[0].Events)).Terms.Count);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = YaralParser.Parse(new string(' ', YaralParser.MaxLength + 1));
        Assert.Empty(parsed.Value.Rules);
        Assert.Equal("YAL0106 @0+4000001 the text has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }

    [Fact]
    public void Public_rules_are_read_and_survive_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var (read, broken) = (0, new List<string>());
        foreach (var (path, text) in PublicArchive.Files("corpora/chronicle.tar.gz", ".yaral"))
        {
            var parsed = YaralParser.Parse(text);
            Spans.AssertNested(text, parsed.Value);
            Assert.Single(parsed.Value.Rules);
            if (!parsed.IsComplete)
            {
                broken.Add(Path.GetFileName(path));
                continue;
            }

            read++;
            var written = YaralWriter.Write(parsed.Value);
            var again = YaralParser.Parse(written);
            Assert.True(again.IsComplete && again.Value == parsed.Value, $"{path}\n{string.Join('\n', again.Diagnostics)}\n{written}");
            Assert.Equal(parsed.Value, TreeText.Parse<YaralFile>(TreeText.Of(parsed.Value)).Value);
        }

        Assert.Equal(["paymen45_ransomware.yaral"], broken);
        Assert.Equal(885, read);
    }

    [Fact]
    public void Findings_end_somewhere()
    {
        var parsed = YaralParser.Parse("rule r { events:\n" + string.Concat(Enumerable.Repeat("$a = )\n", 50_000)) + "condition: $e }");
        Assert.Equal(YaralParser.MaxFindings + 1, parsed.Diagnostics.Length);
        Assert.Contains(parsed.Diagnostics, d => d.Code == YaralCodes.TooManyFindings);
    }

    static bool Holds(string text)
    {
        var parsed = YaralParser.Parse(text);
        Spans.AssertNested(text, parsed.Value);
        var written = YaralWriter.Write(parsed.Value);
        return !parsed.IsComplete || parsed.Value.Equals(YaralParser.Parse(written).Value);
    }
}
