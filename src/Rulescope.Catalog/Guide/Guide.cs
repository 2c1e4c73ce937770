using System.Collections.Immutable;
using Rulescope.Corpus.Provenance;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Catalog.Guide;

/// <summary>What is asked of the guide; the defaults are those of the page.</summary>
/// <param name="Technique">An id of any ATT&amp;CK version, any case.</param>
public sealed record GuideQuestion(string Technique)
{
    /// <summary><c>behaviour</c>, <c>selector</c>, <c>threshold</c> or <c>all</c>.</summary>
    public string Role { get; init; } = "all";

    public string? Platform { get; init; }

    public string? Domain { get; init; }

    public string? Vendor { get; init; }

    /// <summary>A level such as <c>high</c>.</summary>
    public string? Level { get; init; }

    /// <summary>Names of the data at hand, parted by commas: only rules that can run on it.</summary>
    public string? Data { get; init; }

    /// <summary>Kinds beside live rules, in the words of <c>--include</c>.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    public bool WithSubtechniques { get; init; }

    /// <summary>The reference's plain reading (SPEC P01).</summary>
    public bool Plain { get; init; }

    /// <summary>Every row, not only the page's first ones.</summary>
    public bool All { get; init; }
}

/// <summary>The authoring guide of one technique: what all rules under it check.</summary>
public sealed record TechniqueGuide(Technique Technique, GuideQuestion Question)
{
    /// <summary>The description in full, or null where none was imported.</summary>
    public string? Description { get; init; }

    /// <summary>The id whose text the description is, where it is not the technique's own.</summary>
    public string? DescriptionFrom { get; init; }

    public string AttackVersion { get; init; } = "";

    public string DescriptionVersion { get; init; } = "";

    /// <summary>The day of the counts over public rule sets that reach holds beside this catalog's own rules (<c>yyyy-MM-dd</c>); null where it counts these alone.</summary>
    public string? PublicCounts { get; init; }

    public required GuideRules Rules { get; init; }

    public ImmutableArray<GuideEvent> Events { get; init; } = [];

    public required GuideTable<FieldRow> Fields { get; init; }

    public required GuideTable<IndicatorRow> Indicators { get; init; }

    public required GuideTable<ExclusionRow> Exclusions { get; init; }

    /// <summary>The indicators as a page shows them: long lists of one rule take one line. The limit counts lines.</summary>
    public ImmutableArray<IndicatorLine> Lines { get; init; } = [];

    public required GuideInsight Insight { get; init; }

    /// <summary>How many rows each role has, whatever role was asked for; <c>all</c> comes last.</summary>
    public ImmutableArray<RoleCount> Roles { get; init; } = [];
}

/// <summary>The rules a guide is drawn from.</summary>
/// <param name="Total">Rules after the filters.</param>
/// <param name="Readable">Those with logic and nothing unread in it.</param>
/// <param name="WithoutLogic">Those that have no logic to read (machine learning).</param>
/// <param name="WithSubtechniques">The number with the rules of sub-techniques, each once.</param>
public sealed record GuideRules(int Total, int Readable, int WithoutLogic, int WithSubtechniques, ImmutableArray<VendorRules> Vendors)
{
    /// <summary>The newest change among them.</summary>
    public DateOnly? Newest { get; init; }

    /// <summary>What a filter can be set to, with the number of live rules that all other filters leave.</summary>
    public ImmutableArray<Facet> Platforms { get; init; } = [];

    public ImmutableArray<Facet> Domains { get; init; } = [];

    /// <summary>From the lowest level to the highest, then what is none of them.</summary>
    public ImmutableArray<Facet> Levels { get; init; } = [];

    /// <summary>In the order of the pages.</summary>
    public ImmutableArray<Facet> VendorNames { get; init; } = [];

    /// <summary>Kinds that were left out, with their number.</summary>
    public ImmutableArray<Facet> LeftOut { get; init; } = [];
}

public sealed record Facet(string Name, int Rules);

public sealed record VendorRules(string Vendor, int Count, ImmutableArray<RuleEntry> Rules);

/// <summary>A rule in a list.</summary>
public sealed record RuleEntry(string Vendor, string Id, string Title, string Language, string Level, string Status)
{
    public string Kind { get; init; } = "rule";

    public ImmutableArray<string> Platforms { get; init; } = [];

    public ImmutableArray<string> Domains { get; init; } = [];

    public ImmutableArray<string> Authors { get; init; } = [];

    public string? License { get; init; }

    public string? Repository { get; init; }

    public string Path { get; init; } = "";

    public string? Commit { get; init; }

    public DateOnly? Created { get; init; }

    /// <summary>The last change; the day it was made where none is known.</summary>
    public DateOnly? Changed { get; init; }

    public bool IsReadable { get; init; }

    public bool HasLogic { get; init; }

    /// <summary>What the catalog holds of it.</summary>
    public Publish Publish { get; init; }
}

/// <summary>An event that some rule of the technique covers.</summary>
public sealed record GuideEvent(string Id, string Title, int Rules);

/// <summary>Rows of a table, and how many there are in all.</summary>
public sealed record GuideTable<T>(int Distinct, ImmutableArray<T> Rows);

/// <summary>One field that rules filter on.</summary>
/// <param name="Owner">The vendor whose own name the field is; empty for one that all vendors share.</param>
public sealed record FieldRow(
    string Field, string Owner, string Role, int Rules, ImmutableArray<OperatorCount> How, ImmutableArray<string> Samples, ImmutableArray<NativeName> Natives)
{
    /// <summary>As <c>vendor/id</c>, in ordinal order.</summary>
    public ImmutableArray<string> RuleIds { get; init; } = [];
}

public sealed record OperatorCount(string Operator, int Rules);

/// <summary>A name some vendor's rules have for a field.</summary>
/// <param name="Mapping">The taxonomy's entry for it; empty where there is none.</param>
public sealed record NativeName(string Vendor, string Name, string Mapping);

/// <summary>One value that rules look for.</summary>
/// <param name="RuleIds">As <c>vendor/id</c>, in ordinal order.</param>
public sealed record IndicatorRow(string Field, string Owner, string Kind, string Value, string Role, int Rules, int Reach, ImmutableArray<string> RuleIds)
{
    /// <summary>How the rules spell it where they differ from <see cref="Value"/>.</summary>
    public ImmutableArray<string> Spellings { get; init; } = [];

    public ImmutableArray<NativeName> Natives { get; init; } = [];

    /// <summary>Where the rules say it.</summary>
    public ImmutableArray<RulePlace> Places { get; init; } = [];

    /// <summary>How rules write the value that do not write it so.</summary>
    public ImmutableArray<WrittenValue> Written { get; init; } = [];

    /// <summary>Of a long list of one rule and not among its first members: a page folds it (SPEC T23).</summary>
    public bool IsFolded { get; init; }
}

/// <summary>One line of a page's table of indicators.</summary>
/// <param name="Rows">One row; or the folded ones of one rule, which share field, kind and rule.</param>
public sealed record IndicatorLine(ImmutableArray<IndicatorRow> Rows)
{
    public bool IsFold => Rows[0].IsFolded;
}

/// <summary>How many distinct rows of the three tables have a role.</summary>
public sealed record RoleCount(string Role, int Fields, int Values, int Exclusions);

public sealed record ExclusionRow(string Field, string Owner, string Kind, string? Value, int Rules, ImmutableArray<ClauseText> Clauses)
{
    /// <summary>How the rules spell it where they differ from <see cref="Value"/>.</summary>
    public ImmutableArray<string> Spellings { get; init; } = [];

    public ImmutableArray<NativeName> Natives { get; init; } = [];

    /// <summary>Where the rules say it.</summary>
    public ImmutableArray<RulePlace> Places { get; init; } = [];

    /// <summary>How rules write the value that do not write it so.</summary>
    public ImmutableArray<WrittenValue> Written { get; init; } = [];
}

/// <summary>Where a rule says what a row shows; one that says it nowhere in particular has no place.</summary>
/// <param name="RuleId">As <c>vendor/id</c>.</param>
/// <param name="Span">In the rule's own text.</param>
public sealed record RulePlace(string RuleId, SourceSpan Span);

/// <summary>A value in a rule's own words, where those are not the row's.</summary>
/// <param name="RuleId">As <c>vendor/id</c>.</param>
/// <param name="How">What makes the row's value of it: the modifiers of the test, or the entry of the taxonomy; empty where the language itself does.</param>
public sealed record WrittenValue(string RuleId, string Text, string How);

/// <summary>The whole clause an exclusion stands in.</summary>
public sealed record ClauseText(string RuleId, string Label, string Text);
