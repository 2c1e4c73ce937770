using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Splunk;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>Splunk's public security content; it is external test data and stays outside the repository.</summary>
public class SplunkCorpusTests
{
    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader([new SplunkReader()], new CorpusWalker(), 2)
        .ReadAllAsync([new("splunk", Path.Combine(Repository.Shared ?? "", "corpora", "splunk.tar.gz"))], null, CancellationToken.None));

    [Fact]
    public async Task Every_type_outside_the_deprecated_ones_is_live()
    {
        var documents = (await Reading()).Documents;
        Assert.Equal(1711, documents.Length);
        Assert.Equal(98, documents.Count(d => d.Kind == RuleKind.Deprecated));
        var types = documents.Where(d => d.Kind == RuleKind.Rule).GroupBy(d => d.Tags.First(t => t.StartsWith("type: ", StringComparison.Ordinal)), StringComparer.Ordinal);
        Assert.Equal("type: Anomaly 454, type: Correlation 13, type: Hunting 189, type: TTP 957", string.Join(", ", types.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
    }

    [Fact]
    public async Task Every_detection_has_an_id_a_title_and_a_licence()
    {
        var documents = (await Reading()).Documents;
        Assert.Equal(documents.Length, documents.Select(d => d.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(documents, d => Assert.NotEmpty(d.Title));
        Assert.All(documents, d => Assert.Equal("Apache-2.0", d.License));
        Assert.All(documents, d => Assert.NotNull(d.Modified));
        Assert.All(documents, d => Assert.NotNull(d.RiskScore));
        Assert.Equal(1652, documents.Count(d => !d.Techniques.IsEmpty));
    }

    // 68 of those without one say "Endpoint" and no more; the others are about infrastructure, identities and databases of any kind.
    [Fact]
    public async Task Nearly_every_live_detection_has_a_platform_and_all_have_a_domain()
    {
        var live = (await Reading()).Documents.Where(d => d.Kind == RuleKind.Rule).ToList();
        Assert.All(live, d => Assert.NotEmpty(d.Domains));
        Assert.Equal(84, live.Count(d => d.Platforms.IsEmpty));
    }

    // Tables of Enterprise Security and such as a search fills itself.
    [Fact]
    public async Task The_metadata_has_no_fault_but_13_lookups_are_missing()
    {
        var findings = (await Reading()).Sources.SelectMany(s => s.Findings).Where(f => !f.Diagnostic.Code.Id.StartsWith("SPL", StringComparison.Ordinal)).ToList();
        Assert.All(findings, f => Assert.Equal("SPF0201", f.Diagnostic.Code.Id));
        Assert.Equal(25, findings.Count);
        Assert.Equal(13, findings.Select(f => f.Diagnostic.Message).Distinct(StringComparer.Ordinal).Count());
    }

    static async Task<CorpusReading> Reading()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        return await All.Value;
    }
}
