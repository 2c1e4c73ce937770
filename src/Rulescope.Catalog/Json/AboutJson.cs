using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Sources;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Json;

/// <summary>What a catalog was built from, whose rules it holds and on which terms, as JSON (docs/json.md). Paths on the machine that built it stay there.</summary>
public static class AboutJson
{
    /// <summary>MITRE asks for this line wherever its content is shown.</summary>
    public const string Attribution = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";

    /// <summary>Writes the document.</summary>
    /// <param name="counts">Numbers about the whole catalog.</param>
    /// <param name="techniques">Techniques with a rule of their own.</param>
    /// <param name="ledger">Whose rules they are.</param>
    /// <param name="withAuthors">With the authors, who may be thousands.</param>
    /// <param name="output">Where the document goes.</param>
    public static void Write(CatalogCounts counts, int techniques, AttributionLedger ledger, bool withAuthors, Stream output) => JsonShapes.Write(output, json =>
    {
        json.BuiltAt(counts);
        json.WriteString("attackVersion", AttackFacts.Default.Version);
        json.WriteNumber("rules", counts.Rules);
        json.WriteNumber("readable", counts.Readable);
        json.WriteNumber("documents", counts.Documents);
        json.WriteNumber("techniques", techniques);
        json.Facets("vendors", counts.Vendors);
        json.Objects("sources", ledger.Sources, json.Source);
        json.Objects("licenses", ledger.Licenses, l =>
        {
            json.WriteString("vendor", l.Vendor);
            json.WriteString("license", l.Name.Length == 0 ? null : l.Name);
            json.WriteNumber("rules", l.Rules);
        });
        if (withAuthors)
        {
            json.Objects("authors", ledger.Authors, a =>
            {
                json.WriteString("vendor", a.Vendor);
                json.WriteString("author", a.Name);
                json.WriteNumber("rules", a.Rules);
            });
        }

        json.WriteString("attribution", Attribution);
    });
}
