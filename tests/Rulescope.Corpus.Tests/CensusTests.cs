using System.Text.Json;
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
    }

    static string Difference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        string[] lines = [.. before.Except(after, StringComparer.Ordinal).Select(l => $"- {l}"), .. after.Except(before, StringComparer.Ordinal).Select(l => $"+ {l}")];
        return string.Join('\n', lines.Take(MostLinesShown).Concat(lines.Length > MostLinesShown ? [$"and {lines.Length - MostLinesShown} more"] : []));
    }
}
