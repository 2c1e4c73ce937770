using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Languages.Kusto;
using Rulescope.Packages;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Web.Site;

/// <summary>A package as its page shows it, with the numbers of the exclusions that are put into the query.</summary>
public sealed record ShownPackage(PackageEntry Entry, IReadOnlySet<int> Without)
{
    public DetectionPackage Package => Entry.Package;

    public Technique? Technique { get; } = AttackFacts.Default.Find(Entry.TechniqueId);

    public string Query { get; } = TunedQuery.Write(Entry.Reading, Without);

    /// <summary>The page with one exclusion put in, or taken out where it is in.</summary>
    public string Toggled(int number) => Links.Package(Package.Id, Without.Contains(number) ? Without.Except([number]) : Without.Append(number)) + "#query";

    /// <summary>The number of a reference in the list, from 1; 0 for none.</summary>
    public int NumberOf(string reference) => Package.References.Items.Select(r => r.Id).ToList().IndexOf(reference) + 1;
}

/// <summary>A piece of a query and the class it is coloured by; null for none.</summary>
public readonly record struct QueryPiece(string Text, string? Class);

/// <summary>A Kusto text in colours, by its tokens.</summary>
public static class QueryColours
{
    // Only words that shape a query; the others are many, and most of them are free as names.
    static readonly FrozenSet<string> Words = FrozenSet.Create(
        StringComparer.Ordinal,
        "let", "union", "where", "extend", "project", "project-away", "project-keep", "project-rename", "summarize", "by", "join", "kind", "on", "case", "iff", "and", "or", "in", "in~",
        "has", "has_any", "contains", "startswith", "endswith", "matches regex", "dynamic");

    /// <summary>The pieces in order; together they are the text.</summary>
    public static ImmutableArray<QueryPiece> Of(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<QueryPiece>();
        var at = 0;
        foreach (var token in KustoLexer.Read(text).Value)
        {
            Between(text[at..token.Span.Start], pieces);
            var word = text.Substring(token.Span.Start, token.Span.Length);
            pieces.Add(new(word, token.Kind is KustoTokenKind.String ? "q-s" : Words.Contains(word) ? "q-w" : null));
            at = token.Span.End;
        }

        return pieces.ToImmutable();
    }

    // Between tokens are blanks and comments.
    static void Between(string text, ImmutableArray<QueryPiece>.Builder pieces)
    {
        while (text.Length > 0)
        {
            var comment = text.IndexOf("//", StringComparison.Ordinal);
            var cut = comment < 0 ? text.Length : comment > 0 ? comment : text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length;
            pieces.Add(new(text[..cut], comment == 0 ? "q-c" : null));
            text = text[cut..];
        }
    }
}
