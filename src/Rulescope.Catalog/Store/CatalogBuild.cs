using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Facts;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Store;

/// <summary>What a build came to.</summary>
/// <param name="Unchanged">Files whose rules were taken over from the catalog before.</param>
public sealed record BuildResult(ImmutableArray<SourceSummary> Sources, int Unchanged, double Seconds);

/// <summary>What a build needs beside the rules.</summary>
public sealed record BuildInputs
{
    /// <summary>Texts of the techniques.</summary>
    public AttackDescriptions Attack { get; init; } = AttackDescriptions.None;

    /// <summary>The names fields are put under.</summary>
    public CatalogTaxonomy Taxonomy { get; init; } = CatalogTaxonomy.Shipped;

    /// <summary>Counts over rule sets that are not among the sources; null to count the sources alone.</summary>
    public ReachFacts? Facts { get; init; }
}

/// <summary>Builds a catalog into a new file and puts it in the place of the old one when it is complete.</summary>
/// <remarks>A crash at any moment leaves the old catalog as it was. Files whose content did not change are not read again.</remarks>
public static class CatalogBuild
{
    /// <summary>Builds; throws <see cref="IOException"/> when the output cannot be written or another build holds it.</summary>
    public static async Task<BuildResult> RunAsync(
        IReadOnlyList<RuleSource> sources, BuildInputs inputs, string output, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        output = Path.GetFullPath(output);
        if (Path.GetDirectoryName(output) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        await using var hold = new FileStream(output + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var building = output + ".building";
        File.Delete(building);
        var fingerprint = Fingerprint(inputs.Taxonomy);
        var takesOver = CanTakeOver(output, fingerprint, inputs.Facts);
        if (takesOver)
            File.Copy(output, building);

        var run = await WriteAsync(building, takesOver, sources, inputs, fingerprint, progress, cancellation).ConfigureAwait(false);
        if (takesOver && run.HasNewModes)
        {
            // What may no longer be shown must not stay in the file either, as a value that no rule has or on a free page.
            takesOver = false;
            File.Delete(building);
            run = await WriteAsync(building, takesOver, sources, inputs, fingerprint, progress, cancellation).ConfigureAwait(false);
        }

        if (run.HasChanges || !takesOver)
        {
            await FlushAsync(building, cancellation).ConfigureAwait(false);
            File.Move(building, output, overwrite: true);
        }
        else
        {
            File.Delete(building);
        }

        return new(run.Summaries, run.Unchanged, clock.Elapsed.TotalSeconds);
    }

    static async Task<BuildRun> WriteAsync(
        string building, bool takesOver, IReadOnlyList<RuleSource> sources, BuildInputs inputs, string fingerprint, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = building, Pooling = false }.ToString());
        connection.Open();
        connection.Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
        if (!takesOver)
            connection.Run(CatalogSchema.Tables);
        using var writer = new CatalogWriter(connection);
        var run = new BuildRun(connection, writer, inputs);
        await run.ReadAsync(sources, progress, cancellation).ConfigureAwait(false);
        run.Finish(fingerprint);
        writer.Commit();
        return run;
    }

    /// <summary>True when this program, with this taxonomy, would write the same rows for the same rules.</summary>
    public static bool IsOf(CatalogFile catalog, CatalogTaxonomy taxonomy) => HasFingerprint(catalog, Fingerprint(taxonomy));

    // The rows of an unchanged file may be kept only when the code that would write them is the same, and the names it would write.
    static string Fingerprint(CatalogTaxonomy taxonomy)
    {
        var modules = new[] { typeof(CatalogBuild), typeof(RuleDocument), typeof(AttackFacts), typeof(Algebra.Plans.RuleQuery), typeof(Text.SourceText), typeof(Languages.Sigma.SigmaParser) };
        var ids = string.Join(' ', modules.Select(m => m.Module.ModuleVersionId.ToString("N", CultureInfo.InvariantCulture)).Append(taxonomy.Fingerprint));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)))[..16];
    }

    static bool CanTakeOver(string path, string fingerprint, ReachFacts? facts)
    {
        using var old = CatalogFile.Open(path, out _, out _);
        return old is not null && HasFingerprint(old, fingerprint) && PublicReach.DateIn(old) == facts?.Date;
    }

    static bool HasFingerprint(CatalogFile catalog, string fingerprint)
    {
        using var connection = catalog.Connect();
        return connection.Query("SELECT value FROM meta WHERE key = 'fingerprint'", [], r => r.GetString(0)) is [var found] && found == fingerprint;
    }

    // The new file must be on disk before it takes the old one's name.
    static async Task FlushAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        await file.FlushAsync(cancellation).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }
}
