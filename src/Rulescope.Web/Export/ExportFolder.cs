using System.Globalization;

namespace Rulescope.Web.Export;

/// <summary>The folder of an export: written under another name, put in its place when it is whole, and never over what somebody else has there.</summary>
sealed class ExportFolder : IDisposable
{
    /// <summary>The file by which an export is known as one.</summary>
    public const string Mark = "rulescope-export.json";

    readonly string _target;
    readonly string _fresh;

    ExportFolder(string target)
    {
        _target = target;
        _fresh = Beside("new");
        Directory.CreateDirectory(_fresh);
    }

    /// <summary>Begins an export; null with a message where the folder is not ours to replace.</summary>
    public static ExportFolder? Begin(string path, out string message)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var isForeign = File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, Mark)));
        message = isForeign ? $"{path} is there and is no export of this program: name a folder that is new, empty or an earlier export" : "";
        return isForeign ? null : new(target);
    }

    /// <summary>The full path of a file of the export, whose folder is there.</summary>
    public string PathOf(string file)
    {
        var path = Path.GetFullPath(Path.Combine(_fresh, file));
        if (!path.StartsWith(_fresh + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException($"'{file}' leads out of the export", nameof(file));
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _fresh);
        return path;
    }

    /// <summary>Puts the export in its place; an earlier one goes.</summary>
    public void Finish()
    {
        var old = Beside("old");
        if (Directory.Exists(_target))
            Directory.Move(_target, old);
        Directory.Move(_fresh, _target);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>Takes away what was not finished.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_fresh))
            Directory.Delete(_fresh, recursive: true);
    }

    string Beside(string what) => string.Create(CultureInfo.InvariantCulture, $"{_target}.{what}-{Environment.ProcessId}");
}
