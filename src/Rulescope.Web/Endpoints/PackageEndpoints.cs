using System.Globalization;
using System.Text;
using Rulescope.Packages;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/packages</c>: detection packages, their JSON twins, and their queries as files.</summary>
static class PackageEndpoints
{
    public static void MapPackages(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/packages", (PackageLibrary library) => Answers.Page<PackagesView>(library));
        routes.MapRead("/packages.json", (PackageLibrary library) => Answers.JsonTwin(output => PackageJson.WriteList(library.Packages, output)));
        routes.MapRead("/packages/{id}", Page);
        routes.MapRead("/packages/{id}.json", (string id, PackageLibrary library) => library.Find(id) is { } package
            ? Answers.JsonTwin(output => PackageJson.Write(package, output))
            : Answers.NoTwin($"there is no package '{id}'"));
        routes.MapRead("/packages/{id}.kql", Query);
    }

    static IResult Page(string id, HttpRequest request, PackageLibrary library)
    {
        if (library.Find(id) is not { } package)
            return TypedResults.NotFound();
        return string.Equals(id, package.Package.Id, StringComparison.Ordinal)
            ? Answers.Page<PackageView>(new ShownPackage(package, Without(request)))
            : Results.LocalRedirect($"{Links.Package(package.Package.Id)}{request.QueryString}", permanent: true);
    }

    static IResult Query(string id, HttpRequest request, PackageLibrary library) => library.Find(id) is { } package
        ? Results.File(Encoding.UTF8.GetBytes(TunedQuery.Write(package.Reading, Without(request))), "text/plain; charset=utf-8", $"{package.Package.Id}.kql")
        : TypedResults.NotFound();

    // The numbers of the exclusions that are put in; what is no number is passed over.
    static HashSet<int> Without(HttpRequest request) =>
    [
        .. request.Query["without"].SelectMany(v => (v ?? "").Split(',')).Take(100)
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(n => n > 0),
    ];
}
