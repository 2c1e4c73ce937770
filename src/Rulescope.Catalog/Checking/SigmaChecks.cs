using System.Collections.Immutable;
using Rulescope.Corpus.Vendors.Sigma;

namespace Rulescope.Catalog.Checking;

/// <summary>Sigma's rule files.</summary>
static class SigmaChecks
{
    static readonly SigmaReader Reader = new();

    public static ImmutableArray<CheckedLanguage> Languages { get; } =
    [
        new("sigma", [".yml", ".yaml"], f => CheckedFile.HasLine(f, "detection:", "logsource:", "correlation:"), (f, folder) => CheckedFile.By(Reader, f, folder)),
    ];
}
