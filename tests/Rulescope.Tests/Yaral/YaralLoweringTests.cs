using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Reading;
using Rulescope.Languages.Yaral;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Yaral;

public class YaralLoweringTests
{
    static readonly LogSource Source = new("google", []);

    public static TheoryData<CaseFile.Case> Rules => CaseFile.Load("yaral/lower.cases");

    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("yaral/conditions.cases");

    public static TheoryData<CaseFile.Case> Readings => CaseFile.Load("yaral/reading.cases");

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_lower_to_plans(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(Lower(@case.Input).Value.Plan), .. Lower(@case.Input).Diagnostics]));

    // One event's statements, without a rule around them.
    [Theory]
    [MemberData(nameof(Conditions))]
    public void Statements_lower_to_conditions(CaseFile.Case @case)
    {
        var lowered = Lower($"rule r {{ events:\n{@case.Input}\ncondition: $e }}");
        var condition = lowered.Value.Plan is Plan.Filter filter ? TreeText.Of(filter.Condition) : TreeText.Of(lowered.Value.Plan);
        CaseFile.Check(@case, string.Join('\n', [condition, .. lowered.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}")]));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void Rules_read_as_rows(CaseFile.Case @case) =>
        CaseFile.Check(@case, ReadingLines.Of(Reader.Read(Lower(@case.Input).Value)));

    [Fact]
    public void No_soup_of_tokens_throws()
    {
        string[] words =
        [
            "$e.security_result.action", "$e.principal.ip", "$f.target.ip", "$e.m[\"k\"]", "$p", "$q", "\"x\"", "/a/", "1", "true", "%l", "%t.c", " = ", " != ", " < ", " in ", " in cidr ",
            " nocase", " and ", " or ", "\nnot ", "\n", "(", ")", "any ", "all ", "re.regex(", "strings.concat(", "if(", "arrays.contains(", ", ", " + ", "#e", "!$f", "$o",
            " match: $p over 5m ", " outcome: $o = max(", " condition: ", "[\"a\"]", "2 of [",
        ];
        var soup = Gen.Elements(words).ArrayOf().Select(w => $"rule r {{ events: $e.a = $p {string.Concat(w)} }}").ToArbitrary();
        Prop.ForAll(soup, text => Lower(text).Value is not null).Check(Properties.Config.WithMaxTest(1000));
    }

    [Fact]
    public void Placeholders_that_stand_for_one_another_end_in_a_finding()
    {
        var chain = string.Concat(Enumerable.Range(0, 40).Select(i => $"$p{i} = strings.concat($p{i + 1}, $p{i + 1})\n"));
        var lowered = Lower($"rule r {{ events: {chain} $p40 = $e.a\n $p0 = \"x\" condition: $e }}");
        Assert.Contains(lowered.Diagnostics, d => d.Code == YaralCodes.PlaceholderTooLarge);
        Assert.Contains(Lower("rule r { events: $p = strings.to_lower($q)\n $q = strings.to_lower($p)\n $p = \"x\" condition: $e }").Diagnostics, d => d.Code == YaralCodes.PlaceholderTooLarge);
    }

    // Whatever is written often must neither take long nor nest deeply.
    [Fact]
    public void Many_of_anything_is_read_or_refused_in_bounded_time()
    {
        Assert.Contains(Lower($"rule r {{ events: {Repeated(i => $"$e{i}.a = 1")} condition: $e1 }}").Diagnostics, d => d.Code == YaralCodes.TooManyEvents);
        Assert.Contains(Lower($"rule r {{ events: not ({Repeated(i => $"$e.a{i}.labels.key = \"x\"", " or ")}) condition: $e }}").Diagnostics, d => d.Code == YaralCodes.TooManyCopies);
        Assert.Empty(Lower($"rule r {{ events: {Repeated(i => $"$e.a{i}.labels.key = \"x\"")} condition: $e }}").Diagnostics);
        Assert.Empty(Lower($"rule r {{ events: {Repeated(i => $"$e.a{i} = $p")} condition: $e }}").Diagnostics);
        Assert.Empty(Lower($"rule r {{ events: {Repeated(i => $"$e.a{i} = $p{i}")} condition: $e }}").Diagnostics);
        Assert.Empty(Lower($"rule r {{ events: {Repeated(i => $"$e.principal.ip = \"{i}\"")} condition: $e }}").Diagnostics);

        static string Repeated(Func<int, string> piece, string joint = "\n") => string.Join(joint, Enumerable.Range(0, 20_000).Select(piece));
    }

    [Fact]
    public void Deep_nesting_lowers()
    {
        var text = $"rule r {{ events: {string.Concat(Enumerable.Repeat("not (", 90))}$e.principal.ip = \"x\"{new string(')', 90)} condition: $e }}";
        Assert.Empty(Lower(text).Diagnostics);
    }

    [Fact]
    public void Public_rules_can_be_read()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var (rules, readable) = (0, 0);
        var unread = new List<string>();
        foreach (var (path, text) in PublicArchive.Files("corpora/chronicle.tar.gz", ".yaral"))
        {
            var parsed = YaralParser.Parse(text);
            var lowered = YaralLowering.Lower(parsed.Value, Source);
            Spans.AssertInside(text, lowered.Value.Plan);
            Assert.Equal(lowered.Value, TreeText.Parse<RuleQuery>(TreeText.Of(lowered.Value)).Value);
            rules++;
            var problems = lowered.Diagnostics.Select(d => d.ToString()).Concat(Reader.Read(lowered.Value).Unread.Select(u => $"unread {u.SourceText}")).ToList();
            if (problems.Count == 0)
                readable++;
            else if (parsed.IsComplete)
                unread.Add($"{Path.GetFileName(path)}: {string.Join("; ", problems)}");
        }

        Assert.True(unread.Count == 0, string.Join('\n', unread));
        Assert.Equal((886, 885), (rules, readable));
    }

    static Parsed<RuleQuery> Lower(string text) => YaralParser.Parse(text).Then(f => YaralLowering.Lower(f, Source));
}
