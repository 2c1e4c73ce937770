namespace Rulescope.Web.Serving;

/// <summary>What was asked for lately, within a number of bytes; what was not asked for the longest goes first.</summary>
/// <param name="most">How many entries are kept.</param>
/// <param name="mostBytes">How many bytes they hold together; one that takes more than an eighth is not kept.</param>
sealed class RecentlyUsed<TKey, TValue>(int most, long mostBytes)
    where TKey : notnull
    where TValue : class
{
    const int LargestPart = 8;

    readonly Lock _gate = new();
    readonly LinkedList<Entry> _latest = [];
    readonly Dictionary<TKey, LinkedListNode<Entry>> _known = [];
    long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var node))
                return null;
            _latest.Remove(node);
            _latest.AddFirst(node);
            return node.Value.Value;
        }
    }

    public void Keep(TKey key, TValue value, long bytes)
    {
        if (bytes > mostBytes / LargestPart)
            return;
        lock (_gate)
        {
            if (_known.ContainsKey(key))
                return;
            _known[key] = _latest.AddFirst(new Entry(key, value, bytes));
            _bytes += bytes;
            while ((_known.Count > most || _bytes > mostBytes) && _latest.Last is { } oldest)
            {
                _latest.RemoveLast();
                _known.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }

    readonly record struct Entry(TKey Key, TValue Value, long Bytes);
}
