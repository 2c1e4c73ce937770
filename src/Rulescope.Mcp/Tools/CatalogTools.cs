using System.Collections.Immutable;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Packages;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Mcp.Tools;

/// <summary>The tools over one catalog.</summary>
public static class CatalogTools
{
    /// <summary>All of them, in the order a client lists them.</summary>
    public static ImmutableArray<CatalogTool> Of(CatalogFile catalog, PackageLibrary packages) =>
    [
        .. new SearchTools(catalog).All,
        .. new GuideTools(catalog).All,
        .. new FieldTools(catalog).All,
        .. new OwnRuleTools(catalog).All,
        .. new PackageTools(packages).All,
        .. new AboutTools(catalog).All,
    ];

    internal static ToolParameter.Line Vendor(string meaning) => new("vendor", meaning, [.. Vendors.Order]);

    /// <summary>A technique of any ATT&amp;CK version; null with a message that names one near it.</summary>
    internal static Technique? Technique(string written, out string message)
    {
        message = "";
        var facts = AttackFacts.Default;
        var resolution = facts.Resolve(written);
        if (resolution is { HasPage: true, Id: { } id } && facts.Find(id) is { } technique)
            return technique;
        message = TechniqueNames.Explain(resolution);
        var named = facts.Techniques.Where(t => t.Name?.Contains(written, StringComparison.OrdinalIgnoreCase) == true).Take(5).Select(t => $"{t.Id} ({t.Name})").ToArray();
        if (named.Length > 0)
            message += $"; did you mean {string.Join(", ", named)}?";
        else if (Nearest.Of(written, facts.Techniques.Select(t => t.Id)) is { } near)
            message += $"; did you mean {near} ({facts.NameOf(near)})?";
        return null;
    }

    /// <summary><c>1 rule</c>, <c>2 rules</c></summary>
    internal static string Count(int number, string one) => $"{number} {one}{(number == 1 ? "" : "s")}";
}
