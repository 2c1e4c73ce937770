using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Sources;
using Rulescope.Catalog.Store;
using Rulescope.Mcp.Answers;

namespace Rulescope.Mcp.Tools;

/// <summary>Tools about the catalog itself.</summary>
sealed class AboutTools(CatalogFile catalog)
{
    public IEnumerable<CatalogTool> All =>
    [
        new("about", "What is in the catalog", "The rule sets the catalog was built from, each with repository, commit, date, licence and number of rules; the licences of all rules; and when it was built.", CatalogSchemas.About, About),
    ];

    ToolAnswer About(ToolArguments arguments)
    {
        var index = new TechniqueIndex(catalog);
        var counts = index.Counts();
        var techniques = index.Read().Count(t => t.Rules > 0);
        return ToolAnswer.Of(
            output => AboutJson.Write(counts, techniques, AttributionLedger.Read(catalog), withAuthors: false, output),
            $"{CatalogTools.Count(counts.Rules, "live rule")} of {CatalogTools.Count(counts.Vendors.Length, "vendor")}, built {counts.BuiltAt:yyyy-MM-dd}.");
    }
}
