using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>A collection's page that maps its files to techniques: table rows with an id and a link to a file.</summary>
sealed class TechniqueMapping
{
    public const string FileName = "Mapping.md";

    readonly FrozenDictionary<string, ImmutableArray<string>> _techniques;

    TechniqueMapping(IEnumerable<(string Path, string Technique)> rows) => _techniques = rows
        .GroupBy(r => r.Path, r => r.Technique, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);

    public static TechniqueMapping Of(SourceContext context) => new(context.Companions.SelectMany(c => Rows(c.Path, c.Source.Text)));

    /// <summary>The techniques of a file by its path in the repository.</summary>
    public ImmutableArray<string> this[string path] => _techniques.GetValueOrDefault(path, []);

    static IEnumerable<(string Path, string Technique)> Rows(string mapping, string text)
    {
        foreach (var piece in Markdown.Pieces(text))
        {
            if (piece.Kind == MarkdownKind.Line && Markdown.Cells(piece.Text) is [var id, .., var link] && TechniqueIds.Leading(id) is { } technique)
                yield return (Resolve(mapping, Uri.UnescapeDataString(Markdown.Target(link))), technique);
        }
    }

    // A link is relative to the folder of the page.
    static string Resolve(string page, string link)
    {
        var folders = page.Split('/').SkipLast(1).ToList();
        foreach (var part in link.Split('/'))
        {
            if (part == ".." && folders.Count > 0)
                folders.RemoveAt(folders.Count - 1);
            else if (part is not ("." or ".."))
                folders.Add(part);
        }

        return string.Join('/', folders);
    }
}
