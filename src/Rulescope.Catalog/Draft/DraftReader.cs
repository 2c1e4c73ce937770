using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Drafts;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Draft;

/// <summary>A rule to begin with, as a whole file of its vendor.</summary>
/// <param name="FileName">What the file may be called.</param>
/// <param name="Text">Read back, it shows the rows it was made of.</param>
public sealed record DraftedRule(Technique Technique, DraftLanguage Language, string FileName, string Text)
{
    /// <summary>The tests it asks for, as the guide has them; those without a name in the vendor's vocabulary are not among them.</summary>
    public ImmutableArray<CombinedTest> Tests { get; init; } = [];

    /// <summary>Clauses it leaves out.</summary>
    public ImmutableArray<SharedExclusion> Exclusions { get; init; } = [];
}

/// <summary>Drafts a rule for a technique from its strongest combination and the exclusions worth copying (SPEC T25, docs/guide.md).</summary>
/// <remarks>What is written is read back at once: a test that would not show the same row is left out and named, so a draft says what it claims to.</remarks>
public sealed class DraftReader(CatalogFile catalog)
{
    const int MostExclusions = 3;
    const int MostSingles = 6;
    const int MostNamed = 8;

    /// <summary>The draft; null with a message for people where the id names no technique or nothing of it can be said in the language.</summary>
    public DraftedRule? Read(string id, DraftLanguage language, out string message)
    {
        if (new GuideReader(catalog).Read(new(id) { Role = "behaviour" }, out message) is not { } guide)
            return null;
        using var connection = catalog.Connect();
        var sources = new DraftSources(connection);
        var names = new DraftNames(connection, catalog.Taxonomy.Fields, language.Reader.Vendor);
        var best = default(DraftAttempt);
        foreach (var candidate in Candidates(guide))
        {
            foreach (var source in sources.Of(candidate.RuleIds, language.Reader.Vendor))
            {
                var attempt = Attempt(guide, language, candidate, names, (sources, source));
                if (attempt.IsBetterThan(best))
                    best = attempt;
            }

            if (best is { IsWhole: true })
                break;
        }

        message = best is null ? $"no test of {guide.Technique.Id} can be said in {language.Title} yet: the rules here have none, or none in a log source that has a name there" : "";
        return best is null ? null : Drafted(guide, language, best);
    }

    // Where nothing combines, the commonest values stand alone.
    static IEnumerable<Combination> Candidates(TechniqueGuide guide) => guide.Insight.Combinations.Concat(
        guide.Indicators.Rows.Take(MostSingles).Select(r => new Combination(0, [new(r.Field, r.Owner, r.Kind, r.Value, r.Reach)], [], r.RuleIds)));

    DraftAttempt Attempt(TechniqueGuide guide, DraftLanguage language, Combination candidate, DraftNames names, (DraftSources All, DraftSource Own) sources)
    {
        var source = sources.Own;
        var attempt = new DraftAttempt(candidate, source.Source, [.. candidate.Tests.Select(t => names.Of(t, source.Id))]);
        // What is left out by rules about another log source does not belong here.
        foreach (var exclusion in guide.Insight.Exclusions)
        {
            var named = exclusion.Tests.Select(t => names.Of(t, source.Id)).ToImmutableArray();
            attempt = !sources.All.Reads(exclusion.RuleIds, source.Id) ? attempt
                : !exclusion.IsPlain ? attempt.Without(exclusion, "it holds brackets or a negation, or a part that was not read")
                : exclusion.Risk.CanBeMet ? attempt.Without(exclusion, $"an attacker can meet it, {string.Join(", ", exclusion.Risk.Fields)} is theirs to choose")
                : named.Any(t => !t.IsKnown) ? attempt.Without(exclusion, "not all its fields have a name in this log source")
                : attempt.Exclusions.Length == MostExclusions ? attempt.Without(exclusion, "three are enough to begin with")
                : attempt with { Exclusions = attempt.Exclusions.Add(new(exclusion, named)) };
        }

        return new DraftCheck(catalog.Taxonomy, language).Narrow(attempt, a => Draft(guide, language, a));
    }

    RuleDraft Draft(TechniqueGuide guide, DraftLanguage language, DraftAttempt attempt)
    {
        var technique = guide.Technique;
        var fields = string.Join(" and ", attempt.Tests.Select(t => t.Test.Field).Distinct(StringComparer.Ordinal));
        return new(
            IdOf($"{technique.Id} {language.Name}"), $"{technique.Name} seen in {fields}",
            $"A draft for {technique.Id}, {technique.Name}: what several rules ask for together, to be tried on data of one's own and made one's own.",
            DateOnly.FromDateTime(catalog.BuiltAt), TechniqueOf(technique), attempt.Source, [.. attempt.Tests.Select(t => t.Native)])
        {
            Exclusions = [.. attempt.Exclusions.Select(e => new DraftClause(e.Exclusion.IsAny, [.. e.Tests.Select(t => t.Native)]))],
            Notes = Notes(technique, attempt),
        };
    }

    static ImmutableArray<string> Notes(Technique technique, DraftAttempt attempt) =>
    [
        $"A draft for {technique.Id}, made of what other rules ask for; try it on data of your own.",
        $"Log source: {attempt.Source.Title}.",
        $"Rules that ask for this: {Ids(attempt.Candidate.RuleIds)}.",
        .. attempt.Tests.Where(t => !t.IsKnown).Select(t => $"{t.Native.Field}: the name this field has here is not known, so it stands under its canonical one."),
        .. attempt.Exclusions.Select(e => $"Excluded as in {Ids(e.Exclusion.RuleIds)}: {e.Exclusion.Text}"),
        .. attempt.LeftOut.Select(l => $"Left out: {l}."),
    ];

    static string Ids(ImmutableArray<string> ids) => string.Join(", ", ids.Take(MostNamed)) + (ids.Length > MostNamed ? $" and {ids.Length - MostNamed} more" : "");

    static DraftedRule Drafted(TechniqueGuide guide, DraftLanguage language, DraftAttempt attempt) =>
        new(guide.Technique, language, $"{guide.Technique.Id.ToLowerInvariant().Replace('.', '_')}_{language.Name}{language.Extension}", attempt.Text)
        {
            Tests = [.. attempt.Tests.Where(t => t.IsKnown).Select(t => t.Test)],
            Exclusions = [.. attempt.Exclusions.Select(e => e.Exclusion)],
        };

    static DraftTechnique TechniqueOf(Technique technique) => new(
        technique.Id, technique.Name ?? technique.Id,
        AttackId.ParentOf(technique.Id) is { } parent ? (parent, AttackFacts.Default.NameOf(parent) ?? parent) : null,
        [.. technique.Tactics.Select(t => new DraftTactic(t.Id, t.ShortName, t.Name))]);

    // The same draft has the same id wherever it is made.
    static string IdOf(string what) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"rulescope draft {what}")).AsSpan(0, 16)).ToString();
}
