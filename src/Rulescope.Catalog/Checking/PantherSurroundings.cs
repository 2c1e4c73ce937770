using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Panther;

namespace Rulescope.Catalog.Checking;

/// <summary>What a single Panther file needs from around it: the Python beside it, and the helpers and data models of the folder that holds them.</summary>
static class PantherSurroundings
{
    const int MaxLevels = 6;

    /// <summary>What lies around a file on disk; nothing where the file is not from there.</summary>
    public static SourceContext Of(SourceFile file, IVendorReader reader)
    {
        var found = new List<SourceFile>();
        if (Path.GetDirectoryName(Path.GetFullPath(file.Source.Path)) is { } folder && Directory.Exists(folder))
        {
            // What a file names lies beside it, under the path it has in its repository.
            var inside = file.Path[..(file.Path.LastIndexOf('/') + 1)];
            foreach (var path in Directory.EnumerateFiles(folder, "*.py").Order(StringComparer.Ordinal))
                Add(path, Path.GetFileName(path), inside);
            foreach (var path in Shared(folder))
                Add(path.File, path.Name, "");
        }

        return new(new SourceProvenance(reader.Vendor, "", null, null, null, null), found.DistinctBy(f => f.Path, StringComparer.Ordinal));

        void Add(string path, string name, string inside)
        {
            try
            {
                var read = SourceFile.Decode(inside + name, File.ReadAllBytes(path));
                var beside = Path.GetDirectoryName(file.Source.Path) is { Length: > 0 } shown ? $"{shown.Replace('\\', '/')}/{name}" : name;
                found.Add(read with { Source = read.Source with { Path = beside } });
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // What cannot be read is not there; the rule that needs it says so.
            }
        }
    }

    static IEnumerable<(string File, string Name)> Shared(string folder)
    {
        var root = folder;
        for (var level = 0; level < MaxLevels && root is not null && !Directory.Exists(Path.Combine(root, PantherReader.HelpersFolder)); level++)
            root = Path.GetDirectoryName(root);
        foreach (var shared in root is null ? [] : new[] { PantherReader.HelpersFolder, PantherReader.ModelsFolder })
        {
            var path = Path.Combine(root ?? "", shared);
            if (!Directory.Exists(path))
                continue;
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (file.EndsWith(".py", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
                    yield return (file, Path.GetRelativePath(root ?? "", file).Replace('\\', '/'));
            }
        }
    }
}
