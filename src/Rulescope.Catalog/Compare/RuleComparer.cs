using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Compare;

/// <summary>Compares rules with those of a catalog. Their rows are read and named exactly as a build would.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="taxonomy">The one the catalog was built with; with another one, rows that are the same may not meet.</param>
public sealed class RuleComparer(CatalogFile catalog, CatalogTaxonomy taxonomy)
{
    /// <summary>True when rows read now are named as those of the catalog were.</summary>
    public bool FitsCatalog => CatalogBuild.IsOf(catalog, taxonomy);

    /// <summary>Compares one rule.</summary>
    /// <param name="document">The rule as its vendor's reader gives it.</param>
    /// <param name="technique">The technique whose tables are taken; null for those the rule names. Its rules are those tagged with the id itself.</param>
    public RuleComparison Compare(RuleDocument document, Technique? technique = null)
    {
        var record = RuleRecord.Of(document, taxonomy);
        using var connection = catalog.Connect();
        return Compare(connection, OwnRule.Of(record, connection), Entry(record), technique, record.Techniques) with
        {
            Unread = [.. (record.Reading?.Unread ?? []).Select(u => new UnreadPart(u.SourceText, document.Source.Position(u.Span).Line))],
        };
    }

    /// <summary>Compares a rule of the catalog with the others.</summary>
    public RuleComparison Compare(RulePage page, Technique? technique = null)
    {
        using var connection = catalog.Connect();
        return Compare(connection, OwnRule.Of(page.Entry, connection), page.Entry, technique, [.. page.Techniques.Select(t => (t.Id, t.Written))]) with { Unread = page.Unread };
    }

    RuleComparison Compare(SqliteConnection connection, OwnRule own, RuleEntry entry, Technique? technique, ImmutableArray<(string Technique, string Written)> named)
    {
        var counts = new RowCounts(connection);
        var facts = AttackFacts.Default;
        var placement = new TechniquePlacement(connection, counts, own, taxonomy.Fields);
        ImmutableArray<Technique> techniques = technique is not null ? [technique] : [.. named.Select(t => facts.Find(t.Technique)).OfType<Technique>()];
        return new(entry)
        {
            Unplaced = technique is not null ? [] : [.. named.Where(t => facts.Find(t.Technique) is null).Select(t => t.Written)],
            Techniques = [.. techniques.Select(placement.Of)],
            Near = new NearRules(connection, counts, own).Find(),
        };
    }

    static RuleEntry Entry(RuleRecord record)
    {
        var document = record.Document;
        return new(document.Vendor, document.Id, document.Title, document.Language.ToString().ToLowerInvariant(), document.Level, document.Status)
        {
            Kind = document.Kind.Word(),
            Platforms = record.Platforms,
            Domains = record.Domains,
            Authors = [.. document.Authors],
            License = document.License,
            Path = document.Path,
            Changed = document.Modified ?? document.Created,
            IsReadable = record.IsReadable,
            HasLogic = record.HasLogic,
        };
    }
}
