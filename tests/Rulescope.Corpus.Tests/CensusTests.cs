using System.Text.Json;
using System.Text.RegularExpressions;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Tests.Support;

namespace Rulescope.Corpus.Tests;

/// <summary>Reads every rule of the public rule sets and compares what came of it with <c>census.txt</c>; a change of it is a change to explain.</summary>
/// <remarks><c>ACCEPT=1</c> in the environment rewrites the file. The rule sets are external test data and stay outside the repository.</remarks>
public class CensusTests
{
    const int MostLinesShown = 40;

    static readonly string CensusPath = Path.Combine(Repository.Root, "tests", "Rulescope.Corpus.Tests", "census.txt");

    static readonly bool Accepts = Environment.GetEnvironmentVariable("ACCEPT") is "1";

    [Fact]
    public async Task The_census_of_the_public_rule_sets_is_as_it_was()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        var census = new Census();
        foreach (var (name, vendor) in Archives(Path.Combine(Repository.Shared, "corpora")))
            await ReadAsync(census, name, vendor);
        var actual = census.Text;
        var expected = File.Exists(CensusPath) ? await File.ReadAllTextAsync(CensusPath, TestContext.Current.CancellationToken) : "";
        expected = expected.ReplaceLineEndings("\n");
        if (Accepts && actual != expected)
            await File.WriteAllTextAsync(CensusPath, actual, TestContext.Current.CancellationToken);
        else
            Assert.True(actual == expected, $"the census has changed; if that is meant, run this test with ACCEPT=1 and review the difference:\n{Difference(expected, actual)}");
    }

    // The rule sets are others' work: what is kept here of a rule is where it lies and what was found, in our words.
    [Fact]
    public void The_census_holds_places_and_ids_only()
    {
        var lists = File.ReadAllText(CensusPath).ReplaceLineEndings("\n").Split("\n== ").Where(s => s.StartsWith("not read\n", StringComparison.Ordinal) || s.StartsWith("read, but", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lists.Count);
        Assert.All(lists.SelectMany(l => l.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)), line =>
            Assert.Matches(@"^[a-z0-9-]+ [^:]+\.[a-z]+:[0-9]+:[0-9]+( [A-Z]{3}[0-9]{4})*( no finding| no logic)?$", line));
    }

    // Microsoft's parser rejects 26 and 18 blocks: each stands here with what it is, and no Kusto query is not read beside them.
    [Fact]
    public void Kusto_queries_that_are_not_read_are_those_that_Microsoft_rejects()
    {
        var lists = File.ReadAllText(CensusPath).ReplaceLineEndings("\n").Split("\n== ");
        var unread = Lines(lists, "not read\n").Where(l => l.StartsWith("kusto-", StringComparison.Ordinal)).Select(l => PlaceOf(l)).ToList();
        var rejected = Lines(lists, "blocks that").ToList();
        Assert.Equal(26, rejected.Count(r => r.StartsWith("kusto-bertjanp/", StringComparison.Ordinal)));
        Assert.Equal(18, rejected.Count(r => r.StartsWith("kusto-m365d/", StringComparison.Ordinal)));
        Assert.DoesNotContain(rejected, r => r.EndsWith(" READ", StringComparison.Ordinal));
        Assert.Equal(unread.Order(StringComparer.Ordinal), rejected.Where(r => r.Contains(" not read: ", StringComparison.Ordinal)).Select(r => r[(r.IndexOf(" not read: ", StringComparison.Ordinal) + 11)..]).Order(StringComparer.Ordinal));

        static IEnumerable<string> Lines(string[] lists, string head) =>
            lists.Single(l => l.StartsWith(head, StringComparison.Ordinal)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

        // "archive path:line:column ID ID" without archive and ids.
        static string PlaceOf(string line) => Regex.Match(line, @"^\S+ (?<place>.*?:[0-9]+:[0-9]+)( [A-Z]{3}[0-9]{4})*$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["place"].Value;
    }

    // The list that lies beside the archives says whose they are.
    static IEnumerable<(string Name, string Vendor)> Archives(string corpora)
    {
        using var sources = JsonDocument.Parse(File.ReadAllText(Path.Combine(corpora, "sources.json")));
        return [.. sources.RootElement.EnumerateObject().Select(s => (s.Name, s.Value.GetProperty("vendor").GetString() ?? "")).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    static async Task ReadAsync(Census census, string name, string vendor)
    {
        var archive = name[..name.IndexOf('.', StringComparison.Ordinal)];
        var path = Path.Combine(Repository.Shared ?? "", "corpora", name);
        if (!File.Exists(path) || !VendorReaders.All.Any(r => r.Vendor == vendor))
        {
            census.LeaveOut(archive, File.Exists(path) ? $"no reader for {vendor}" : "the archive is not present");
            return;
        }

        var target = new CensusTarget();
        var read = await new CorpusReader().ReadAsync([new RuleSource(vendor, path)], target, null, TestContext.Current.CancellationToken);
        census.Add(archive, target.Files, read[0].Findings);
        census.AddRejected(RejectedBlocks.Of(Repository.Shared ?? "", archive, [.. target.Files.SelectMany(f => f.Items)]));
    }

    static string Difference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        string[] lines = [.. before.Except(after, StringComparer.Ordinal).Select(l => $"- {l}"), .. after.Except(before, StringComparer.Ordinal).Select(l => $"+ {l}")];
        return string.Join('\n', lines.Take(MostLinesShown).Concat(lines.Length > MostLinesShown ? [$"and {lines.Length - MostLinesShown} more"] : []));
    }
}
