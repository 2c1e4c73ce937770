using Rulescope.Catalog.Store;

namespace Rulescope.Web.Site;

/// <summary>The catalog behind the site. A build that puts another file in its place is noticed by the next request, with one look a second at most.</summary>
/// <remarks>A file that cannot be read, such as one of another version, leaves the old one open; the log says so once per file.</remarks>
public sealed partial class SiteCatalog(CatalogFile first, TimeProvider time, ILogger<SiteCatalog> log)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly string _path = first.Path;
    OpenCatalog _current = new(first);
    FileStamp? _seen = first.Stamp;
    long _looked = time.GetTimestamp();

    /// <summary>The catalog of now, which stays open until <see cref="Leave"/>.</summary>
    public OpenCatalog Enter()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_looked) >= LookEvery)
            {
                _looked = time.GetTimestamp();
                Look();
            }

            _current.Visitors++;
            return _current;
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began; the last to leave a replaced catalog closes it.</summary>
    public void Leave(OpenCatalog catalog)
    {
        lock (_gate)
        {
            catalog.Visitors--;
            CloseIfLeft(catalog);
        }
    }

    void Look()
    {
        var stamp = FileStamp.Of(_path);
        if (stamp == _seen)
            return;
        _seen = stamp;
        if (stamp == _current.File.Stamp)
            return;
        if (CatalogFile.Open(_path, out _, out var message) is not { } opened)
        {
            KeepsOld(log, _current.File.BuiltAt, message);
            return;
        }

        var old = _current;
        _seen = opened.Stamp;
        _current = new(opened);
        CloseIfLeft(old);
    }

    void CloseIfLeft(OpenCatalog catalog)
    {
        if (catalog.Visitors == 0 && catalog != _current)
            catalog.File.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the site goes on with the catalog built at {BuiltAt:u}: {Reason}")]
    static partial void KeepsOld(ILogger log, DateTime builtAt, string reason);
}
