using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>Kusto queries for Microsoft Sentinel and Defender XDR: analytics rules in YAML, Markdown with code blocks, plain query files.</summary>
/// <remarks>A rule is one distinct query of a file; twins that differ only in the time column are one rule of two platforms.</remarks>
public sealed partial class MicrosoftReader : IVendorReader
{
    // Folders of the public collections that hold functions, samples and tools, not queries.
    static readonly ImmutableArray<string> OtherFolders =
        ["Functions", "Parsers", "Sample Data", "Data Connectors", "DataConnectors", "Workbooks", "Playbooks", "Watchlists", "Tools", "docs", "node_modules"];

    static readonly ImmutableArray<string> OtherFiles =
        ["README", "CODE_OF_CONDUCT", "CONTRIBUTING", "CHANGELOG", "SECURITY", "SUPPORT", "LICENSE", "NOTICE", "Community Repositories"];

    /// <summary>What reads the queries inside the files.</summary>
    public QueryReading Queries { get; init; } = QueryLanguages.Read;

    public string Vendor => "microsoft";

    public IReadOnlyList<string> Extensions { get; } = [".md", ".kql", ".csl", ".txt", ".yaml", ".yml"];

    public FileRole RoleOf(string path)
    {
        var parts = path.Split('/');
        var stem = Stem(path);
        if (path.StartsWith('.') || parts.SkipLast(1).Any(p => OtherFolders.Contains(p, StringComparer.OrdinalIgnoreCase)))
            return FileRole.None;
        if (parts.Length > 1 && string.Equals(parts[^1], TechniqueMapping.FileName, StringComparison.OrdinalIgnoreCase) && parts[^2].StartsWith("MITRE", StringComparison.OrdinalIgnoreCase))
            return FileRole.Companion;
        return OtherFiles.Contains(stem, StringComparer.OrdinalIgnoreCase) || IsTemplate(stem) ? FileRole.None : FileRole.Rules;
    }

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var extension = Path.GetExtension(file.Path).ToLowerInvariant();
        var documents = extension switch
        {
            ".yaml" or ".yml" => ReadAnalytics(file, context, findings),
            ".md" => ReadMarkdown(file, context, findings),
            _ => ReadPlain(file, context, findings),
        };
        return new(documents, findings.ToImmutable());
    }

    /// <summary>One document per distinct query; the first of two twins stands for both.</summary>
    ImmutableArray<RuleDocument> Documents(RuleDocument shared, IEnumerable<FoundQuery> found)
    {
        var distinct = new List<FoundQuery>();
        var twins = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var query in found)
        {
            if (twins.TryAdd(KustoText.TwinKey(shared.Source.Slice(query.Span)), distinct.Count))
                distinct.Add(query);
            else if (twins[KustoText.TwinKey(shared.Source.Slice(query.Span))] is var first)
                distinct[first] = distinct[first] with { Platforms = [.. distinct[first].Platforms.Union(query.Platforms, StringComparer.Ordinal)] };
        }

        return [.. distinct.Select((query, i) => Document(shared, query, i + 1, distinct.Count(q => q.Title == query.Title)))];
    }

    RuleDocument Document(RuleDocument shared, FoundQuery query, int number, int sameTitle)
    {
        var text = EmbeddedText.At(shared.Source.Slice(query.Span), query.Span.Start);
        IEnumerable<LogSource.Term> platforms = query.Platforms.IsEmpty ? [] : [new LogSource.Term("platform", query.Platforms)];
        var source = new LogSource("microsoft", [.. platforms, .. KustoTables.Terms(text.Text)]);
        var read = Queries(RuleLanguage.Kusto, text, new(source));
        return shared with
        {
            Id = RuleDocument.IdFromPath(shared.Path, number),
            Title = sameTitle > 1 ? $"{query.Title} (#{number})" : query.Title,
            Description = query.Description.Length > 0 ? query.Description : shared.Description,
            Techniques = query.Techniques.IsEmpty ? shared.Techniques : [.. query.Techniques.Union(shared.Techniques, StringComparer.Ordinal)],
            Extent = query.Span,
            LogSource = source,
            Code = [new(query.Span, RuleLanguage.Kusto)],
            Query = read.Value,
            Diagnostics = [.. shared.Diagnostics, .. read.Diagnostics],
        };
    }

    static RuleDocument Shared(SourceFile file, SourceContext context) => new()
    {
        Vendor = "microsoft",
        Id = "",
        Title = Stem(file.Path),
        Language = RuleLanguage.Kusto,
        Kind = file.Path.Split('/').Any(p => p.StartsWith("Deprecated", StringComparison.OrdinalIgnoreCase)) ? RuleKind.Deprecated : RuleKind.Rule,
        Source = file.Source,
        Extent = new(0, file.Source.Text.Length),
        Hash = file.Hash,
        License = context.Provenance.License,
        LogSource = new("microsoft", []),
    };

    /// <summary>The platforms a heading names, or those whose time column the query reads.</summary>
    static ImmutableArray<string> Platforms(string heading, string query)
    {
        bool Says(string word) => heading.Contains(word, StringComparison.OrdinalIgnoreCase);
        var isSentinel = Says("Sentinel") || Says("Log Analytics");
        var isDefender = Says("Defender") || Says("XDR") || Says("Advanced Hunting");
        if (!isSentinel && !isDefender)
        {
            isSentinel = query.Contains("TimeGenerated", StringComparison.Ordinal);
            isDefender = query.Contains("Timestamp", StringComparison.Ordinal);
        }

        return [.. new[] { isDefender ? "Defender XDR" : "", isSentinel ? "Sentinel" : "" }.Where(p => p.Length > 0)];
    }

    static bool IsTemplate(string stem)
    {
        string[] words = ["detection", "hunting", "query", "rule", "submission"];
        return stem.EndsWith("template", StringComparison.OrdinalIgnoreCase)
            && (stem.Length == "template".Length || words.Any(w => stem.Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    static string Stem(string path) => Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
}

/// <summary>A query in a file.</summary>
sealed record FoundQuery(SourceSpan Span, string Title, ImmutableArray<string> Platforms)
{
    public string Description { get; init; } = "";

    public ImmutableArray<string> Techniques { get; init; } = [];
}
