using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Cli.Rendering;

/// <summary>A guide as it is printed: behaviour before thresholds and selectors, each table cut to its first rows.</summary>
sealed record GuideRows(
    TechniqueGuide Guide, ImmutableArray<FieldRow> Fields, ImmutableArray<IndicatorRow> Indicators, ImmutableArray<ExclusionRow> Exclusions)
{
    const int MostFields = 15;
    const int MostIndicators = 30;
    const int MostExclusions = 15;

    static readonly string[] Roles = ["behaviour", "threshold", "selector"];

    /// <summary>The rows of a guide that was read with all of them.</summary>
    public static GuideRows Of(TechniqueGuide guide, bool all) => new(
        guide,
        [.. guide.Fields.Rows.OrderBy(r => Array.IndexOf(Roles, r.Role)).Take(all ? int.MaxValue : MostFields)],
        [.. guide.Indicators.Rows.OrderBy(r => Array.IndexOf(Roles, r.Role)).Take(all ? int.MaxValue : MostIndicators)],
        [.. guide.Exclusions.Rows.Take(all ? int.MaxValue : MostExclusions)]);

    public string Title => $"{AttackFacts.Default.FullNameOf(Guide.Technique.Id)} {Guide.Technique.Id}";

    public string Tactics => string.Join(", ", Guide.Technique.Tactics.Select(t => $"{t.Name} {t.Id}"));

    public string Platforms => string.Join(", ", Guide.Technique.Platforms);

    /// <summary>What the question left over, in words; empty when nothing was asked for.</summary>
    public string Filter
    {
        get
        {
            var question = Guide.Question;
            return string.Join(", ", ((string?[])
            [
                question.Platform is { } platform ? $"platform {platform}" : null,
                question.Domain is { } domain ? $"domain {domain}" : null,
                question.Vendor is { } vendor ? $"vendor {vendor}" : null,
                question.Level is { } level ? $"level {level}" : null,
                question.Role != "all" ? $"role {question.Role}" : null,
                question.Include.IsEmpty ? null : $"also {string.Join(", ", question.Include)}",
                question.WithSubtechniques ? "with sub-techniques" : null,
                question.Plain ? "plain reading" : null,
            ]).OfType<string>());
        }
    }

    /// <summary>How many events some rule of the technique covers.</summary>
    public string EventsIntro => Guide.Events.Length == 1
        ? "1 catalog event is tagged with this technique by at least one rule."
        : $"{Words.Number(Guide.Events.Length)} catalog events are tagged with this technique by at least one rule.";

    /// <summary>What the tables are drawn from.</summary>
    public string Intro
    {
        get
        {
            var rules = Guide.Rules;
            if (rules.Total == 0)
                return "No rule of this catalog fits, so there is nothing to draw a guide from.";
            var logic = rules.WithoutLogic == 0 ? "" : $" {Words.Number(rules.WithoutLogic)} of them {(rules.WithoutLogic == 1 ? "has" : "have")} no logic to read, such as machine learning.";
            return $"Drawn from {Words.Count(rules.Total, "rule")}, {Words.Number(rules.Readable)} of them with fully readable logic.{logic}"
                + " Names are normalised over vendors where the taxonomy knows them, and a rule counts at most once per row."
                + " Reach is the number of rules in the whole catalog, of any technique, that look for the same value; blank where it is this rule alone."
                + (Guide.PublicCounts is { } date ? $" It holds the counts of {date} over the public rule sets, which are not in this catalog." : "");
        }
    }

    /// <summary>The number of rules under sub-techniques, and kinds that were left out.</summary>
    public IEnumerable<string> Asides()
    {
        var rules = Guide.Rules;
        if (!Guide.Question.WithSubtechniques && rules.WithSubtechniques > rules.Total)
            yield return $"{Words.Count(rules.WithSubtechniques, "rule")} with its sub-techniques (--with-subtechniques).";
        if (!rules.LeftOut.IsEmpty)
            yield return $"Left out: {string.Join(", ", rules.LeftOut.Select(f => $"{f.Name} {Words.Number(f.Rules)}"))} (--include).";
    }
}
