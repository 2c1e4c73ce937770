using System.Globalization;
using Microsoft.Data.Sqlite;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>Why a catalog cannot be opened; the message says what to do.</summary>
public enum CatalogFault
{
    None,
    Missing,
    NotACatalog,
    OtherVersion,
}

/// <summary>A finished catalog, opened for reading. Safe to share: every question takes a pooled connection of its own.</summary>
/// <remarks>It goes on answering from the file it was opened on, also when a build has put another in its place.</remarks>
public sealed class CatalogFile : IDisposable
{
    readonly ConnectionPool _connections;
    readonly Lazy<CatalogTaxonomy> _taxonomy;
    string? _ownTaxonomy;

    CatalogFile(string path, FileStamp stamp)
    {
        Path = path;
        Stamp = stamp;
        _connections = new(path, stamp);
        _taxonomy = new(() => _ownTaxonomy is { } own ? CatalogTaxonomy.With(new SourceText("taxonomy", own)).Value : CatalogTaxonomy.Shipped);
    }

    public string Path { get; }

    /// <summary>Which file it is that was opened under this name.</summary>
    public FileStamp Stamp { get; }

    /// <summary>When it was built, UTC.</summary>
    public DateTime BuiltAt { get; private set; }

    /// <summary>What its names were taken from: the taxonomy of the program, with the file of the user that the build was given.</summary>
    public CatalogTaxonomy Taxonomy => _taxonomy.Value;

    /// <summary>Opens a catalog; null with a fault and a message for people where it cannot be.</summary>
    public static CatalogFile? Open(string path, out CatalogFault fault, out string message)
    {
        fault = CatalogFault.None;
        message = "";
        if (FileStamp.Of(path) is not { } stamp)
        {
            fault = CatalogFault.Missing;
            message = $"there is no catalog at {path}: build one with 'rulescope build --source VENDOR=PATH --out {path}', or name another with --catalog";
            return null;
        }

        var catalog = new CatalogFile(path, stamp);
        try
        {
            var version = catalog.ReadMeta();
            if (version == CatalogSchema.Version.ToString(CultureInfo.InvariantCulture))
                return catalog;
            fault = CatalogFault.OtherVersion;
            message = $"the catalog at {path} has schema version {version}, this Rulescope reads version {CatalogSchema.Version}: run 'rulescope build' again";
        }
        catch (Exception e) when (e is SqliteException or FormatException or IOException)
        {
            fault = CatalogFault.NotACatalog;
            message = $"{path} is not a Rulescope catalog ({e.Message}): name another with --catalog, or run 'rulescope build'";
        }

        catalog.Dispose();
        return null;
    }

    /// <summary>Closes the connections nobody uses; those in use close when they come back.</summary>
    public void Dispose() => _connections.Dispose();

    internal SqliteConnection Connect() => _connections.Take();

    // The connection it is read over stays open, so the file stays readable when it loses its name.
    string ReadMeta()
    {
        using var connection = Connect();
        var meta = connection.Query("SELECT key, value FROM meta", [], r => (Key: r.GetString(0), Value: r.GetString(1)))
            .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
        var built = meta.GetValueOrDefault("built", "0001-01-01T00:00:00Z");
        BuiltAt = DateTime.Parse(built, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        // Kept from the first look: later the file may have lost its name, and with it the way to one more connection.
        _ownTaxonomy = meta.GetValueOrDefault("taxonomy");
        return meta.GetValueOrDefault("schema", "");
    }
}
