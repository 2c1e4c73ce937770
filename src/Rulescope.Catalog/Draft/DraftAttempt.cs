using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Corpus.Drafts;

namespace Rulescope.Catalog.Draft;

/// <summary>A test of the guide in a vendor's words.</summary>
/// <param name="IsKnown">The taxonomy knows the field's name there.</param>
sealed record NamedTest(CombinedTest Test, DraftTest Native, bool IsKnown);

/// <summary>An exclusion of the guide in a vendor's words.</summary>
sealed record NamedExclusion(SharedExclusion Exclusion, ImmutableArray<NamedTest> Tests);

/// <summary>One way to draft a rule.</summary>
sealed record DraftAttempt(Combination Candidate, Corpus.Drafts.DraftSource Source, ImmutableArray<NamedTest> Tests)
{
    public ImmutableArray<NamedExclusion> Exclusions { get; init; } = [];

    /// <summary>What could not be kept, and why.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>The file, once it was written.</summary>
    public string Text { get; init; } = "";

    /// <summary>All tests are there, under names that are known.</summary>
    public bool IsWhole => Tests.Length == Candidate.Tests.Length && Tests.All(t => t.IsKnown);

    /// <summary>A whole combination is best, then more tests under known names, then more at all.</summary>
    public bool IsBetterThan(DraftAttempt? other) => !Tests.IsEmpty && (other is null || Rank.CompareTo(other.Rank) > 0);

    (bool, int, int) Rank => (IsWhole && Tests.Length > 1, Tests.Count(t => t.IsKnown), Tests.Length);

    public DraftAttempt Without(SharedExclusion exclusion, string why) => this with { LeftOut = LeftOut.Add($"{exclusion.Text} ({why})") };

    public DraftAttempt Without(NamedTest test) =>
        this with { Tests = Tests.Remove(test), LeftOut = LeftOut.Add($"{test.Test.Field} {test.Test.Kind} {test.Test.Value} (this language has no way to say the same)") };
}
