using System.Diagnostics;
using System.Text.Json;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Kusto;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Kusto;

/// <summary>What we read is what Microsoft's parser reads: its verdicts are recorded beside the cases, and asked for again where it is installed.</summary>
public class KustoAgreementTests
{
    const string OracleAbsent = "Microsoft's Kusto parser is not installed: run `npm ci --ignore-scripts` in tests/oracles/kusto, or name its folder in RULESCOPE_KUSTO_ORACLE";

    static readonly Broken[] OwnQueries = [.. KustoCorpus.Facts("broken.jsonl").Select(l => JsonSerializer.Deserialize<Broken>(l, JsonSerializerOptions.Web)!)];

    static readonly HashSet<string> Rejected = KustoCorpus.Facts("rejected.txt").ToHashSet(StringComparer.Ordinal);

    static readonly HashSet<string> Wanted = KustoCorpus.Facts("differences.txt").Select(l => l.Split('\t')[0]).ToHashSet(StringComparer.Ordinal);

    sealed record Broken(string Change, bool Accepted, string Query);

    [Fact]
    public void Queries_of_our_own_are_read_or_refused_as_recorded()
    {
        Assert.True(OwnQueries.Count(q => !q.Accepted) >= 300);
        Assert.Empty(OwnQueries.Where(q => KustoParser.ParseQuery(q.Query).IsComplete != q.Accepted).Select(q => q.Query));
    }

    [Fact]
    public void Rules_are_read_or_refused_as_recorded()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var rules = KustoCorpus.Rules(Repository.Shared!);
        Assert.Equal((849, 26), Census(rules, "kusto-bertjanp/"));
        Assert.Equal((299, 18), Census(rules, "kusto-m365d/"));
        Assert.Empty(rules.Where(r => KustoParser.ParseQuery(r.Text).IsComplete == Rejected.Contains(r.Name)).Select(r => r.Name));
    }

    [Fact]
    public void Conformance_queries_are_read_or_refused_as_recorded()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var differing = KustoCorpus.Conformance(Repository.Shared!).Where(q => KustoParser.ParseQuery(q.Text).IsComplete == Rejected.Contains(q.Name)).Select(q => q.Name);
        Assert.Equal(Wanted.Order(StringComparer.Ordinal), differing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Public_queries_are_written_and_read_again()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var read = 0;
        foreach (var query in KustoCorpus.Rules(Repository.Shared!).Concat(KustoCorpus.Conformance(Repository.Shared!)))
        {
            var parsed = KustoParser.ParseQuery(query.Text);
            KustoTree.CheckSpans(parsed.Value, query.Text);
            if (!parsed.IsComplete)
                continue;
            KustoTree.CheckRoundTrip(parsed.Value);
            read++;
        }

        Assert.True(read > 2500);
    }

    [Fact]
    public async Task Recorded_verdicts_of_our_own_queries_are_Microsofts()
    {
        var verdicts = await Ask([.. OwnQueries.Select(q => q.Query)]);
        Assert.Empty(OwnQueries.Where((q, i) => q.Accepted != verdicts[i]).Select(q => q.Query));
    }

    [Fact]
    public async Task Recorded_verdicts_of_public_queries_are_Microsofts()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        KustoCorpus.Named[] queries = [.. KustoCorpus.Rules(Repository.Shared!), .. KustoCorpus.Conformance(Repository.Shared!)];
        var verdicts = await Ask([.. queries.Select(q => q.Text)]);
        Assert.Equal(Rejected.Order(StringComparer.Ordinal), queries.Where((_, i) => !verdicts[i]).Select(q => q.Name).Order(StringComparer.Ordinal));
    }

    // A file of several queries is one block to the list of rejected ones; here each is asked about by itself.
    [Fact]
    public async Task Rules_as_they_are_parted_are_read_or_refused_as_Microsoft_does()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var target = new QueryTexts();
        foreach (var archive in (string[])["kusto-bertjanp", "kusto-m365d"])
            await new CorpusReader().ReadAsync([new RuleSource("microsoft", Path.Combine(Repository.Shared!, "corpora", $"{archive}.tar.gz"))], target, null, TestContext.Current.CancellationToken);
        var verdicts = await Ask([.. target.Queries.Select(q => q.Text)]);
        Assert.Equal((829, 18), (target.Queries.Count, verdicts.Count(v => !v)));
        Assert.Empty(target.Queries.Where((q, i) => q.IsRead != verdicts[i]).Select(q => q.Place));
    }

    // What a text may be written as, asked of the oracle: our canonical spelling must be Kusto to others too.
    [Fact]
    public async Task Written_rules_are_Kusto_to_Microsoft()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var rules = KustoCorpus.Rules(Repository.Shared!).Where(r => !Rejected.Contains(r.Name)).ToList();
        string[] written = [.. rules.Select(r => KustoWriter.Write(KustoParser.ParseQuery(r.Text).Value))];
        var verdicts = await Ask(written);
        Assert.Empty(rules.Where((_, i) => !verdicts[i]).Select(r => r.Name));
    }

    static (int All, int Refused) Census(IReadOnlyList<KustoCorpus.Named> rules, string archive)
    {
        var named = rules.Where(r => r.Name.StartsWith(archive, StringComparison.Ordinal)).ToList();
        return (named.Count, named.Count(r => Rejected.Contains(r.Name)));
    }

    static async Task<bool[]> Ask(string[] queries)
    {
        var folder = Path.Combine(Repository.Root, "tests", "oracles", "kusto");
        var package = Environment.GetEnvironmentVariable("RULESCOPE_KUSTO_ORACLE") is { Length: > 0 } named
            ? named : Path.Combine(folder, "node_modules", "@kusto", "language-service-next");
        Assert.SkipUnless(File.Exists(Path.Combine(package, "Kusto.Language.Bridge.min.js")), OracleAbsent);
        using var node = Start(Path.Combine(folder, "verdicts.cjs"), package);
        await using (node.StandardInput)
            await JsonSerializer.SerializeAsync(node.StandardInput.BaseStream, queries, cancellationToken: TestContext.Current.CancellationToken);
        return (await JsonSerializer.DeserializeAsync<bool[]>(node.StandardOutput.BaseStream, cancellationToken: TestContext.Current.CancellationToken))!;
    }

    static Process Start(string script, string package)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [script, package]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }
    }

    /// <summary>The text of each rule, and whether it is read without an error.</summary>
    sealed class QueryTexts : ICorpusTarget<(string Place, string Text, bool IsRead)>
    {
        readonly List<(string Place, string Text, bool IsRead)> _queries = [];

        public IReadOnlyList<(string Place, string Text, bool IsRead)> Queries => _queries;

        public bool Knows(SourceProvenance source, string path, string hash) => false;

        public (string Place, string Text, bool IsRead) Prepare(RuleDocument document) =>
            ($"{document.Path} {document.Title}", document.Source.Slice(document.Extent), document.Diagnostics.All(d => d.Code.Severity != Severity.Error));

        public void Take(FileResult<(string Place, string Text, bool IsRead)> file) => _queries.AddRange(file.Items);
    }
}
