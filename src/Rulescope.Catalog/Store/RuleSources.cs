using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Store;

/// <summary>
/// A data source a rule can run on. A rule runs where each of its needs has one of its sources: the stages of a join or a sequence are needs of
/// their own.
/// </summary>
/// <param name="Source">The id of a log source; <c>=</c> and a word of the rule's own where no log source is known.</param>
readonly record struct NeededSource(int Need, string Source)
{
    /// <summary>No log source is known for it.</summary>
    public bool IsWord => Source.StartsWith('=');

    public static string OfWord(string word) => "=" + word.ToUpperInvariant();

    /// <summary>What a rule needs, by the log sources of what it tests at each stage, else by what it says of its source.</summary>
    public static ImmutableArray<NeededSource> Of(ImmutableArray<LogSourceEntry> named, string[] words, IEnumerable<NormalisedLeaf> leaves)
    {
        ImmutableArray<NeededSource> stages =
        [
            .. leaves.Where(l => l.Seen is { Side: Side.Indicator, IsThreshold: false })
                .SelectMany(l => l.Scope.Select(s => new NeededSource(l.Seen.Stage, s))).Distinct(),
        ];
        if (!stages.IsEmpty)
            return stages;
        return named.IsEmpty
            ? [.. words.Select(w => new NeededSource(0, OfWord(w))).Distinct()]
            : [.. named.Select(s => new NeededSource(0, s.Id)).Distinct()];
    }
}
