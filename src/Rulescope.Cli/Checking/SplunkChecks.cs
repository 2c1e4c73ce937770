using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Splunk;

namespace Rulescope.Cli.Checking;

/// <summary>Splunk's search language: bare searches, and detections in YAML; both with the macros beside them.</summary>
static class SplunkChecks
{
    static readonly SplunkReader Reader = new();

    public static ImmutableArray<CheckedLanguage> Languages { get; } = [new("spl", [".spl", ".yml", ".yaml"], Fits, Check)];

    static bool Fits(SourceFile file) => IsBare(file) || CheckedFile.HasLine(file, "search:");

    static ImmutableArray<CheckedFinding> Check(SourceFile file, CheckedFolder folder) => IsBare(file) || !Fits(file)
        ? CheckedFile.Bare(RuleLanguage.Spl, file, new QueryContext(new LogSource(Reader.Vendor, [])) { Macros = SplunkReader.Macros(folder.Of(Reader)) })
        : CheckedFile.By(Reader, file, folder);

    static bool IsBare(SourceFile file) => CheckedFile.HasEnding(file.Path, ".spl");
}
