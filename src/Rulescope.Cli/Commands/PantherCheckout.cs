using System.Collections.Frozen;
using Rulescope.Algebra.Plans;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Languages.Panther;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>The rules of a checkout of panther-analysis with their Python, as their unit tests compare them.</summary>
static class PantherCheckout
{
    /// <summary>Names the checkout.</summary>
    public const string Variable = "RULESCOPE_PANTHER";

    /// <summary>The logic of each rule that has one, by the path of its YAML.</summary>
    public static async Task<FrozenDictionary<string, Parsed<RuleQuery>>> ReadAsync(string folder, CancellationToken cancellation)
    {
        var reader = new CorpusReader([new PantherReader { Result = RuleResult.Truthy }], new CorpusWalker(), Environment.ProcessorCount);
        var reading = await reader.ReadAllAsync([new("panther", folder)], null, cancellation).ConfigureAwait(false);
        var rules = new Dictionary<string, Parsed<RuleQuery>>(StringComparer.Ordinal);
        foreach (var document in reading.Documents)
        {
            if (document.Query is { } query)
                rules.TryAdd(document.Path, new(query, document.Diagnostics));
        }

        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
