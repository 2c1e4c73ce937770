using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Panther;

namespace Rulescope.Catalog.Checking;

/// <summary>Panther's rules: YAML with the Python beside it, and Python alone.</summary>
static class PantherChecks
{
    static readonly IVendorReader Reader = new PantherReader();

    public static ImmutableArray<CheckedLanguage> Languages { get; } = [new("python", [".py", ".yml", ".yaml"], Fits, Check)];

    static bool Fits(SourceFile file) => CheckedFile.HasLine(file, IsPython(file) ? "def rule(" : "AnalysisType:");

    // Python that lies beside its YAML is checked with it; a file that was named alone stands for itself.
    static CheckedRules Check(SourceFile file, CheckedFolder folder)
    {
        var context = folder.Of(Reader);
        if (IsPython(file) && context.Companion(file.Path) is not null)
            return CheckedRules.None;
        return CheckedFile.By(Reader, file, context.Companions.Any() || !folder.IsOnDisk ? context : PantherSurroundings.Of(file, Reader));
    }

    static bool IsPython(SourceFile file) => CheckedFile.HasEnding(file.Path, ".py");
}
