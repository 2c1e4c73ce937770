namespace Rulescope.Catalog.Store;

/// <summary>Tells one file from another that took its name: its length and its times, UTC.</summary>
public readonly record struct FileStamp(long Length, DateTime Written, DateTime Created)
{
    /// <summary>The stamp of the file that has the name now; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? new(file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
