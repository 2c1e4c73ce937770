using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Splunk;

namespace Rulescope.Catalog.Checking;

/// <summary>Splunk's search language: bare searches, and detections in YAML; both with the macros beside them.</summary>
static class SplunkChecks
{
    const string MacrosFolder = "macros";
    const int MaxLevels = 4;

    static readonly SplunkReader Reader = new();

    public static ImmutableArray<CheckedLanguage> Languages { get; } = [new("spl", [".spl", ".yml", ".yaml"], Fits, Check) { Leniency = 5 }];

    static bool Fits(SourceFile file) => IsBare(file) || CheckedFile.HasLine(file, "search:");

    static CheckedRules Check(SourceFile file, CheckedFolder folder) => IsBare(file) || !Fits(file)
        ? CheckedFile.Bare(RuleLanguage.Spl, file, new QueryContext(new LogSource(Reader.Vendor, [])) { Macros = SplunkReader.Macros(Surroundings(file, folder)) })
        : CheckedFile.By(Reader, file, Surroundings(file, folder));

    // A detection that is read without its repository still has the macros of the folder that holds them all.
    static SourceContext Surroundings(SourceFile file, CheckedFolder folder) => folder.Of(Reader, () =>
    {
        var root = Path.GetDirectoryName(Path.GetFullPath(file.Source.Path));
        for (var level = 0; level < MaxLevels && root is not null && !Directory.Exists(Path.Combine(root, MacrosFolder)); level++)
            root = Path.GetDirectoryName(root);
        var macros = Path.Combine(root ?? "", MacrosFolder);
        return root is not null && Directory.Exists(macros) ? [.. GivenMacros.Read([macros], Reader, new CorpusWalker(), CancellationToken.None)] : [];
    });

    static bool IsBare(SourceFile file) => CheckedFile.HasEnding(file.Path, ".spl");
}
