using System.Text;
using Rulescope.Algebra;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Corpus;

/// <summary>What rule types and filters make of a query: the case is the rule's keys, <c>QUERY</c> and <c>INDICATORS</c> stand for lowered queries.</summary>
public class ElasticPlansTests
{
    static readonly LogSource Events = new("elastic", [new LogSource.Term("index", ["logs-*"])]);

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/elastic-plans.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Keys_of_a_rule_add_stages(CaseFile.Case @case)
    {
        var file = SourceFile.Decode("a.toml", Encoding.UTF8.GetBytes(@case.Input));
        var read = new ElasticReader { Queries = Lowered }.Read(file, new(new("elastic", "", null, null, null, null), []));
        Assert.Empty(read.Diagnostics);
        var rule = Assert.Single(read.Value);
        Assert.NotNull(rule.Query);
        var findings = rule.Diagnostics.Where(f => f.Code != CorpusCodes.NoId && f.Code != CorpusCodes.NoTitle);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(rule.Query), .. findings.Select(f => CorpusFinding.In(file.Source, f).ToString())]));
    }

    [Fact]
    public void Moved_queries_have_the_spans_of_the_file()
    {
        var filter = RuleQuery.Of(Events, new Predicate.Constant(Truth.True) { Span = new(2, 4) });
        var moved = Relocation.Of(filter, s => new(s.Start + 100, s.Length));
        var stage = Assert.IsType<Plan.Filter>(moved.Plan);
        Assert.Equal(new SourceSpan(102, 4), stage.Span);
        Assert.Equal(new SourceSpan(102, 4), stage.Condition.Span);
        Assert.Equal(default, stage.Input.Span);
    }

    // The text of a query is the name of the only test in it.
    static Parsed<RuleQuery?> Lowered(RuleLanguage language, EmbeddedText text, QueryContext context) =>
        Parsed.Clean<RuleQuery?>(RuleQuery.Of(context.LogSource, new Predicate.Unsupported(text.Text)));
}
