using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Google;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>Google's public YARA-L rules; they are external test data and stay outside the repository.</summary>
public class GoogleCorpusTests
{
    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader([new GoogleReader()], new CorpusWalker(), 2)
        .ReadAllAsync([new("google", Path.Combine(Repository.Shared ?? "", "corpora", "chronicle.tar.gz"))], null, CancellationToken.None));

    [Fact]
    public async Task Every_file_holds_one_rule_and_those_of_the_community_are_live()
    {
        var documents = (await Reading()).Documents;
        Assert.Equal(348, documents.Count(d => d.Kind == RuleKind.Rule));
        Assert.Equal(538, documents.Count(d => d.Kind == RuleKind.Deprecated));
        Assert.Equal(886, documents.Select(d => d.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.All(documents.Where(d => d.Kind == RuleKind.Rule), d => Assert.StartsWith("rules/community/", d.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Live_rules_say_who_wrote_them_and_how_bad_it_is()
    {
        var live = (await Reading()).Documents.Where(d => d.Kind == RuleKind.Rule).ToList();
        Assert.All(live, d => Assert.NotEmpty(d.Title));
        Assert.All(live, d => Assert.NotEmpty(d.Authors));
        Assert.Equal(347, live.Count(d => d.Level.Length > 0));
        Assert.Equal(live.Count, live.Select(d => d.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(53, live.Count(d => d.License == "DRL-1.1"));
        Assert.Equal(54, live.Count(d => !d.Related.IsEmpty));
    }

    // One rule of the technique; its id stands under one of the names that LANGUAGES lists.
    [Fact]
    public async Task Techniques_are_found_under_all_their_names()
    {
        var documents = (await Reading()).Documents;
        Assert.Equal(264, documents.Count(d => d.Kind == RuleKind.Rule && !d.Techniques.IsEmpty));
        Assert.Equal(411, documents.Count(d => d.Kind == RuleKind.Deprecated && !d.Techniques.IsEmpty));
        Assert.Equal(1, documents.Count(d => d.Kind == RuleKind.Rule && d.Techniques.Contains("T1021.007", StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Nearly_every_live_rule_has_a_platform_and_a_domain()
    {
        var live = (await Reading()).Documents.Where(d => d.Kind == RuleKind.Rule).ToList();
        Assert.Equal(10, live.Count(d => d.Platforms.IsEmpty));
        Assert.Equal(0, live.Count(d => d.Domains.IsEmpty));
    }

    [Fact]
    public async Task The_metadata_is_read_without_a_finding_but_for_known_reasons()
    {
        var findings = (await Reading()).Sources.SelectMany(s => s.Findings);
        var counts = findings.Where(f => !f.Diagnostic.Code.Id.StartsWith("YAL", StringComparison.Ordinal)).GroupBy(f => f.Diagnostic.Code.Id, StringComparer.Ordinal);
        Assert.Equal("COR0502 3, GOF0201 2", string.Join(", ", counts.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
    }

    static async Task<CorpusReading> Reading()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        return await All.Value;
    }
}
