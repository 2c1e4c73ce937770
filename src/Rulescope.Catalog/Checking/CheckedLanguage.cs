using System.Collections.Immutable;
using Rulescope.Corpus.Sources;

namespace Rulescope.Catalog.Checking;

/// <summary>A language that <c>check</c> reads.</summary>
/// <param name="Name">As after <c>--lang</c>.</param>
/// <param name="Extensions">Endings of its files, with the dot: those of bare queries and those of rule files that hold them.</param>
/// <param name="Fits">Tells its files from others with the same ending.</param>
/// <param name="Read">Reads a file with what lies beside it.</param>
public sealed record CheckedLanguage(
    string Name, ImmutableArray<string> Extensions, Func<SourceFile, bool> Fits, Func<SourceFile, CheckedFolder, CheckedRules> Read)
{
    /// <summary>How readily its parser takes a text of another language without an error: 0 hardly ever, the more the oftener.</summary>
    /// <remarks>Where a text may be in several, the strictest has it.</remarks>
    public int Leniency { get; init; }

    /// <summary>Endings that say all, so that any text fits: files that hold nothing but a query.</summary>
    public IEnumerable<string> BareEndings => Extensions.Where(e => Fits(SourceFile.Decode("empty" + e, [])));

    /// <summary>All of them, each vendor's from its own class; of several that fit, the first one is taken.</summary>
    public static ImmutableArray<CheckedLanguage> All { get; } =
    [
        .. SigmaChecks.Languages,
        .. ElasticChecks.Languages,
        .. SplunkChecks.Languages,
        .. MicrosoftChecks.Languages,
        .. PantherChecks.Languages,
        .. GoogleChecks.Languages,
    ];

    /// <summary>The language of a file, or null: by its ending first, and where none has it, by the text alone.</summary>
    public static CheckedLanguage? Of(SourceFile file)
    {
        var byEnding = All.Where(l => l.HasEnding(file.Path)).ToArray();
        return (byEnding.Length > 0 ? byEnding : [.. All]).FirstOrDefault(l => l.Fits(file));
    }

    /// <summary>True when a file of that name may hold the language.</summary>
    public bool HasEnding(string path) => Extensions.Any(e => CheckedFile.HasEnding(path, e));
}
