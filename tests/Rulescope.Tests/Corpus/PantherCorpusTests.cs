using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>The YAML of Panther's public rules; it is external test data and stays outside the repository.</summary>
public class PantherCorpusTests
{
    static readonly string[] Levels = ["info", "low", "medium", "high", "critical"];

    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader([new PantherReader()], new CorpusWalker(), 2)
        .ReadAllAsync([new("panther", Path.Combine(Repository.Shared ?? "", "corpora", "panther-yaml.tar.gz"))], null, CancellationToken.None));

    // 866 rules, 57 scheduled rules and 31 correlation rules.
    [Fact]
    public async Task Every_item_is_a_document_of_its_kind()
    {
        var documents = await Documents();
        Assert.Equal(954, documents.Count(d => d.Kind == RuleKind.Rule));
        Assert.Equal(119, documents.Count(d => d.Kind == RuleKind.Policy));
        Assert.Equal(18, documents.Count(d => d.Kind == RuleKind.SavedQuery));
        Assert.Equal(77, documents.Count(d => d.Kind == RuleKind.ScheduledQuery));
        Assert.Equal(1168, documents.Count);
        Assert.Equal(1168, documents.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
    }

    // The archive holds no Python; what is left are 31 correlations and a simple detection.
    [Fact]
    public async Task Rules_with_logic_in_their_yaml_are_read()
    {
        var read = (await Documents()).Where(d => d.Query is not null).ToList();
        Assert.Equal(32, read.Count);
        Assert.All(read, d => Assert.True(d.IsRead, d.Path));
        Assert.Equal(922, (await Documents()).Count(d => d.Kind == RuleKind.Rule && d.Language == RuleLanguage.None));
    }

    [Fact]
    public async Task Files_are_read_without_a_finding_but_for_known_reasons()
    {
        await Documents();
        var findings = (await All.Value).Sources.SelectMany(s => s.Findings).GroupBy(f => f.Diagnostic.Code.Id, StringComparer.Ordinal);
        Assert.Equal("PAN0104 922, PAN0105 119, PAN0106 95, YML0204 11", string.Join(", ", findings.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
    }

    [Fact]
    public async Task A_technique_has_the_rules_that_name_it_one_of_them_with_two_digits_transposed()
    {
        var rules = (await Documents()).Where(d => d.Kind == RuleKind.Rule && d.Techniques.Any(t => AttackFacts.Default.Resolve(t).Id == "T1021.007")).ToList();
        Assert.Equal(6, rules.Count);
        Assert.Equal("Amazon.EKS.Audit.SystemNamespaceFromPublicIP", Assert.Single(rules, r => !r.Techniques.Contains("T1021.007", StringComparer.Ordinal)).Id);
    }

    [Fact]
    public async Task Every_rule_says_how_bad_it_is() =>
        Assert.All((await Documents()).Where(d => d.Kind == RuleKind.Rule), r => Assert.Contains(r.Level, Levels, StringComparer.Ordinal));

    static async Task<IReadOnlyList<RuleDocument>> Documents()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        return (await All.Value).Documents;
    }
}
