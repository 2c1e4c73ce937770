namespace Rulescope.Corpus.Provenance;

/// <summary>Addresses of git repositories, brought to one form that may be shown to anybody.</summary>
public static class RepositoryUrl
{
    /// <summary><c>https://host/owner/name</c> without user, password, query and <c>.git</c>; null for local paths and what is no address.</summary>
    public static string? Normalize(string url)
    {
        if (!url.Contains("://", StringComparison.Ordinal))
            return FromScp(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return null;
        // The port of an ssh or git address says nothing about where the pages are.
        var port = uri.Scheme is "https" or "http" && !uri.IsDefaultPort ? $":{uri.Port}" : "";
        return uri.Scheme switch
        {
            "https" or "ssh" or "git" or "git+ssh" => Join("https", uri.Host + port, uri.AbsolutePath),
            "http" => Join("http", uri.Host + port, uri.AbsolutePath),
            _ => null,
        };
    }

    /// <summary>True when two addresses name the same repository.</summary>
    public static bool AreSame(string? first, string? second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    // git@host:owner/name; a single letter before the colon is a drive, two colons are a transport that runs a program.
    static string? FromScp(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var host = colon < 0 ? "" : url[(url.LastIndexOf('@', colon) + 1)..colon];
        var isTransport = url.AsSpan(colon + 1) is [':', ..];
        return host.Length > 1 && !isTransport && !host.Contains('/', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns
            ? Join("https", host, "/" + url[(colon + 1)..].TrimStart('/'))
            : null;
    }

    static string? Join(string scheme, string host, string path)
    {
        path = path.TrimEnd('/');
        if (path.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
            path = path[..^4];
        return path.Length > 1 ? $"{scheme}://{host}{path}" : null;
    }
}
