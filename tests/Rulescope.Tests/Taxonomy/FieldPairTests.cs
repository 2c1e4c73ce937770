using System.Collections.Immutable;
using Rulescope.Taxonomy.Fields;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

/// <summary>
/// Names of two vendors that must be one row, or must not. A line of <c>cases/taxonomy/pairs-*.txt</c> reads
/// <c>vendor field @ log source == vendor field @ log source ; reason</c>, with <c>!=</c> for what must stay apart and <c>-</c> for an unknown source.
/// </summary>
public class FieldPairTests
{
    static readonly ImmutableArray<string> Relations = [" == ", " != "];

    public static TheoryData<string, string> Pairs => [.. Lists.SelectMany(f => Lines(f).Select(l => (Path.GetFileName(f), l)))];

    static IEnumerable<string> Lists => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", "taxonomy"), "pairs-*.txt").Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Names_merge_where_they_are_one_fact(string file, string line)
    {
        var parts = line.Split(';', 2, StringSplitOptions.TrimEntries);
        Assert.True(parts is [_, { Length: > 0 }], $"{file}: a pair has a reason: {line}");
        var relation = Assert.Single(Relations, r => parts[0].Contains(r, StringComparison.Ordinal));
        var sides = parts[0].Split(relation, 2);
        var (left, right) = (NameOf(sides[0]), NameOf(sides[1]));
        if (relation == " == ")
        {
            Assert.NotNull(left);
            Assert.Equal(left, right);
        }
        else
        {
            Assert.True(left is null || left != right, $"{file}: both are {left}: {line}");
        }
    }

    [Theory]
    [InlineData("pairs-cloud.txt", 80, 40)]
    public void A_list_is_as_long_as_it_is_said_to_be(string file, int merging, int apart)
    {
        var lines = Lines(Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", "taxonomy", file)).ToArray();
        Assert.InRange(lines.Count(l => l.Contains(Relations[0], StringComparison.Ordinal)), merging, int.MaxValue);
        Assert.InRange(lines.Count(l => l.Contains(Relations[1], StringComparison.Ordinal)), apart, int.MaxValue);
        Assert.Equal(lines.Distinct(StringComparer.Ordinal).Count(), lines.Length);
    }

    /// <summary>The shared name of <c>vendor field @ source</c>; null where its rows keep the vendor's own name.</summary>
    static string? NameOf(string side)
    {
        var at = side.LastIndexOf(" @ ", StringComparison.Ordinal);
        var (name, source) = (side[..at].Trim(), side[(at + 3)..].Trim());
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        Assert.True(source == "-" || LogSourceCatalog.Shipped.Find(source) is not null, $"no log source is called {source}");
        return FieldTaxonomy.Shipped.Resolve(name[..space], name[(space + 1)..].Trim(), source == "-" ? [] : [source]) is { Merges: true } meaning ? meaning.Name : null;
    }

    static IEnumerable<string> Lines(string file) => File.ReadLines(file).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal));
}
