using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Corpus;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>Where another file begins in a rule's text.</summary>
public sealed record FilePart(int Start, string Path);

/// <summary>Where a query stands in a rule's text, and its language.</summary>
public sealed record QueryPart(int Start, int Length, RuleLanguage Language);

/// <summary>What a rule's text is made of, as the catalog keeps it; places count from the begin of the rule's own stretch.</summary>
static class TextLayout
{
    public static string FilesOf(RuleDocument document) => JsonSerializer.Serialize(
        document.Source.Parts.Items.Where(p => document.Extent.Contains(new(p.Start, 0))).Select(p => new FilePart(p.Start - document.Extent.Start, p.Path)).ToArray(), CatalogJson.Default.FilePartArray);

    public static string CodeOf(RuleDocument document) => JsonSerializer.Serialize(
        document.Code.Items.Where(c => document.Extent.Contains(c.Span)).Select(c => new QueryPart(c.Span.Start - document.Extent.Start, c.Span.Length, c.Language)).ToArray(), CatalogJson.Default.QueryPartArray);

    public static ImmutableArray<FilePart> Files(string json) => [.. JsonSerializer.Deserialize(json, CatalogJson.Default.FilePartArray) ?? []];

    public static ImmutableArray<CodePart> Code(string json) =>
        [.. (JsonSerializer.Deserialize(json, CatalogJson.Default.QueryPartArray) ?? []).Select(q => new CodePart(new SourceSpan(q.Start, q.Length), q.Language))];
}
