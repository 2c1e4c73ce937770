using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Sigma;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests;

public class SigmaLoweringTests
{
    public static TheoryData<CaseFile.Case> Modifiers => CaseFile.Load("sigma/modifiers.cases");

    public static TheoryData<CaseFile.Case> Rules => CaseFile.Load("sigma/lower.cases");

    public static TheoryData<CaseFile.Case> Correlations => CaseFile.Load("sigma/correlation.cases");

    public static TheoryData<CaseFile.Case> Filters => CaseFile.Load("sigma/filter.cases");

    [Theory]
    [MemberData(nameof(Modifiers))]
    public void Items_lower_to_tests(CaseFile.Case @case)
    {
        var text = $"logsource: {{product: test}}\ndetection:\n  s:\n    {@case.Input.Replace("\n", "\n    ", StringComparison.Ordinal)}\n  condition: s\n";
        var rule = SigmaParser.Parse(text).Then(documents => SigmaLowering.Lower(documents[0]));
        var condition = Assert.IsType<Plan.Filter>(rule.Value.Plan).Condition;
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(condition), .. rule.Diagnostics.Select(d => $"{d.Code.Id} {d.Message} `{text.AsSpan(d.Span.Start, d.Span.Length)}`")]));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_lower_to_plans(CaseFile.Case @case) => CaseFile.Check(@case, Lowered(@case.Input));

    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlations_lower_to_plans(CaseFile.Case @case) => CaseFile.Check(@case, Lowered(@case.Input, onlyCorrelations: true));

    [Theory]
    [MemberData(nameof(Filters))]
    public void Filters_are_added_to_rules(CaseFile.Case @case) => CaseFile.Check(@case, Lowered(@case.Input));

    [Fact]
    public void Words_of_the_rule_stay_with_the_nodes()
    {
        const string Text = "logsource: {product: test}\ndetection:\n  sel:\n    A|contains|all: [x, y]\n    B: z\n  flt_1: {C: 1}\n  flt_2: {D: 2}\n  condition: sel and not 1 of flt_* and not flt_1\n";
        var query = SigmaLowering.Lower(SigmaParser.Parse(Text).Value[0]).Value;
        var all = Assert.IsType<Predicate.And>(Assert.IsType<Plan.Filter>(query.Plan).Condition);
        Assert.Equal("sel and not 1 of flt_* and not flt_1", Slice(all.Span));
        var sel = Assert.IsType<Predicate.And>(all.Terms[0]);
        Assert.Equal("sel", sel.Written?.Name);
        Assert.IsType<Predicate.And>(sel.Terms[0]);
        Assert.Equal("contains|all", sel.Terms[0].Written?.Operator);
        Assert.Equal("contains|all", Slice(sel.Terms[0].Written!.OperatorSpan));
        var test = Assert.IsType<Predicate.Test>(sel.Terms[1]);
        Assert.Equal("B: z", Slice(test.Span));
        Assert.Equal("z", Slice(test.Operands[0].Span));
        Assert.Equal("B", Slice(test.Subject.Span));
        var ofs = Assert.IsType<Predicate.Not>(all.Terms[1]);
        Assert.Equal("1 of flt_*", ofs.Operand.Written?.Operator);
        Assert.Equal("flt_1", all.Terms[2].Written?.Name);
        // The one test of a search keeps the name of the search beside its operator.
        Assert.Equal(["flt_1", "flt_2"], Assert.IsType<Predicate.Or>(ofs.Operand).Terms.Select(t => t.Written?.Name));

        string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void Long_chains_of_correlations_end()
    {
        var documents = Enumerable.Range(0, 500).Select(i =>
            $"name: c{i}\ncorrelation: {{type: event_count, rules: [c{i + 1}, c{i + 1}], group-by: [x], timespan: 1m, condition: {{gte: 1}}}}\n");
        var parsed = SigmaParser.Parse(string.Join("---\n", documents));
        var query = SigmaLowering.Lower(parsed.Value[0], SigmaScope.Of(parsed.Value)).Value;
        Assert.InRange(query.Views.Count, 1, 200);
    }

    static string Lowered(string text, bool onlyCorrelations = false)
    {
        var parsed = SigmaParser.Parse(text);
        var scope = SigmaScope.Of(parsed.Value);
        var lowered = parsed.Value.Where(d => !onlyCorrelations || d is SigmaDocument.Correlation).Select(d => SigmaLowering.Lower(d, scope)).ToList();
        return string.Join('\n', [.. lowered.Select(q => TreeText.Of(q.Value)), .. parsed.Diagnostics.Concat(lowered.SelectMany(q => q.Diagnostics)).Select(d => d.ToString())]);
    }
}
