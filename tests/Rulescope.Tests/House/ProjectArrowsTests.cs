using System.Xml.Linq;

namespace Rulescope.Tests.House;

public class ProjectArrowsTests
{
    // A project and what it builds on. The picture is in docs/architecture.md; a new project takes its place here on purpose.
    static readonly Dictionary<string, string[]> BuildsOn = new(StringComparer.Ordinal)
    {
        ["Text"] = [],
        ["Algebra"] = ["Text"],
        ["Languages"] = ["Algebra"],
        ["Corpus"] = ["Languages"],
        ["Taxonomy"] = ["Algebra"],
        ["Engine"] = ["Taxonomy"],
        ["Catalog"] = ["Corpus", "Taxonomy"],
        ["Packages"] = ["Engine", "Languages"],
        ["Web"] = ["Catalog", "Packages"],
        ["Mcp"] = ["Catalog", "Packages"],
        ["Cli"] = ["Web", "Mcp", "Catalog", "Engine", "Packages"],
    };

    static readonly IReadOnlyList<string> Projects = [.. Tree.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))];

    [Fact]
    public void Every_project_has_its_place() => Assert.Equal(BuildsOn.Keys.Order(StringComparer.Ordinal), Projects.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public void No_arrow_points_back()
    {
        var wrong = from project in Projects
                    let name = NameOf(project)
                    from reference in References(project, "ProjectReference").Select(NameOf)
                    where BuildsOn.ContainsKey(name) && !Below(name).Contains(reference)
                    select $"{name} must not build on {reference}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Text_depends_on_nothing() =>
        Assert.Empty(References("src/Rulescope.Text/Rulescope.Text.csproj", "PackageReference"));

    [Fact]
    public void Nothing_builds_on_tests()
    {
        var all = Tree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));
        Assert.DoesNotContain(all.SelectMany(f => References(f, "ProjectReference")), r => NameOf(r).EndsWith("Tests", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var all = Tree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal));
        var solution = XDocument.Load(Tree.PathOf("Rulescope.slnx")).Descendants("Project").Select(p => (string?)p.Attribute("Path") ?? "");
        Assert.Empty(all.Except(solution, StringComparer.Ordinal));
    }

    // Building on a project is building on all that it builds on.
    static HashSet<string> Below(string name)
    {
        var below = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(BuildsOn[name]);
        while (open.TryPop(out var next))
        {
            if (below.Add(next))
                Array.ForEach(BuildsOn[next], open.Push);
        }

        return below;
    }

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Tree.PathOf(project)).Descendants(kind).Select(r => (string?)r.Attribute("Include") ?? "");

    static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/')).Replace("Rulescope.", "", StringComparison.Ordinal);
}
