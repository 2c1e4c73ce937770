using System.Reflection;

namespace Rulescope.Cli;

/// <summary>The assemblies of the product, which hold the kinds of findings.</summary>
static class ProductAssemblies
{
    public static IReadOnlyList<Assembly> All { get; } = Collect();

    static List<Assembly> Collect()
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Stack<Assembly>([typeof(ProductAssemblies).Assembly]);
        while (open.TryPop(out var assembly))
        {
            if (!found.TryAdd(assembly.GetName().Name ?? "", assembly))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (reference.Name?.StartsWith("Rulescope.", StringComparison.Ordinal) == true)
                    open.Push(Assembly.Load(reference));
            }
        }

        return [.. found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)];
    }
}
