using Rulescope.Mcp.Answers;
using Rulescope.Packages;
using Rulescope.Text;
using Rulescope.Text.Schemas;

namespace Rulescope.Mcp.Tools;

/// <summary>Tools about detection packages.</summary>
sealed class PackageTools(PackageLibrary library)
{
    public IEnumerable<CatalogTool> All =>
    [
        new("package", "Detection packages",
            "A detection package: a query for one technique and platform with its tables, tuning, tests, evidence by sample events and references. Without an id it lists all packages. "
            + "Commands of tests are for people to read; nothing runs them.",
            new JsonSchema.Either(PackageSchemas.Package, PackageSchemas.List), Package)
        {
            Parameters = [new ToolParameter.Line("id", "The id of a package, such as t1021.007-sentinel.")],
            Paged = ["packages"],
            HasRuleTexts = false,
        },
    ];

    ToolAnswer Package(ToolArguments arguments)
    {
        if (arguments.Text("id") is not { } id)
            return ToolAnswer.Of(output => PackageJson.WriteList(library.Packages, output), $"{CatalogTools.Count(library.Packages.Length, "package")}.");
        if (library.Find(id) is { } entry)
            return ToolAnswer.Of(output => PackageJson.Write(entry, output), $"{entry.Package.Id}: {entry.Title}, version {entry.Package.Version}; {(entry.Evidence.Holds ? "its tests find what they must" : "some test does not hold")}.");
        var near = Nearest.Of(id, library.Packages.Select(p => p.Package.Id));
        return new ToolAnswer.Refused($"there is no package '{ShownText.Line(id)}'{(near is null ? "; without an id the tool lists them" : $"; did you mean '{near}'?")}");
    }
}
