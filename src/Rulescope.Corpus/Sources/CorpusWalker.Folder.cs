namespace Rulescope.Corpus.Sources;

public sealed partial class CorpusWalker
{
    static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    // Links are not followed, so there are no loops and nothing outside the folder is read.
    void ListFolder(string root, Listing listing, CancellationToken cancellation)
    {
        var open = new Stack<(DirectoryInfo Folder, string Path)>();
        open.Push((new(root), ""));
        while (open.TryPop(out var next))
        {
            try
            {
                foreach (var entry in next.Folder.EnumerateFileSystemInfos("*", EveryEntry))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!listing.Count())
                        return;
                    ListEntry(entry, next.Path + entry.Name, open, listing);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                listing.Findings.Add(next.Path.Length == 0 ? root : next.Path, CorpusCodes.FileUnreadable, Reason.Of(e));
            }
        }
    }

    void ListEntry(FileSystemInfo entry, string path, Stack<(DirectoryInfo Folder, string Path)> open, Listing listing)
    {
        if (string.Equals(entry.Name, ".git", StringComparison.Ordinal))
            return;
        if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            listing.Findings.Add(Listing.Shown(path), CorpusCodes.LinkSkipped);
        else if (entry is DirectoryInfo folder)
            open.Push((folder, path + "/"));
        else if (listing.Accept(path) is { } accepted)
            listing.Add(accepted, () => ReadPlain(entry.FullName, limits.MaxFileBytes));
    }
}
