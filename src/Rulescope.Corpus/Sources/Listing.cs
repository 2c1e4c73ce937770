using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>The bytes of one entry, or why they are not given.</summary>
readonly record struct EntryBytes(byte[]? Bytes, Diagnostic? Refused)
{
    public static EntryBytes Of(byte[] bytes) => new(bytes, null);

    public static EntryBytes TooLarge(int limit) => new(null, Diagnostic.At(default, CorpusCodes.FileTooLarge, limit));
}

/// <summary>The files found so far, by normalised name in ordinal order.</summary>
sealed class Listing(IReadOnlyList<string> extensions, CorpusFindings findings, SourceLimits limits)
{
    int _seen;
    long _held;

    public SortedDictionary<string, Func<EntryBytes>> Entries { get; } = new(StringComparer.Ordinal);

    public CorpusFindings Findings => findings;

    /// <summary>Counts an entry of any kind; false when there are too many, which is reported once.</summary>
    public bool Count()
    {
        if (++_seen == limits.MaxEntries + 1)
            findings.AddToSource(CorpusCodes.TooManyEntries, limits.MaxEntries);
        return _seen <= limits.MaxEntries;
    }

    /// <summary>The path to read an entry under, or null when it is refused, a duplicate or no rule file.</summary>
    public string? Accept(string name)
    {
        var path = EntryPath.Normalize(name, out var refused);
        if (refused is not null)
            findings.Add(Shown(name), refused);
        if (path is null || EntryPath.IsGitInternal(path) || !extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            return null;
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
            findings.Add(path, CorpusCodes.NameNotUtf8);
        if (!Entries.ContainsKey(path))
            return path;
        findings.Add(path, CorpusCodes.DuplicateEntry);
        return null;
    }

    public void Add(string path, Func<EntryBytes> read) => Entries.Add(path, read);

    /// <summary>Adds a file whose bytes have to be kept; false when all kept are too many, which is reported.</summary>
    public bool Hold(string path, EntryBytes bytes)
    {
        _held += bytes.Bytes?.Length ?? 0;
        if (_held > limits.MaxRuleBytes)
        {
            findings.AddToSource(CorpusCodes.TooManyBytes, limits.MaxRuleBytes);
            return false;
        }

        Entries.Add(path, () => bytes);
        return true;
    }

    /// <summary>A file that the user named: it is read whatever its ending.</summary>
    public void AddNamed(string name, Func<EntryBytes> read) => Entries.Add(name, read);

    /// <summary>A name fit for a message: bounded, without control characters.</summary>
    public static string Shown(string name)
    {
        var cut = name.Length > 200 ? name[..200] : name;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }
}
