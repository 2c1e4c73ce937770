using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Microsoft;

namespace Rulescope.Catalog.Checking;

/// <summary>Kusto: query files, analytics rules in YAML, Markdown with code blocks.</summary>
static class MicrosoftChecks
{
    static readonly IVendorReader Reader = new MicrosoftReader();

    public static ImmutableArray<CheckedLanguage> Languages { get; } = [new("kusto", [".kql", ".csl", ".kusto", ".yaml", ".yml", ".md"], Fits, Check) { Leniency = 4 }];

    static bool Fits(SourceFile file) => Ending(file) switch
    {
        ".kql" or ".csl" or ".kusto" => true,
        ".yml" or ".yaml" => CheckedFile.HasLine(file, "query:") && CheckedFile.HasLine(file, "name:", "id:"),
        ".md" => CheckedFile.HasLine(file, "```kql", "```kusto", "```KQL", "```Kusto"),
        _ => false,
    };

    // A text so broken that the reader sees no query in it is still to be told what is wrong.
    static CheckedRules Check(SourceFile file, CheckedFolder folder)
    {
        var isCarrier = Ending(file) is ".yml" or ".yaml" or ".md";
        return isCarrier || !Reader.Read(file, folder.Of(Reader)).Value.IsEmpty ? CheckedFile.By(Reader, file, folder) : CheckedFile.Bare(RuleLanguage.Kusto, file, Reader.Vendor);
    }

    static string Ending(SourceFile file) => Path.GetExtension(file.Path).ToLowerInvariant();
}
