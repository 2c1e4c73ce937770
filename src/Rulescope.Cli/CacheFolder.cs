namespace Rulescope.Cli;

/// <summary>Where Rulescope keeps what it can get again: <c>$XDG_CACHE_HOME/rulescope</c>, <c>~/.cache/rulescope</c>, or the local application data.</summary>
static class CacheFolder
{
    const string Name = "rulescope";

    public static string Of(Terminal terminal)
    {
        // The XDG rules ask to ignore a relative path.
        if (terminal.Variable("XDG_CACHE_HOME") is { } named && Path.IsPathFullyQualified(named))
            return Path.Combine(named, Name);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        return terminal.Variable("HOME") is { } home && Path.IsPathFullyQualified(home)
            ? Path.Combine(home, ".cache", Name)
            : Path.Combine(Path.GetTempPath(), Name);
    }
}
