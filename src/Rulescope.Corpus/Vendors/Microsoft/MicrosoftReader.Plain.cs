using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <content>Plain query files: queries parted by blank lines, each with comments above it.</content>
public sealed partial class MicrosoftReader
{
    ImmutableArray<RuleDocument> ReadPlain(SourceFile file, SourceContext context, ImmutableArray<Diagnostic>.Builder findings)
    {
        var text = file.Source.Text;
        // Any text may be a .txt; the other endings say what they hold.
        var isText = file.Path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
        var parts = isText && !KustoText.HasOperator(text) ? [] : KustoText.Parts(text, new(0, text.Length))
            .Where(p => KustoText.HasQuery(text.Substring(p.Start, p.Length)) && (!isText || KustoText.HasOperator(text.Substring(p.Start, p.Length)))).ToImmutableArray();
        if (parts.IsEmpty)
        {
            findings.Add(Diagnostic.At(new(0, 0), MicrosoftCodes.NoQueryInFile));
            return [];
        }

        var shared = Shared(file, context);
        return Documents(shared, parts.Select(p => Described(text, p, shared.Title)));
    }

    static FoundQuery Described(string text, SourceSpan span, string title)
    {
        var query = text.Substring(span.Start, span.Length);
        var comments = KustoText.HeaderComments(query);
        return new(span, title, Platforms("", query))
        {
            Description = string.Join('\n', comments.Select(WithoutLabel)).Trim(),
            Techniques = [.. comments.SelectMany(TechniqueIds.In).Distinct(StringComparer.Ordinal)],
        };
    }

    static string WithoutLabel(string comment) =>
        comment.StartsWith("Description:", StringComparison.OrdinalIgnoreCase) ? comment["Description:".Length..].Trim() : comment;
}
