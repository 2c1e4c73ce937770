using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Sigma;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests;

public class SigmaTests
{
    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("sigma/condition.cases");

    public static TheoryData<CaseFile.Case> Documents => CaseFile.Load("sigma/syntax.cases");

    public static TheoryData<CaseFile.Case> Errors => CaseFile.Load("sigma/errors.cases");

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Condition_reads_to_syntax(CaseFile.Case @case)
    {
        var parsed = SigmaParser.ParseCondition(@case.Input);
        CaseFile.Check(@case, Lines([TreeText.Of(parsed.Value)], parsed.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_reads_to_syntax(CaseFile.Case @case)
    {
        var parsed = SigmaParser.Parse(@case.Input);
        CaseFile.Check(@case, Lines(parsed.Value.Select(TreeText.Of), parsed.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Findings_point_into_the_file(CaseFile.Case @case)
    {
        var parsed = SigmaParser.Parse(@case.Input);
        var shown = parsed.Diagnostics.Select(d => $"{d} `{@case.Input.AsSpan(d.Span.Start, d.Span.Length)}`".ReplaceLineEndings("\\n"));
        CaseFile.Check(@case, string.Join('\n', shown));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("not (")]
    public void Deep_conditions_are_one_finding(string opening)
    {
        var parsed = SigmaParser.ParseCondition(string.Concat(Enumerable.Repeat(opening, 1_000_000)));
        Assert.Equal("SIG0403", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData(" and ")]
    [InlineData(" or ")]
    public void Long_chains_are_one_node(string connective)
    {
        var parsed = SigmaParser.ParseCondition(string.Join(connective, Enumerable.Repeat("a", 100_000)));
        Assert.Empty(parsed.Diagnostics);
        var terms = parsed.Value switch
        {
            SigmaCondition.And and => and.Terms,
            SigmaCondition.Or or => or.Terms,
            _ => [],
        };
        Assert.Equal(100_000, terms.Count);
    }

    [Fact]
    public void Conditions_never_throw()
    {
        Prop.ForAll<string>(text => SigmaParser.ParseCondition(text ?? "").Value is not null).QuickCheckThrowOnFailure();
        string[] tokens = ["a", "b*", "and", "or", "not", "(", ")", "1 of", "all of", "them", "|", "count", "near", "by", ",", ">", "=", "5", "\n", "'"];
        var soup = Gen.Elements(tokens).ListOf().Select(t => string.Join(' ', t)).ToArbitrary();
        Prop.ForAll(soup, Reads).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Documents_never_throw()
    {
        string[] lines =
        [
            "title: x", "detection:", "correlation:", "filter:", "logsource: {product: x}", "  sel:", "    f|contains: x", "    - a", "  condition: sel", "  condition: 1 of them | count() > 5",
            "--- # n", "action: global", "action: repeat", "  type: temporal", "  rules: [a, b]", "  timespan: 5m", "  field: x", "    f: [1, null, {a: b}]", "    '|all': [a]", "  - x", "&a", "*a", "\t", "  aliases: {a: {b: c}}",
        ];
        var soup = Gen.Elements(lines).ListOf().Select(l => string.Join('\n', l)).ToArbitrary();
        Prop.ForAll(soup, text => SigmaParser.Parse(text).Diagnostics.All(d => d.Span.Start >= 0 && d.Span.End <= text.Length))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Patterns_are_written_as_they_are_read()
    {
        var written = Gen.Elements("a", "\\", "*", "?", "%", "é").ListOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(written, text => SigmaPattern.Parse(SigmaPattern.Parse(text).Write()) == SigmaPattern.Parse(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    static bool Reads(string text) =>
        SigmaParser.ParseCondition(text) is { } parsed && parsed.Diagnostics.All(d => d.Span.Start >= 0 && d.Span.End <= text.Length);

    static string Lines(IEnumerable<string> trees, IEnumerable<Diagnostic> findings) =>
        string.Join('\n', trees.Concat(findings.Select(f => f.ToString())));
}
