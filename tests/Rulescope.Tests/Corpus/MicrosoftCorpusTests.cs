using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Microsoft;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>Two public collections of Kusto queries; they are external test data and stay outside the repository.</summary>
public class MicrosoftCorpusTests
{
    static readonly Lazy<Task<CorpusReading>> Bert = new(() => Read("kusto-bertjanp"));

    static readonly Lazy<Task<CorpusReading>> Defender = new(() => Read("kusto-m365d"));

    // Of 857 code blocks 849 are tagged as Kusto or not at all. 34 of them stand in README, template and function files, 11 are program
    // output, 14 have statements but no query, 271 are twins of an earlier one.
    [Fact]
    public async Task The_first_collection_has_its_queries()
    {
        var documents = (await Reading(Bert)).Documents;
        Assert.Equal(519, documents.Length);
        Assert.Equal(274, documents.Count(d => d.LogSource.Terms.Any(t => t is { Key: "platform", Values.Count: 2 })));
        Assert.Equal(146, documents.Count(d => !d.Techniques.IsEmpty));
        Assert.Equal(1, documents.Count(d => d.Kind == RuleKind.Deprecated));
    }

    // 223 code blocks without the template's, one query without a fence, and the parts of 74 plain files.
    [Fact]
    public async Task The_second_collection_has_its_queries()
    {
        var documents = (await Reading(Defender)).Documents;
        Assert.Equal(310, documents.Length);
        Assert.Equal(86, documents.Count(d => d.Path.EndsWith(".txt", StringComparison.Ordinal)));
        Assert.Equal(203, documents.Count(d => !d.Tactics.IsEmpty));
    }

    [Fact]
    public async Task Every_query_has_an_id_a_title_and_a_licence()
    {
        foreach (var reading in new[] { await Reading(Bert), await Reading(Defender) })
        {
            Assert.Equal(reading.Documents.Length, reading.Documents.Select(d => d.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(reading.Documents, d => Assert.NotEmpty(d.Title));
            Assert.All(reading.Documents, d => Assert.NotNull(d.License));
        }
    }

    [Theory]
    [InlineData("DeviceNetworkEvents", 94)]
    [InlineData("DeviceProcessEvents", 83)]
    [InlineData("SigninLogs", 19)]
    public async Task Tables_are_named(string table, int rules)
    {
        var documents = (await Reading(Bert)).Documents;
        Assert.Equal(rules, documents.Count(d => d.LogSource.Terms.Any(t => t.Key == "table" && t.Values.Contains(table, StringComparer.Ordinal))));
    }

    // Those that read addresses, all tables by their content, begin with a bar or are broken.
    [Fact]
    public async Task Hardly_a_query_reads_no_table()
    {
        var documents = (await Reading(Bert)).Documents.AddRange((await Reading(Defender)).Documents);
        Assert.Equal(23, documents.Count(d => d.LogSource["table"] is null));
    }

    // One fence is never closed; the mapping page contradicts four files.
    [Fact]
    public async Task Files_are_read_without_a_finding_but_for_known_reasons()
    {
        var findings = (await Reading(Bert)).Sources.Concat((await Reading(Defender)).Sources).SelectMany(s => s.Findings);
        var counts = findings.Where(f => !f.Diagnostic.Code.Id.StartsWith("KUS", StringComparison.Ordinal)).GroupBy(f => f.Diagnostic.Code.Id, StringComparer.Ordinal);
        Assert.Equal("MSF0103 1, MSF0201 4", string.Join(", ", counts.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}")));
    }

    static Task<CorpusReading> Read(string archive) => new CorpusReader([new MicrosoftReader()], new CorpusWalker(), 2)
        .ReadAllAsync([new("microsoft", Path.Combine(Repository.Shared ?? "", "corpora", archive + ".tar.gz"))], null, CancellationToken.None);

    static async Task<CorpusReading> Reading(Lazy<Task<CorpusReading>> reading)
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        return await reading.Value;
    }
}
