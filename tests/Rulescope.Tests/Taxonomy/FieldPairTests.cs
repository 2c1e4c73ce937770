using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.Fields;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

/// <summary>
/// Names of two vendors that must be one row, or must not. A line of <c>cases/taxonomy/pairs-*.txt</c> reads
/// <c>vendor field @ log source == vendor field @ log source ; reason</c>, with <c>!=</c> for what must stay apart and <c>-</c> for an unknown source.
/// A field may be followed by an operator and a value: then the tests are one row, or are not.
/// </summary>
public partial class FieldPairTests
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
    [InlineData("pairs-host.txt", 90, 50)]
    public void A_list_is_as_long_as_it_is_said_to_be(string file, int merging, int apart)
    {
        var lines = Lines(Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", "taxonomy", file)).ToArray();
        Assert.InRange(lines.Count(l => l.Contains(Relations[0], StringComparison.Ordinal)), merging, int.MaxValue);
        Assert.InRange(lines.Count(l => l.Contains(Relations[1], StringComparison.Ordinal)), apart, int.MaxValue);
        Assert.Equal(lines.Distinct(StringComparer.Ordinal).Count(), lines.Length);
    }

    static readonly SourceScopes Scopes = new(LogSourceCatalog.Shipped, FieldTaxonomy.Shipped);

    /// <summary>The shared name of <c>vendor field @ source</c>, with the test where there is one; null where its rows keep the vendor's own name.</summary>
    static string? NameOf(string side)
    {
        var at = side.LastIndexOf(" @ ", StringComparison.Ordinal);
        var (said, source) = (Side().Match(side[..at].Trim()), side[(at + 3)..].Trim());
        Assert.True(source == "-" || LogSourceCatalog.Shipped.Find(source) is not null, $"no log source is called {source}");
        ImmutableArray<string> sources = source == "-" ? [] : [source];
        if (FieldTaxonomy.Shipped.Resolve(said.Groups["vendor"].Value, said.Groups["field"].Value, sources) is not { Merges: true } meaning)
            return null;
        if (!said.Groups["value"].Success)
            return meaning.Name;
        var relation = Enum.Parse<ReadOperator>(said.Groups["operator"].Value, ignoreCase: true);
        return meaning.Binding.Transform.Apply(new(relation, said.Groups["value"].Value), Scopes.Platforms(sources)) is { } test
            ? $"{meaning.Name} {test.Operator} {test.Value.ToLowerInvariant()}"
            : null;
    }

    [GeneratedRegex(@"^(?<vendor>\S+) (?<field>.+?)( (?<operator>eq|startswith|endswith|contains) (?<value>.+))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Side();

    static IEnumerable<string> Lines(string file) => File.ReadLines(file).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal));
}
