using System.Globalization;
using Rulescope.Corpus.Sources;

namespace Rulescope.Corpus.Vendors;

/// <summary>Macro files that the user names beside a source (<c>--macros DIR</c>): companions under a folder that no repository has.</summary>
public static class GivenMacros
{
    const string Folder = "--macros/";

    /// <summary>True for the path of a file that was given so.</summary>
    public static bool Holds(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The files of all paths, in their order; what cannot be read is left out, and calls of what it holds are told as not defined.</summary>
    public static IEnumerable<SourceFile> Read(IEnumerable<string> paths, IVendorReader reader, CorpusWalker walker, CancellationToken cancellation)
    {
        foreach (var (index, path) in paths.Index())
        {
            using var contents = walker.Open(new(reader.Vendor, path), reader.Extensions, cancellation);
            for (var i = 0; i < contents.Paths.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (contents.Read(i) is not { } file)
                    continue;
                var given = string.Create(CultureInfo.InvariantCulture, $"{Folder}{index:000}/{contents.Paths[i]}");
                yield return file with { Path = given, Source = file.Source with { Path = given } };
            }
        }
    }
}
