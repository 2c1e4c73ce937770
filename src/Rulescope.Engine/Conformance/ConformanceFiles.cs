using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>The figures and skips that come with the program, and the members of suite archives.</summary>
public static class ConformanceFiles
{
    const int MaxMember = 64 * 1024 * 1024;

    static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Per suite how many cases must pass; a lower number is a fall.</summary>
    public static ImmutableSortedDictionary<string, int> Figures =>
        (JsonSerializer.Deserialize<Dictionary<string, int>>(Resource("conformance/figures.json"), Shape) ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The cases that are skipped.</summary>
    public static SkipList Skips
    {
        get
        {
            var content = JsonSerializer.Deserialize<SkipContent>(Resource("conformance/skips.json"), Shape);
            return new(Entries(content?.NotYet), Entries(content?.Never));
        }
    }

    /// <summary>The members of a gzipped tar archive whose name passes, by name; read in place, nothing is unpacked to disk.</summary>
    public static Dictionary<string, byte[]> Members(Stream archive, Func<string, bool> wanted)
    {
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var unpacked = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { Length: <= MaxMember } content || !wanted(entry.Name))
                continue;
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            members[entry.Name] = copy.ToArray();
        }

        return members;
    }

    static EquatableArray<SkipList.Entry> Entries(SkipList.Entry[]? entries) => [.. entries ?? []];

    static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        using var reader = new StreamReader(stream ?? Stream.Null);
        return reader.ReadToEnd();
    }

    sealed record SkipContent(SkipList.Entry[]? NotYet, SkipList.Entry[]? Never);
}
