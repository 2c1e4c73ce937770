using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Packages;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Web.Site;

/// <summary>A package as its page shows it, with the numbers of the exclusions that are put into the query.</summary>
public sealed record ShownPackage(PackageEntry Entry, IReadOnlySet<int> Without)
{
    public DetectionPackage Package => Entry.Package;

    public Technique? Technique { get; } = AttackFacts.Default.Find(Entry.TechniqueId);

    public string Query { get; } = TunedQuery.Write(Entry.Reading, Without);

    /// <summary>The query as the page shows it.</summary>
    public ImmutableArray<CodePiece> Pieces => CodePiece.Plain(Query, Enum.TryParse<RuleLanguage>(Package.Language, ignoreCase: true, out var language) ? RuleCode.Tokens(language, Query) : []);

    /// <summary>The page with one exclusion put in, or taken out where it is in.</summary>
    public string Toggled(int number) => Links.Package(Package.Id, Without.Contains(number) ? Without.Except([number]) : Without.Append(number)) + "#query";

    /// <summary>The number of a reference in the list, from 1; 0 for none.</summary>
    public int NumberOf(string reference) => Package.References.Items.Select(r => r.Id).ToList().IndexOf(reference) + 1;
}
