using System.Collections.Immutable;
using Rulescope.Catalog.Checking;
using Rulescope.Catalog.Compare;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Text.Findings;

namespace Rulescope.Web.Site;

/// <summary>What a visitor asks: a rule, and how it is to be taken.</summary>
/// <param name="Text">The rule's text, or nothing yet.</param>
/// <param name="Language">As <c>--lang</c> names it; empty where it is to be told from the text.</param>
/// <param name="Technique">As it was written; empty for those the rule names.</param>
public sealed record CompareQuestion(string Text, string Language, string Technique);

/// <summary>The page where a rule is laid beside the catalog.</summary>
public sealed record ComparePage(CompareQuestion Question)
{
    /// <summary>Why there is no answer, for people; empty where there is one or nothing was asked.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The pasted text as it was read; null for a rule of the catalog.</summary>
    public PastedRule? Read { get; init; }

    /// <summary>The rule of the catalog that is compared, or null.</summary>
    public RuleEntry? Subject { get; init; }

    public ImmutableArray<RuleComparison> Comparisons { get; init; } = [];

    /// <summary>Rules of the text beyond the first that are compared at once.</summary>
    public int Left { get; init; }

    /// <summary>The rules that the comparison names.</summary>
    public IReadOnlyDictionary<string, RuleEntry> Entries { get; init; } = ImmutableDictionary<string, RuleEntry>.Empty;

    /// <summary>False where the catalog was built otherwise than the rule was read, so that rows which are the same may not meet.</summary>
    public bool FitsCatalog { get; init; } = true;

    public bool IsAnswered => Read is not null || !Comparisons.IsEmpty;

    /// <summary>What reading the text found; nothing for a rule of the catalog.</summary>
    public FindingsReport Report => Read?.Report ?? new([], []);
}

/// <summary>Answers what is asked on the page, from the catalog of a request.</summary>
public sealed class Comparing(RuleComparer comparer, RuleReader rules)
{
    /// <summary>The most rules of one text that are compared.</summary>
    public const int MostRules = 10;

    // Rules whose titles are shown; the others go by their ids.
    const int MostNamed = 2_000;

    /// <summary>A pasted rule beside the catalog.</summary>
    public ComparePage Answer(CompareQuestion question, PastedRule read)
    {
        var technique = Technique(question, out var problem);
        if (problem.Length > 0)
            return new(question) { Problem = problem };
        return Named(new(question)
        {
            Read = read,
            Comparisons = [.. read.Documents.Take(MostRules).Select(d => comparer.Compare(d, technique))],
            Left = Math.Max(0, read.Documents.Length - MostRules),
        });
    }

    /// <summary>A rule of the catalog beside the others, as the catalog has read it.</summary>
    public ComparePage Answer(CompareQuestion question, RulePage rule)
    {
        var technique = Technique(question, out var problem);
        if (problem.Length > 0)
            return new(question) { Problem = problem };
        return Named(new(question) { Subject = rule.Entry, Comparisons = [comparer.Compare(rule, technique)] });
    }

    static Rulescope.Taxonomy.Attack.Technique? Technique(CompareQuestion question, out string problem)
    {
        problem = "";
        return question.Technique.Length == 0 ? null : TechniqueNames.Find(question.Technique, out problem);
    }

    ComparePage Named(ComparePage page) => page with
    {
        FitsCatalog = comparer.FitsCatalog,
        Entries = rules.Entries([.. page.Comparisons.SelectMany(Ids).Distinct(StringComparer.Ordinal).Take(MostNamed)]),
    };

    static IEnumerable<string> Ids(RuleComparison comparison) => comparison.Techniques.SelectMany(t => t.MissingExclusions.Take(CompareLimits.MostClauses).SelectMany(m => m.Clauses.Select(c => c.RuleId))
        .Concat(Lists(t).SelectMany(rows => rows.Take(CompareLimits.MostRows)).SelectMany(r => r.RuleIds.Take(CompareLimits.MostLinks))));

    static IEnumerable<ImmutableArray<ComparedRow>> Lists(TechniqueComparison technique) => [technique.Noisy, technique.Matching, technique.Rare, technique.Missing];
}

/// <summary>How much of a comparison the page shows; the JSON has all of it.</summary>
public static class CompareLimits
{
    public const int MostRows = 30;
    public const int MostClauses = 20;
    public const int MostNear = 12;
    public const int MostLinks = 8;
    public const int MostDifferences = 20;
}
