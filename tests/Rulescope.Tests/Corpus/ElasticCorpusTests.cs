using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Corpus;

/// <summary>Elastic's public rules; they are external test data and stay outside the repository.</summary>
public class ElasticCorpusTests
{
    static readonly string[] Levels = ["low", "medium", "high", "critical"];

    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader([new ElasticReader()], new CorpusWalker(), 2)
        .ReadAllAsync([new("elastic", Path.Combine(Repository.Shared ?? "", "corpora", "elastic.tar.gz"))], null, CancellationToken.None));

    [Fact]
    public async Task Every_file_is_one_rule_and_every_query_of_a_hunt_one_hunt()
    {
        var documents = await Documents();
        Assert.Equal(2068, documents.Count(d => d.Kind == RuleKind.Rule));
        Assert.Equal(124, documents.Count(d => d.Kind == RuleKind.Deprecated));
        Assert.Equal(239, documents.Count(d => d.Kind == RuleKind.Hunt));
        Assert.Equal(2431, documents.Count);
    }

    // Kuery has nine queries more: the threat queries of indicator match rules.
    [Theory]
    [InlineData(RuleLanguage.Kuery, 792, 0)]
    [InlineData(RuleLanguage.Eql, 1081, 13)]
    [InlineData(RuleLanguage.Esql, 212, 165)]
    [InlineData(RuleLanguage.Lucene, 1, 0)]
    [InlineData(RuleLanguage.None, 106, 61)]
    public async Task Each_language_has_its_queries(RuleLanguage language, int rules, int hunts)
    {
        var documents = await Documents();
        Assert.Equal(rules, documents.Count(d => d.Language == language && d.Kind != RuleKind.Hunt));
        Assert.Equal(hunts, documents.Count(d => d.Language == language && d.Kind == RuleKind.Hunt));
    }

    // Two hunts have the id of another hunt, one has that of a rule.
    [Fact]
    public async Task Ids_name_one_document_each_but_for_three()
    {
        var documents = await Documents();
        Assert.Equal(documents.Count - 3, documents.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
    }

    // No job of a rule is part of its file, SQL of osquery is none of our languages, 22 queries begin with a stray word.
    [Fact]
    public async Task Files_are_read_without_a_finding_but_for_known_reasons()
    {
        var documents = await Documents();
        var findings = documents.SelectMany(d => d.Diagnostics).Where(f => !IsLanguage(f.Code.Id)).GroupBy(f => f.Code.Id, StringComparer.Ordinal);
        var counts = findings.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}");
        Assert.Equal("ELA0104 106, ELA0201 22, ELA0202 61, ELA0304 9", string.Join(", ", counts));
        var others = (await All.Value).Sources.SelectMany(s => s.Findings).Where(f => f.Diagnostic.Code.Id[..3] is not "ELA" && !IsLanguage(f.Diagnostic.Code.Id));
        Assert.Equal("COR0502 COR0502 COR0502", string.Join(" ", others.Select(f => f.Diagnostic.Code.Id)));
    }

    // What has no meaning yet is the matter of its language's own tests.
    [Fact]
    public async Task Queries_are_parsed_without_an_error()
    {
        var findings = (await Documents()).SelectMany(d => d.Diagnostics.Select(f => (d.Path, Finding: f)));
        var errors = findings.Where(f => f.Finding.Code.Severity == Severity.Error && !f.Finding.Code.Id.StartsWith("ESQ04", StringComparison.Ordinal));
        Assert.Empty(errors.Select(e => $"{e.Path}: {e.Finding}"));
    }

    [Fact]
    public async Task A_technique_has_the_rules_that_name_it()
    {
        var rules = (await Documents()).Where(d => d.Kind == RuleKind.Rule && d.Techniques.Contains("T1021.007", StringComparer.Ordinal)).ToList();
        Assert.Equal(6, rules.Count);
        Assert.Equal(3, rules.Count(r => r.Language == RuleLanguage.None));
    }

    [Fact]
    public async Task Every_rule_says_who_when_and_how_bad()
    {
        var rules = (await Documents()).Where(d => d.Kind != RuleKind.Hunt);
        Assert.All(rules, r =>
        {
            Assert.Equal("Elastic-2.0", r.License);
            Assert.Contains(r.Level, Levels, StringComparer.Ordinal);
            Assert.NotEmpty(r.Authors);
            Assert.NotNull(r.Created);
            Assert.NotNull(r.Modified);
            Assert.InRange(r.RiskScore ?? -1, 0, 100);
        });
    }

    // Findings of a query are the matter of its language.
    static bool IsLanguage(string id) => id[..3] is "EQL" or "KUE" or "LUC" or "ESQ";

    static async Task<IReadOnlyList<RuleDocument>> Documents()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        return (await All.Value).Documents;
    }
}
