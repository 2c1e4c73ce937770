using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Text;

namespace Rulescope.Cli.Checking;

/// <summary>Elastic's languages: bare queries by their ending, rule files by the language they name.</summary>
static class ElasticChecks
{
    static readonly IVendorReader Reader = new ElasticReader();

    // Tells the languages of a rule file without a look into its queries.
    static readonly IVendorReader MetadataOnly = new ElasticReader { Queries = (_, _, _) => Parsed.Clean<RuleQuery?>(null) };

    public static ImmutableArray<CheckedLanguage> Languages { get; } =
    [
        Of(RuleLanguage.Eql, ".eql"),
        Of(RuleLanguage.Esql, ".esql"),
        Of(RuleLanguage.Lucene, ".lucene"),
        // The last one also takes rule files that name no language, so that what is wrong with them is told.
        Of(RuleLanguage.Kuery, ".kuery"),
    ];

    static CheckedLanguage Of(RuleLanguage language, string extension)
    {
        return new(language.ToString().ToLowerInvariant(), [extension, ".toml"], Fits, Check);

        bool Fits(SourceFile file)
        {
            if (CheckedFile.HasEnding(file.Path, extension))
                return true;
            if (!IsRuleFile(file))
                return false;
            var languages = MetadataOnly.Read(file, CheckedFolder.Empty.Of(MetadataOnly)).Value.Select(d => d.Language).ToArray();
            return languages.Contains(language) || (language == RuleLanguage.Kuery && languages.All(l => l == RuleLanguage.None));
        }

        CheckedRules Check(SourceFile file, CheckedFolder folder) =>
            CheckedFile.HasEnding(file.Path, ".toml") || IsRuleFile(file) ? CheckedFile.By(Reader, file, folder) : CheckedFile.Bare(language, file, Reader.Vendor);
    }

    static bool IsRuleFile(SourceFile file) => CheckedFile.HasLine(file, "[rule]", "[hunt]");
}
