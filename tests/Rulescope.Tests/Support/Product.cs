using System.Reflection;

namespace Rulescope.Tests.Support;

/// <summary>The assemblies of the product that lie beside the tests.</summary>
public static class Product
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(n => n == "rulescope" || (n.StartsWith("Rulescope.", StringComparison.Ordinal) && !n.EndsWith("Tests", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.Load),
    ];
}
