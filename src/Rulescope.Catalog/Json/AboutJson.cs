using System.Globalization;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Json;

/// <summary>What a catalog was built from, as JSON (<c>about</c> in docs/json.md). Paths on the machine that built it stay there.</summary>
public static class AboutJson
{
    /// <summary>MITRE asks for this line wherever its content is shown.</summary>
    public const string Attribution = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";

    public static void Write(CatalogCounts counts, int techniques, IEnumerable<CatalogSource> sources, Stream output) => JsonShapes.Write(output, json =>
    {
        json.WriteString("builtAt", counts.BuiltAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("attackVersion", AttackFacts.Default.Version);
        json.WriteNumber("rules", counts.Rules);
        json.WriteNumber("readable", counts.Readable);
        json.WriteNumber("documents", counts.Documents);
        json.WriteNumber("techniques", techniques);
        json.Object("vendors", () =>
        {
            foreach (var vendor in counts.Vendors)
                json.WriteNumber(vendor.Name, vendor.Rules);
        });
        json.Objects("sources", sources, s =>
        {
            json.WriteString("vendor", s.Vendor);
            json.WriteString("repository", s.Repository);
            json.WriteString("commit", s.Commit);
            json.WriteString("date", s.Date);
            json.WriteString("license", s.License);
            json.WriteNumber("rules", s.Rules);
        });
        json.WriteString("attribution", Attribution);
    });
}
