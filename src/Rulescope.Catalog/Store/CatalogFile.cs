using System.Globalization;
using Microsoft.Data.Sqlite;

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
public sealed class CatalogFile
{
    readonly string _connection;

    CatalogFile(string path, string connection)
    {
        Path = path;
        _connection = connection;
    }

    public string Path { get; }

    /// <summary>When it was built, UTC.</summary>
    public DateTime BuiltAt { get; private init; }

    /// <summary>Opens a catalog; null with a fault and a message for people where it cannot be.</summary>
    public static CatalogFile? Open(string path, out CatalogFault fault, out string message)
    {
        fault = CatalogFault.None;
        message = "";
        if (!File.Exists(path))
        {
            fault = CatalogFault.Missing;
            message = $"there is no catalog at {path}: build one with 'rulescope build --source VENDOR=PATH --out {path}', or name another with --catalog";
            return null;
        }

        var connection = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Cache = SqliteCacheMode.Private, Pooling = true }.ToString();
        try
        {
            using var opened = new SqliteConnection(connection);
            opened.Open();
            var meta = opened.Query("SELECT key, value FROM meta", [], r => (Key: r.GetString(0), Value: r.GetString(1)))
                .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
            var version = meta.GetValueOrDefault("schema", "");
            if (version == CatalogSchema.Version.ToString(CultureInfo.InvariantCulture))
            {
                return new(path, connection)
                {
                    BuiltAt = DateTime.Parse(meta.GetValueOrDefault("built", "0001-01-01T00:00:00Z"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
                };
            }

            fault = CatalogFault.OtherVersion;
            message = $"the catalog at {path} has schema version {version}, this Rulescope reads version {CatalogSchema.Version}: run 'rulescope build' again";
        }
        catch (Exception e) when (e is SqliteException or FormatException)
        {
            fault = CatalogFault.NotACatalog;
            message = $"{path} is not a Rulescope catalog ({e.Message}): name another with --catalog, or run 'rulescope build'";
        }

        return null;
    }

    internal SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
