using System.Globalization;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Languages.Panther;
using Rulescope.Tests.Support;

namespace Rulescope.Corpus.Tests;

/// <summary>Reads a checkout of panther-analysis with its Python and compares what came of it with <c>census-panther.txt</c>.</summary>
/// <remarks>The commit is that of the archive of YAML files. <c>ACCEPT=1</c> in the environment rewrites the file.</remarks>
public class PantherCensusTests
{
    static readonly string CensusPath = Path.Combine(Repository.Root, "tests", "Rulescope.Corpus.Tests", "census-panther.txt");

    static readonly bool Accepts = Environment.GetEnvironmentVariable("ACCEPT") is "1";

    [Fact]
    public async Task The_census_of_Panthers_Python_is_as_it_was()
    {
        var checkout = Environment.GetEnvironmentVariable("RULESCOPE_PANTHER");
        if (checkout is null || !Directory.Exists(checkout))
            Assert.Skip("no checkout of panther-analysis: name one in RULESCOPE_PANTHER");
        var target = new CensusTarget();
        var cancellation = TestContext.Current.CancellationToken;
        var read = await new CorpusReader([new PantherReader()], new CorpusWalker(), Environment.ProcessorCount).ReadAsync([new RuleSource("panther", checkout)], target, null, cancellation);
        var census = new Census();
        census.Add("panther", target.Files, read[0].Findings);
        var actual = $"{census.Text}\n== unread parts by cause\n{string.Join('\n', Causes(target))}\n";
        var expected = File.Exists(CensusPath) ? (await File.ReadAllTextAsync(CensusPath, cancellation)).ReplaceLineEndings("\n") : "";
        if (Accepts && actual != expected)
            await File.WriteAllTextAsync(CensusPath, actual, cancellation);
        else
            Assert.True(actual == expected, "the census of Panther's Python has changed; if that is meant, run this test with ACCEPT=1 and review the difference");
    }

    // How many parts, and in how many files.
    static IEnumerable<string> Causes(CensusTarget target) =>
        from finding in target.Files.SelectMany(f => f.Findings)
        where finding.Diagnostic.Code == SymbolicCodes.NotRead
        group finding by CauseOf(finding.Diagnostic.Message) into cause
        orderby cause.Count() descending, cause.Key
        select string.Create(CultureInfo.InvariantCulture, $"{cause.Count(),5} in {cause.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count(),3} files: {cause.Key}");

    static string CauseOf(string message) => message[(message.LastIndexOf("' was not read: ", StringComparison.Ordinal) + "' was not read: ".Length)..];
}
