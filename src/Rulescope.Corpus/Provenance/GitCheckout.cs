namespace Rulescope.Corpus.Provenance;

/// <summary>A git checkout, read from the files in its <c>.git</c> without running git.</summary>
/// <param name="Root">The folder that holds <c>.git</c>.</param>
/// <param name="Commit">What HEAD names, lower-case hex; null in a repository without commits.</param>
/// <param name="Repository">Address of the remote <c>origin</c>, or of the only one; null when there is none or it is a local path.</param>
sealed record GitCheckout(string Root, string? Commit, string? Repository)
{
    const int MaxSymbolicRefs = 5;
    const int MaxSmallFile = 1 << 20;
    const int MaxPackedRefs = 64 << 20;

    /// <summary>The checkout that a file or folder lies in; null when there is none.</summary>
    public static GitCheckout? Find(string path)
    {
        try
        {
            for (var folder = new DirectoryInfo(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
            {
                if (GitFolder(folder.FullName) is not { } gitFolder)
                    continue;
                var common = CommonFolder(gitFolder);
                return new(folder.FullName, ResolveHead(gitFolder, common), RemoteUrl(Path.Combine(common, "config")));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not knowing where rules come from is no reason not to read them.
        }

        return null;
    }

    // A worktree or submodule has a file that names the folder instead of the folder.
    static string? GitFolder(string root)
    {
        var git = Path.Combine(root, ".git");
        if (File.Exists(Path.Combine(git, "HEAD")))
            return git;
        if (!File.Exists(git) || !ReadSmall(git).StartsWith("gitdir:", StringComparison.Ordinal))
            return null;
        var named = Path.GetFullPath(Path.Combine(root, ReadSmall(git)["gitdir:".Length..].Trim()));
        return File.Exists(Path.Combine(named, "HEAD")) ? named : null;
    }

    static string CommonFolder(string gitFolder)
    {
        var file = Path.Combine(gitFolder, "commondir");
        return File.Exists(file) ? Path.GetFullPath(Path.Combine(gitFolder, ReadSmall(file).Trim())) : gitFolder;
    }

    static string? ResolveHead(string gitFolder, string common)
    {
        var value = ReadSmall(Path.Combine(gitFolder, "HEAD")).Trim();
        for (var i = 0; i < MaxSymbolicRefs && value.StartsWith("ref:", StringComparison.Ordinal); i++)
        {
            var name = value["ref:".Length..].Trim();
            if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal) || name.Any(char.IsControl))
                return null;
            value = LooseRef(gitFolder, name) ?? LooseRef(common, name) ?? PackedRef(common, name) ?? "";
        }

        return IsCommitId(value) ? value.ToLowerInvariant() : null;
    }

    static string? LooseRef(string folder, string name)
    {
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? ReadSmall(file).Trim() : null;
    }

    // Lines of "<id> <name>"; "^<id>" lines are what an annotated tag points at.
    static string? PackedRef(string common, string name)
    {
        var file = Path.Combine(common, "packed-refs");
        if (!File.Exists(file) || new FileInfo(file).Length > MaxPackedRefs)
            return null;
        foreach (var line in File.ReadLines(file))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line.AsSpan(space + 1).TrimEnd().SequenceEqual(name))
                return line[..space];
        }

        return null;
    }

    static string? RemoteUrl(string config)
    {
        if (!File.Exists(config))
            return null;
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        string? remote = null;
        foreach (var raw in ReadSmall(config).Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
                remote = line.StartsWith("[remote \"", StringComparison.Ordinal) && line.EndsWith("\"]", StringComparison.Ordinal) ? line[9..^2] : null;
            else if (remote is not null && line.Split('=', 2) is [var key, var value] && key.Trim().Equals("url", StringComparison.OrdinalIgnoreCase))
                urls.TryAdd(remote, value.Trim().Trim('"'));
        }

        var url = urls.TryGetValue("origin", out var origin) ? origin : urls.Count == 1 ? urls.Values.Single() : null;
        return url is null ? null : RepositoryUrl.Normalize(url);
    }

    static bool IsCommitId(string value) => value.Length is 40 or 64 && value.All(char.IsAsciiHexDigit);

    static string ReadSmall(string path) => new FileInfo(path).Length <= MaxSmallFile ? File.ReadAllText(path) : "";
}
