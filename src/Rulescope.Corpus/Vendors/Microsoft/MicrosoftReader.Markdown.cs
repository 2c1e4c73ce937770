using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <content>Markdown: a title, sections on the query, and the query in code blocks, one per platform.</content>
public sealed partial class MicrosoftReader
{
    // Headings over a query that say nothing of what it finds.
    static readonly ImmutableArray<string> PlainHeadings =
        ["", "Query", "Queries", "KQL", "Description", "References", "Risk", "Detection", "Example", "Examples"];

    ImmutableArray<RuleDocument> ReadMarkdown(SourceFile file, SourceContext context, ImmutableArray<Diagnostic>.Builder findings)
    {
        var pieces = Markdown.Pieces(file.Source.Text);
        var heading = pieces.FirstOrDefault(p => p.Kind == MarkdownKind.Heading);
        var title = heading is null ? Stem(file.Path) : heading.Text.Trim('*', '_', ' ');
        var queries = MarkdownQueries(file.Source.Text, pieces, title, findings);
        if (queries.IsEmpty)
            return [];
        var own = pieces.Where(p => p.Kind == MarkdownKind.Line).SelectMany(p => Markdown.Cells(p.Text))
            .Select(TechniqueIds.Leading).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        var mapped = context.Derive(TechniqueMapping.Of)[file.Path];
        // The mapping may name fewer; one more contradicts the file.
        if (!own.IsEmpty && mapped.Any(m => !own.Contains(m, StringComparer.Ordinal)))
            findings.Add(Diagnostic.At(heading?.Span ?? default, MicrosoftCodes.MappingDiffers, string.Join(", ", own), string.Join(", ", mapped)));
        var shared = Shared(file, context) with
        {
            Description = Section(pieces, "Description") is { Length: > 0 } description ? description : Introduction(pieces, heading),
            Authors = Authors(pieces),
            References = [.. Items(pieces, "References").Select(Markdown.Target)],
            FalsePositives = [.. Items(pieces, "False Positives")],
            Notes = Section(pieces, "Risk") is { Length: > 0 } risk ? [risk] : [],
            Techniques = own.IsEmpty ? mapped : own,
            Tactics = [.. Tactics(pieces)],
        };
        return Documents(shared, queries);
    }

    static ImmutableArray<FoundQuery> MarkdownQueries(
        string text, ImmutableArray<MarkdownPiece> pieces, string title, ImmutableArray<Diagnostic>.Builder findings)
    {
        var queries = ImmutableArray.CreateBuilder<FoundQuery>();
        var blocks = pieces.Where(p => p.Kind == MarkdownKind.Code).ToArray();
        foreach (var block in blocks)
        {
            if (block.IsUnclosed)
                findings.Add(Diagnostic.At(new(block.Span.Start, 0), MicrosoftCodes.UnclosedFence));
            if (IsKusto(block))
                queries.Add(new(block.Span, TitleOf(title, block.Heading), Platforms(block.Heading, block.Text)));
        }

        // Some pages have the query as a section of its own, without a fence.
        if (blocks.Length == 0)
        {
            foreach (var section in pieces.Where(p => p.Kind == MarkdownKind.Line).GroupBy(p => p.Heading, StringComparer.Ordinal))
            {
                var span = section.Select(p => p.Span).Aggregate(SourceSpan.Cover);
                if (KustoText.HasOperator(text.Substring(span.Start, span.Length)))
                    queries.AddRange(KustoText.Parts(text, span).Select(p => new FoundQuery(p, TitleOf(title, section.Key), Platforms(section.Key, text.Substring(p.Start, p.Length)))));
            }
        }

        return queries.ToImmutable();
    }

    static bool IsKusto(MarkdownPiece block)
    {
        var isNamed = block.Language.Contains("kql", StringComparison.OrdinalIgnoreCase) || block.Language.Contains("kusto", StringComparison.OrdinalIgnoreCase);
        return (isNamed || (block.Language.Length == 0 && KustoText.HasOperator(block.Text))) && KustoText.HasQuery(block.Text);
    }

    static string TitleOf(string title, string heading)
    {
        var isPlain = PlainHeadings.Contains(heading, StringComparer.OrdinalIgnoreCase)
            || string.Equals(title, heading.Trim('*', '_', ' '), StringComparison.Ordinal)
            || !Platforms(heading, "").IsEmpty;
        return isPlain ? title : $"{title}: {heading}";
    }

    static string Section(ImmutableArray<MarkdownPiece> pieces, string heading) =>
        string.Join('\n', Lines(pieces, heading).Select(p => p.Text)).Trim();

    static IEnumerable<string> Items(ImmutableArray<MarkdownPiece> pieces, string heading) => Lines(pieces, heading).Select(p => Markdown.Item(p.Text)).OfType<string>();

    static IEnumerable<MarkdownPiece> Lines(ImmutableArray<MarkdownPiece> pieces, string heading) =>
        pieces.Where(p => p.Kind == MarkdownKind.Line && p.Heading.TrimEnd(':').Equals(heading, StringComparison.OrdinalIgnoreCase));

    // What stands between the title and the next heading, without tables.
    static string Introduction(ImmutableArray<MarkdownPiece> pieces, MarkdownPiece? title)
    {
        var lines = pieces.SkipWhile(p => title is not null && p != title).Skip(title is null ? 0 : 1).TakeWhile(p => p.Kind == MarkdownKind.Line);
        return string.Join('\n', lines.Where(p => Markdown.Cells(p.Text).IsEmpty).Select(p => p.Text)).Trim();
    }

    // "- **Name:** Ada" under "Author", or "**Contributor:** Ada" at the end.
    static EquatableArray<string> Authors(ImmutableArray<MarkdownPiece> pieces)
    {
        var authors = ImmutableArray.CreateBuilder<string>();
        foreach (var piece in pieces.Where(p => p.Kind == MarkdownKind.Line))
        {
            var line = Markdown.Item(piece.Text) ?? piece.Text.Trim();
            var isName = piece.Heading.StartsWith("Author", StringComparison.OrdinalIgnoreCase) && line.StartsWith("**Name:**", StringComparison.OrdinalIgnoreCase);
            if (!isName && !line.StartsWith("**Contributor:**", StringComparison.OrdinalIgnoreCase))
                continue;
            if (line[(line.IndexOf(":**", StringComparison.Ordinal) + 3)..].Trim(' ', '<', '>') is { Length: > 0 } name)
                authors.Add(name);
        }

        return authors.ToImmutable();
    }

    // A table of tactics with a mark behind those that the query covers.
    static IEnumerable<string> Tactics(ImmutableArray<MarkdownPiece> pieces)
    {
        var marked =
            from piece in pieces
            where piece.Kind == MarkdownKind.Line
            let cells = Markdown.Cells(piece.Text)
            where cells is [_, "v" or "V" or "x" or "X" or "✓", ..]
            select TacticNames.Named(cells[0]);
        return marked.OfType<string>().Distinct(StringComparer.Ordinal);
    }
}
