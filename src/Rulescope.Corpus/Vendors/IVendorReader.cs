using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors;

/// <summary>What a file is to a vendor's reader.</summary>
public enum FileRole
{
    /// <summary>Nothing: it is not opened.</summary>
    None,

    /// <summary>It holds rules.</summary>
    Rules,

    /// <summary>Rules need it: macros, lookups, the code beside the metadata. All of them are read before the first rule.</summary>
    Companion,
}

/// <summary>Reads the rule files of one vendor. Stateless and safe for many threads; what belongs to a source is in its context.</summary>
public interface IVendorReader
{
    /// <summary>The vendor's id.</summary>
    string Vendor { get; }

    /// <summary>Endings of the files that may matter, with the dot.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>What a file is, by its path in the repository.</summary>
    FileRole RoleOf(string path);

    /// <summary>The rules of one file and the findings that belong to none of them; spans count in the file's text.</summary>
    Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context);
}

/// <summary>What a reader may know of the source a file stands in.</summary>
public sealed class SourceContext(SourceProvenance provenance, IEnumerable<SourceFile> companions)
{
    readonly FrozenDictionary<string, SourceFile> _companions = companions.ToFrozenDictionary(f => f.Path, StringComparer.Ordinal);
    readonly ConcurrentDictionary<Type, Lazy<object>> _derived = new();
    readonly Lazy<string> _fingerprint = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', companions.OrderBy(c => c.Path, StringComparer.Ordinal).Select(c => $"{c.Path} {c.Hash}"))))));

    public SourceProvenance Provenance => provenance;

    /// <summary>The companion files, in ordinal order of their paths.</summary>
    public IEnumerable<SourceFile> Companions => _companions.Values.OrderBy(f => f.Path, StringComparer.Ordinal);

    /// <summary>A hash of all that decides what is read from a file: its own content and that of the companions.</summary>
    public string HashOf(SourceFile file) => _companions.Count == 0 ? file.Hash : $"{file.Hash} {_fingerprint.Value}";

    /// <summary>A companion file by its path in the repository, or null.</summary>
    public SourceFile? Companion(string path) => _companions.GetValueOrDefault(path);

    /// <summary>Something made of the companions once per source, such as a table of macros; its type is its name.</summary>
    public T Derive<T>(Func<SourceContext, T> make) where T : class =>
        (T)_derived.GetOrAdd(typeof(T), _ => new(() => make(this))).Value;
}
