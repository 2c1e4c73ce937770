using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Text;

namespace Rulescope.Catalog.Checking;

/// <summary>Elastic's languages: bare queries by their ending, rule files by the language they name.</summary>
static class ElasticChecks
{
    static readonly IVendorReader Reader = new ElasticReader();

    // Tells the languages of a rule file without a look into its queries.
    static readonly IVendorReader MetadataOnly = new ElasticReader { Queries = (_, _, _) => Parsed.Clean<RuleQuery?>(null) };

    public static ImmutableArray<CheckedLanguage> Languages { get; } =
    [
        Of(RuleLanguage.Eql, ".eql", leniency: 3),
        Of(RuleLanguage.Esql, ".esql", leniency: 2),
        Of(RuleLanguage.Lucene, ".lucene", leniency: 7),
        // The last one also takes rule files that name no language, so that what is wrong with them is told.
        Of(RuleLanguage.Kuery, ".kuery", leniency: 6),
    ];

    static CheckedLanguage Of(RuleLanguage language, string extension, int leniency)
    {
        return new(language.ToString().ToLowerInvariant(), [extension, ".toml"], Fits, Check) { Leniency = leniency };

        bool Fits(SourceFile file)
        {
            if (CheckedFile.HasEnding(file.Path, extension))
                return true;
            if (!IsRuleFile(file))
                return false;
            var languages = MetadataOnly.Read(file, CheckedFolder.Nowhere.Of(MetadataOnly)).Value.Select(d => d.Language).ToArray();
            return languages.Contains(language) || (language == RuleLanguage.Kuery && languages.All(l => l == RuleLanguage.None));
        }

        CheckedRules Check(SourceFile file, CheckedFolder folder) =>
            CheckedFile.HasEnding(file.Path, ".toml") || IsRuleFile(file) ? CheckedFile.By(Reader, file, folder) : CheckedFile.Bare(language, file, Reader.Vendor);
    }

    static bool IsRuleFile(SourceFile file) => CheckedFile.HasLine(file, "[rule]", "[hunt]");
}
