using Microsoft.Data.Sqlite;

namespace Rulescope.Catalog.Store;

/// <summary>Read-only connections to one file, kept open between questions.</summary>
/// <remarks>
/// A build puts another file under the same name. Connections that are open go on reading the old one, and no connection to
/// the new one is ever handed out here, so that the answers of one pool agree with each other.
/// </remarks>
sealed class ConnectionPool(string path, FileStamp stamp) : IDisposable
{
    const int MaxIdle = 16;

    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    readonly Stack<PooledConnection> _idle = [];
    int _open;
    bool _isClosed;

    /// <summary>A connection that goes back when it is disposed; throws <see cref="IOException"/> where the file is gone and no connection to it is left.</summary>
    public SqliteConnection Take()
    {
        lock (_idle)
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                if ((_idle.TryPop(out var connection) ? connection : Open()) is { } taken)
                {
                    taken.IsLent = true;
                    return taken;
                }

                // The file was replaced: whoever holds a connection to it will bring it back.
                if (_open == 0 || !Monitor.Wait(_idle, LongestWait))
                    throw new IOException($"{path} was replaced or removed while it was read");
            }
        }
    }

    public void Dispose()
    {
        lock (_idle)
        {
            _isClosed = true;
            while (_idle.TryPop(out var connection))
                connection.Dispose();
        }
    }

    /// <summary>Takes a lent connection back; false where it has to be closed.</summary>
    bool Return(PooledConnection connection)
    {
        lock (_idle)
        {
            if (!connection.IsLent)
                return false;
            connection.IsLent = false;
            if (_isClosed || _idle.Count >= MaxIdle)
            {
                _open--;
                return false;
            }

            _idle.Push(connection);
            Monitor.Pulse(_idle);
            return true;
        }
    }

    PooledConnection? Open()
    {
        if (FileStamp.Of(path) != stamp)
            return null;
        var connection = new PooledConnection(this, path);
        connection.Open();
        // The pages of a large technique lie all over the file.
        connection.Run("PRAGMA cache_size = -8192");
        // Names do not go back to an old file, so what has the stamp now had it when it was opened.
        if (FileStamp.Of(path) == stamp)
        {
            _open++;
            return connection;
        }

        connection.Dispose();
        return null;
    }

    sealed class PooledConnection(ConnectionPool pool, string path) : SqliteConnection(
        new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Cache = SqliteCacheMode.Private, Pooling = false }.ToString())
    {
        public bool IsLent { get; set; }

        protected override void Dispose(bool disposing)
        {
            if (!disposing || !pool.Return(this))
                base.Dispose(disposing);
        }
    }
}
