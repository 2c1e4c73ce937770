using System.Collections.Immutable;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Packages;

/// <summary>A diagnostic and the file of the package it is about.</summary>
public sealed record PackageFinding(SourceText Source, Diagnostic Diagnostic)
{
    /// <summary>The finding at its line and column.</summary>
    public Finding Placed => Finding.Of(Source, Diagnostic);
}

/// <summary>The texts of a package: <c>package.yml</c>, the query and <c>events/*.jsonl</c>, one file for each table.</summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="Package">The description.</param>
/// <param name="Others">All other files, by their path below the folder.</param>
public sealed record PackageFiles(string Name, SourceText Package, ImmutableSortedDictionary<string, SourceText> Others)
{
    public const string PackageName = "package.yml";

    public const string EventFolder = "events/";

    const long MaxFile = 8 * 1024 * 1024;

    /// <summary>The sample events, by the name of their table.</summary>
    public IEnumerable<(string Table, SourceText Text)> Events => Others
        .Where(o => o.Key.StartsWith(EventFolder, StringComparison.Ordinal) && o.Key.EndsWith(".jsonl", StringComparison.Ordinal))
        .Select(o => (o.Key[EventFolder.Length..^".jsonl".Length], o.Value));

    /// <summary>The package in a folder, or whose <c>package.yml</c> is named; null where there is none. Errors of the disk pass through.</summary>
    public static PackageFiles? Open(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetFileName(path) == PackageName && File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
        if (folder is null || !File.Exists(Path.Combine(folder, PackageName)))
            return null;
        var others = ImmutableSortedDictionary.CreateBuilder<string, SourceText>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.kql").Concat(EventFiles(folder)))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            others[name] = Read(folder, name);
        }

        return new(Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/', '\\')), Read(folder, PackageName), others.ToImmutable());
    }

    /// <summary>The packages of a folder and of the folders right below it, by name.</summary>
    public static ImmutableArray<PackageFiles> OpenAll(string path)
    {
        if (Open(path) is { } only)
            return [only];
        if (!Directory.Exists(path))
            return [];
        return [.. Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal).Select(Open).OfType<PackageFiles>()];
    }

    static IEnumerable<string> EventFiles(string folder) =>
        Directory.Exists(Path.Combine(folder, EventFolder)) ? Directory.EnumerateFiles(Path.Combine(folder, EventFolder), "*.jsonl") : [];

    static SourceText Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (new FileInfo(path).Length > MaxFile)
            throw new IOException($"{path} is larger than {MaxFile / 1024 / 1024} MiB");
        return new($"{folder.Replace('\\', '/').TrimEnd('/')}/{name}", File.ReadAllText(path));
    }
}
