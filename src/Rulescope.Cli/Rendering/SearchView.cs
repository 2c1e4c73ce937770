using Rulescope.Catalog.Search;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>What a search found, on a terminal.</summary>
static class SearchView
{
    const int MostFacets = 8;

    public static void Write(IAnsiConsole console, SearchResult result)
    {
        console.Paragraph(result.Total == 0 ? "No rule fits." : $"{Words.Count(result.Total, "rule")} {(result.Total == 1 ? "fits" : "fit")}.", Page.Strong);
        console.Facts(result.Facets
            .Where(f => f.Value.Length > 1)
            .Select(f => (f.Key, string.Join(", ", f.Value.Take(MostFacets).Select(v => $"{SafeText.Line(v.Name)} {Words.Number(v.Rules)}"))
                + (f.Value.Length > MostFacets ? $", and {Words.Number(f.Value.Length - MostFacets)} more" : ""))));
        if (!result.Techniques.IsEmpty)
        {
            console.Heading("Techniques");
            console.Facts(result.Techniques.Select(t => (t.Technique.Id, $"{t.FullName} ({Words.Count(t.Rules, "rule")})")), indent: 2);
        }

        if (result.Rules.IsEmpty)
            return;
        console.Heading("Rules");
        foreach (var rule in result.Rules)
            RuleLines.Write(console, rule);
        if (result.Rules.Length < result.Total)
            console.Paragraph($"{Words.Number(result.Total - result.Rules.Length)} more: --limit shows them", Page.Quiet, indent: 2);
    }
}
