using System.Collections.Immutable;
using Rulescope.Algebra.Reading;

namespace Rulescope.Corpus.Drafts;

/// <summary>A rule to be written in some vendor's format: one conjunction of tests, and clauses that take events out.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Description">One line.</param>
/// <param name="Tests">All of them must hold.</param>
public sealed record RuleDraft(string Id, string Title, string Description, DateOnly Date, DraftTechnique Technique, DraftSource Source, ImmutableArray<DraftTest> Tests)
{
    public ImmutableArray<DraftClause> Exclusions { get; init; } = [];

    /// <summary>What the author should know, a line each; they become comments.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>A test of one field against one value.</summary>
/// <param name="Field">In the vendor's own words, as a path.</param>
public sealed record DraftTest(string Field, ReadOperator Operator, string Value);

/// <summary>What is taken out: events that meet all of the tests, or any of them.</summary>
public sealed record DraftClause(bool IsAny, ImmutableArray<DraftTest> Tests);

/// <summary>The technique a draft is tagged with, and the tactics it serves.</summary>
/// <param name="Parent">The id and name of the technique above; null for none.</param>
public sealed record DraftTechnique(string Id, string Name, (string Id, string Name)? Parent, ImmutableArray<DraftTactic> Tactics);

/// <summary>A tactic a draft serves.</summary>
/// <param name="Id">Such as <c>TA0008</c>.</param>
/// <param name="ShortName">Such as <c>lateral-movement</c>.</param>
public sealed record DraftTactic(string Id, string ShortName, string Name);

/// <summary>Where the events come from.</summary>
/// <param name="Names">What the vendor calls it: indices, tables, log types; empty where it has no name for it.</param>
/// <param name="Triple">Sigma's product, category and service.</param>
/// <param name="Platform">Such as <c>windows</c>; empty where it is not one.</param>
public sealed record DraftSource(string Title, ImmutableArray<string> Names, (string? Product, string? Category, string? Service) Triple, string Platform)
{
    /// <summary>Tests that pick the source where its name does not.</summary>
    public ImmutableArray<DraftTest> Signature { get; init; } = [];
}
