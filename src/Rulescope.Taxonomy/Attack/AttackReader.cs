using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>How much an import may take in; each limit reached is a finding.</summary>
/// <param name="MaxPiece">Bytes of one object.</param>
/// <param name="MaxFiles">Files of one folder.</param>
/// <param name="MaxTechniques">Techniques in all.</param>
/// <param name="MaxText">Characters of one description.</param>
public sealed record AttackLimits(
    int MaxPiece = 16 * 1024 * 1024, int MaxFiles = 100_000, int MaxTechniques = 20_000, int MaxText = 65_536);

/// <summary>
/// Reads ATT&amp;CK texts from a STIX 2.0 or 2.1 bundle, from a compact file (<c>attack_version</c>, <c>techniques</c>), or from a
/// folder of them at any depth, as mitre/cti has it. Files are read piece by piece and never throw; findings count bytes of the file.
/// </summary>
public static class AttackReader
{
    /// <summary>Reads a file or a folder.</summary>
    public static Parsed<AttackDescriptions> Read(string path, AttackLimits? limits = null, CancellationToken cancellation = default)
    {
        limits ??= new AttackLimits();
        var import = new AttackImport(limits);
        try
        {
            var (files, isCut) = Files(path, limits);
            foreach (var file in files)
                ReadFile(file, import, cancellation);
            if (isCut)
                import.Report(0, AttackCodes.TooMany, NameOf(path), limits.MaxFiles, "files");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            import.Report(0, AttackCodes.CannotRead, NameOf(path), Reason(e));
        }

        return import.Finish(NameOf(path));
    }

    /// <summary>Reads one stream under a name for its findings; the stream's end is its own affair.</summary>
    public static Parsed<AttackDescriptions> Read(Stream stream, string name, AttackLimits? limits = null, CancellationToken cancellation = default)
    {
        var import = new AttackImport(limits ?? new AttackLimits());
        import.Read(stream, name, cancellation);
        return import.Finish(name);
    }

    static void ReadFile(string file, AttackImport import, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var stream = File.OpenRead(file);
            import.Read(stream, NameOf(file), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            import.Report(0, AttackCodes.CannotRead, NameOf(file), Reason(e));
        }
    }

    // Ordered, so that the same folder gives the same result on every machine.
    static (ImmutableArray<string> Files, bool IsCut) Files(string path, AttackLimits limits)
    {
        if (!Directory.Exists(path))
            return ([path], false);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var found = Directory.EnumerateFiles(path, "*.json", options).Take(limits.MaxFiles + 1).Order(StringComparer.Ordinal).ToImmutableArray();
        return found.Length > limits.MaxFiles ? (found[..limits.MaxFiles], true) : (found, false);
    }

    static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file or folder",
        UnauthorizedAccessException => "access is denied",
        _ => "the system refused it",
    };
}
