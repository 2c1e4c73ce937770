using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Rulescope.Text;

namespace Rulescope.Taxonomy.LogSources;

/// <summary>Every known log source and record shape, found by id or by Sigma's names.</summary>
public sealed class LogSourceCatalog
{
    const string ResourcePrefix = "logsources/";

    static readonly Lazy<LogSourceCatalog> ShippedCatalog = new(() => LogSourceFile.Load(Embedded.Texts(ResourcePrefix)).Value);

    readonly FrozenDictionary<string, LogSourceEntry> _byId;

    public LogSourceCatalog(ImmutableArray<LogSourceEntry> sources, ImmutableArray<RecordShape> shapes)
    {
        Sources = sources;
        Shapes = shapes;
        _byId = sources.ToFrozenDictionary(s => s.Id, StringComparer.Ordinal);
    }

    /// <summary>The words a source's domains are taken from.</summary>
    public static ImmutableArray<string> Domains { get; } = ["endpoint", "identity", "cloud", "network", "email", "web", "application"];

    /// <summary>The catalog that comes with the program.</summary>
    public static LogSourceCatalog Shipped => ShippedCatalog.Value;

    /// <summary>The files of <see cref="Shipped"/>, for checks and for extending it.</summary>
    public static ImmutableArray<SourceText> ShippedFiles => Embedded.Texts(ResourcePrefix);

    /// <summary>All sources in the order of the files.</summary>
    public ImmutableArray<LogSourceEntry> Sources { get; }

    /// <summary>All shapes; a record has the first that fits.</summary>
    public ImmutableArray<RecordShape> Shapes { get; }

    /// <summary>The source of an id, or null.</summary>
    public LogSourceEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The source that bears exactly this name, or null.</summary>
    public LogSourceEntry? Exact(LogSourceTriple name) => Sources.FirstOrDefault(s => s.Triples.Any(t => t.Answers(name) && name.Answers(t)));

    /// <summary>The sources that a vocabulary calls by one of these names, such as the tables of a Kusto query.</summary>
    public ImmutableArray<LogSourceEntry> Called(string vocabulary, IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Sources.Where(s => s.Names.Any(n => string.Equals(n.Vocabulary, vocabulary, StringComparison.Ordinal) && n.Names.Any(wanted.Contains)))];
    }

    /// <summary>Every source a rule for this name is about: the one that bears it and the more special ones.</summary>
    public ImmutableArray<LogSourceEntry> About(LogSourceTriple name) => [.. Sources.Where(s => s.Triples.Any(t => t.Answers(name)))];
}

/// <summary>Texts compiled into this assembly.</summary>
static class Embedded
{
    /// <summary>The resources under a prefix, by name; the path of each is its resource name.</summary>
    public static ImmutableArray<SourceText> Texts(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => new SourceText(n, Read(assembly, n))),
        ];
    }

    static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name);
        if (stream is null)
            return "";
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
