using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;

namespace Rulescope.Catalog.Checking;

/// <summary>What lies beside the files of one path of a check: each vendor's companions, such as macros. Files have no repository here.</summary>
/// <param name="files">The companions.</param>
/// <param name="isOnDisk">True when a file without companions may look for them around its own place.</param>
public sealed class CheckedFolder(IEnumerable<SourceFile> files, bool isOnDisk = true)
{
    readonly SourceFile[] _files = [.. files];
    readonly Dictionary<string, SourceContext> _contexts = new(StringComparer.Ordinal);

    /// <summary>No folder at all: a text is read by itself, and nothing on this machine is looked at.</summary>
    public static CheckedFolder Nowhere => new([], isOnDisk: false);

    public bool IsOnDisk => isOnDisk;

    /// <summary>True when some vendor's rules need the file beside them.</summary>
    public static bool IsCompanion(string path) => VendorReaders.All.Any(r => IsCompanion(r, path));

    /// <summary>What a vendor's reader may know of the folder.</summary>
    public SourceContext Of(IVendorReader reader)
    {
        if (!_contexts.TryGetValue(reader.Vendor, out var context))
            _contexts[reader.Vendor] = context = new(new SourceProvenance(reader.Vendor, "", null, null, null, null), _files.Where(f => IsCompanion(reader, f.Path)));
        return context;
    }

    /// <summary>The same; where nothing of the vendor lies in the folder, what lies around it. The first file that asks decides for all.</summary>
    public SourceContext Of(IVendorReader reader, Func<IEnumerable<SourceFile>> around)
    {
        if (_contexts.TryGetValue(reader.Vendor, out var context) || !isOnDisk || Of(reader).Companions.Any())
            return context ?? Of(reader);
        return _contexts[reader.Vendor] = new(new SourceProvenance(reader.Vendor, "", null, null, null, null), around());
    }

    static bool IsCompanion(IVendorReader reader, string path) =>
        reader.Extensions.Any(e => CheckedFile.HasEnding(path, e)) && reader.RoleOf(path) == FileRole.Companion;
}
