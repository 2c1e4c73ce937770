using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Compare;

/// <summary>A rule beside the rules of a catalog (SPEC E07). The rule itself, where the catalog holds it, counts in no number.</summary>
/// <param name="Rule">The rule as its file has it.</param>
public sealed record RuleComparison(RuleEntry Rule)
{
    /// <summary>What was not read of it and so has no row.</summary>
    public ImmutableArray<UnreadPart> Unread { get; init; } = [];

    /// <summary>Ids that the rule names and that have no page.</summary>
    public ImmutableArray<string> Unplaced { get; init; } = [];

    public ImmutableArray<TechniqueComparison> Techniques { get; init; } = [];

    /// <summary>The rule as the catalog has it, then the rules that overlap with it, the nearest first.</summary>
    public ImmutableArray<NearRule> Near { get; init; } = [];

    /// <summary>Something its author may want to act on: another rule near it, a noisy row, an exclusion it lacks.</summary>
    public bool HasFindings => Near.Any(n => !n.IsSame) || Techniques.Any(t => !t.Noisy.IsEmpty || !t.MissingExclusions.IsEmpty);
}

/// <summary>The rows of a rule on the tables of one technique.</summary>
/// <param name="Rules">Live rules of the technique beside the compared one.</param>
public sealed record TechniqueComparison(Technique Technique, int Rules)
{
    /// <summary>Rows of the rule that other rules of the technique have too.</summary>
    public required ImmutableArray<ComparedRow> Matching { get; init; }

    /// <summary>Rows of the rule that no other rule of the technique has.</summary>
    public required ImmutableArray<ComparedRow> Rare { get; init; }

    /// <summary>Indicators of the rule that describe behaviour and that very many rules of the catalog have; each is matching or rare as well.</summary>
    public required ImmutableArray<ComparedRow> Noisy { get; init; }

    /// <summary>Indicators of other rules that it lacks: first those of rules for one of its platforms, then the commonest.</summary>
    public required ImmutableArray<ComparedRow> Missing { get; init; }

    /// <summary>Clauses of other rules of which it lacks at least one exclusion, in the same order.</summary>
    public required ImmutableArray<MissingExclusion> MissingExclusions { get; init; }
}

/// <summary>A row of the technique's tables.</summary>
/// <param name="Side"><c>indicator</c> or <c>exclusion</c>.</param>
/// <param name="Owner">The vendor whose own name the field is; empty for one that all vendors share.</param>
/// <param name="Value">Null where only presence is tested.</param>
public sealed record ComparedRow(string Side, string Field, string Owner, string Kind, string? Value, string Role)
{
    /// <summary>Other live rules of the technique with the row, as <c>vendor/id</c>, in ordinal order.</summary>
    public ImmutableArray<string> RuleIds { get; init; } = [];

    /// <summary>Other live rules of the whole catalog with the row.</summary>
    public int Reach { get; init; }

    /// <summary>One of those rules is for a platform of the compared rule, or one of the two names none.</summary>
    public bool IsSamePlatform { get; init; } = true;
}

/// <summary>A clause that other rules exclude by; its rows are worth nothing alone.</summary>
/// <param name="Clauses">The clause whole, in the words of each rule that has it.</param>
/// <param name="Rows">The rows of the clause that the compared rule does not exclude.</param>
/// <param name="Vendors">How many vendors have such a rule.</param>
public sealed record MissingExclusion(ImmutableArray<ClauseText> Clauses, ImmutableArray<ComparedRow> Rows, int Rules, int Vendors)
{
    public bool IsSamePlatform { get; init; } = true;

    /// <summary>Whether somebody who knows the clause can meet it on purpose.</summary>
    public required ExclusionRisk Risk { get; init; }
}

/// <summary>A rule of the catalog that tests much the same.</summary>
/// <param name="IsSame">It has the vendor and the id of the compared rule.</param>
/// <param name="Overlap">From 0 to 1; see <see cref="NearRules"/>.</param>
/// <param name="Shared">Rows that both have.</param>
public sealed record NearRule(RuleEntry Rule, bool IsSame, double Overlap, int Shared)
{
    /// <summary>Rows of the compared rule alone.</summary>
    public ImmutableArray<ComparedRow> OnlyHere { get; init; } = [];

    /// <summary>Rows of the catalog's rule alone.</summary>
    public ImmutableArray<ComparedRow> OnlyThere { get; init; } = [];
}
