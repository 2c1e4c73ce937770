using System.Collections.Immutable;
using Rulescope.Corpus.Vendors.Google;

namespace Rulescope.Catalog.Checking;

/// <summary>YARA-L: files of rules, and searches.</summary>
static class GoogleChecks
{
    static readonly GoogleReader Reader = new();

    public static ImmutableArray<CheckedLanguage> Languages { get; } =
        [new("yaral", [.. Reader.Extensions], f => CheckedFile.HasEnding(f.Path, Reader.Extensions[0]), (f, folder) => CheckedFile.By(Reader, f, folder)) { Leniency = 1 }];
}
