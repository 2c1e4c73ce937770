using Rulescope.Catalog.Guide;

namespace Rulescope.Web.Site;

/// <summary>Guides that were asked for lately. The largest take longer to count than to send, and a catalog file does not change.</summary>
public sealed class GuideCache(GuideReader reader)
{
    const int MaxGuides = 64;
    const long MaxBytes = 48L << 20;

    // Rough sizes of what hangs on one rule and on one row.
    const int RuleBytes = 1_500;
    const int RowBytes = 400;

    readonly Lock _gate = new();
    readonly LinkedList<(string Key, TechniqueGuide Guide, long Bytes)> _latest = [];
    readonly Dictionary<string, LinkedListNode<(string Key, TechniqueGuide Guide, long Bytes)>> _known = new(StringComparer.Ordinal);
    long _bytes;

    /// <summary>How many guides are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _known.Count;
        }
    }

    /// <summary>The guide of a technique; null with a message where its id names none.</summary>
    public TechniqueGuide? Read(GuideQuestion question, out string message)
    {
        message = "";
        var key = Links.Technique(question);
        if (Find(key) is { } known)
            return known;
        // Outside the gate: two who ask the same at once both count, which is harmless.
        if (reader.Read(question, out message) is not { } guide)
            return null;
        Keep(key, guide);
        return guide;
    }

    TechniqueGuide? Find(string key)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var node))
                return null;
            _latest.Remove(node);
            _latest.AddFirst(node);
            return node.Value.Guide;
        }
    }

    void Keep(string key, TechniqueGuide guide)
    {
        var bytes = ((long)guide.Rules.Total * RuleBytes) + ((long)(guide.Indicators.Distinct + guide.Fields.Distinct + guide.Exclusions.Distinct) * RowBytes);
        if (bytes > MaxBytes / 2)
            return;
        lock (_gate)
        {
            if (_known.ContainsKey(key))
                return;
            _known[key] = _latest.AddFirst((key, guide, bytes));
            _bytes += bytes;
            while ((_known.Count > MaxGuides || _bytes > MaxBytes) && _latest.Last is { } oldest)
            {
                _latest.RemoveLast();
                _known.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Bytes;
            }
        }
    }
}
