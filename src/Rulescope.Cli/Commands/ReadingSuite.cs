using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Engine.Conformance;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>Reads the public rule sets: a case is a live rule that has logic, and it passes when its language is read without an error.</summary>
static class ReadingSuite
{
    public const string Name = "reading";

    /// <summary>One result for each vendor whose archive <c>VENDOR.tar.gz</c> is in the folder.</summary>
    public static async Task<ImmutableArray<SuiteResult>> RunAsync(string corpora, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<SuiteResult>();
        foreach (var vendor in VendorReaders.All.Select(r => r.Vendor))
        {
            var path = Path.Combine(corpora, vendor + ".tar.gz");
            if (!File.Exists(path))
                continue;
            var reading = await new CorpusReader().ReadAllAsync([new RuleSource(vendor, path)], null, cancellation).ConfigureAwait(false);
            var live = reading.Documents.Where(d => d is { Kind: RuleKind.Rule, Language: not RuleLanguage.None }).ToArray();
            results.Add(SuiteResult.Of($"{Name}-{vendor}", live.Length, 0, [.. live.Where(d => !d.IsRead).Select(Failure)]));
        }

        return results.ToImmutable();
    }

    static CaseFailure Failure(RuleDocument document) => new(
        document.Path, "read", document.Diagnostics.FirstOrDefault(d => d.Code.Severity == Severity.Error)?.ToString() ?? "not read");
}
