using System.Collections.Immutable;

namespace Rulescope.Catalog.Guide;

/// <summary>What the tables of a guide do not say row by row: who looks where, what goes together, and what is new (SPEC T25).</summary>
/// <param name="Matrix">The first rows of the table of fields, taken apart by vendor; every row where all were asked for.</param>
/// <param name="Combinations">The strongest first.</param>
/// <param name="Exclusions">Clauses that several rules have, those of most vendors first.</param>
public sealed record GuideInsight(FieldMatrix Matrix, ImmutableArray<Combination> Combinations, ImmutableArray<SharedExclusion> Exclusions)
{
    /// <summary>Rules all of whose fields no other rule here tests.</summary>
    public ImmutableArray<LoneRule> Alone { get; init; } = [];

    /// <summary>The newest rules, and the values that no older rule here looks for.</summary>
    public ImmutableArray<NewRule> Newest { get; init; } = [];

    /// <summary>How specific the values of the role asked for are: most rules here first, then least reach.</summary>
    public ImmutableArray<SpecificityPoint> Specificity { get; init; } = [];
}

/// <summary>Rules per field and vendor.</summary>
/// <param name="Vendors">The columns, with the number of a vendor's rules whose tests were read.</param>
public sealed record FieldMatrix(ImmutableArray<Facet> Vendors, ImmutableArray<MatrixRow> Rows);

/// <summary>One field of the matrix.</summary>
/// <param name="Cells">One per vendor of the matrix, in its order; a cell may be empty.</param>
public sealed record MatrixRow(string Field, string Owner, string Role, int Rules, ImmutableArray<MatrixCell> Cells);

/// <summary>The rules of one vendor that test one field.</summary>
/// <param name="Shade">0 for none, else 1 to 5: how large a part of the vendor's rules here they are, in fifths.</param>
public sealed record MatrixCell(string Vendor, int Shade, ImmutableArray<string> RuleIds);

/// <summary>Two or three tests of different fields that stand together in rules.</summary>
/// <param name="Score"><see cref="GuideCombinations.Score"/></param>
public sealed record Combination(double Score, ImmutableArray<CombinedTest> Tests, ImmutableArray<string> Vendors, ImmutableArray<string> RuleIds);

/// <summary>One test of a combination.</summary>
/// <param name="Reach">Live rules in the whole catalog with this test.</param>
public sealed record CombinedTest(string Field, string Owner, string Kind, string Value, int Reach);

/// <summary>A whole clause that more than one rule excludes.</summary>
/// <param name="Text">The clause as the first rule that has it writes it.</param>
/// <param name="Risk">Whether one who acts can meet it on purpose.</param>
public sealed record SharedExclusion(string Text, ExclusionRisk Risk, ImmutableArray<string> Vendors, ImmutableArray<string> RuleIds)
{
    /// <summary>Its tests, where they are all of it: no brackets, no negation, nothing unread.</summary>
    public ImmutableArray<CombinedTest> Tests { get; init; } = [];

    public bool IsPlain => !Tests.IsEmpty;

    /// <summary>One of the tests is enough.</summary>
    public bool IsAny { get; init; }
}

/// <summary>Whether the taxonomy knows that one who acts can meet an exclusion on purpose.</summary>
/// <param name="Fields">The fields whose values are theirs to choose; empty when not all that the clause asks for is known to be.</param>
public sealed record ExclusionRisk(ImmutableArray<string> Fields)
{
    /// <summary>Why they are, a sentence each.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    public bool CanBeMet => !Fields.IsEmpty;
}

/// <summary>Values that as many rules here use and as many in the whole catalog.</summary>
/// <param name="Rules">Rules of the technique.</param>
/// <param name="Reach">Live rules of the whole catalog; never less than <paramref name="Rules"/>.</param>
/// <param name="Values">How many values they are.</param>
/// <param name="Example">The first of them in ordinal order.</param>
public sealed record SpecificityPoint(int Rules, int Reach, int Values, string Example);

/// <summary>A rule that looks where no other rule of the technique does.</summary>
public sealed record LoneRule(string RuleId, ImmutableArray<string> Fields);

/// <summary>A rule among the newest.</summary>
/// <param name="Added">How many values it looks for that no older rule here does.</param>
/// <param name="First">The first of them.</param>
public sealed record NewRule(string RuleId, DateOnly Date, int Added, ImmutableArray<CombinedTest> First);
