using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Corpus.Vendors.Microsoft;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>A language that <c>check</c> reads.</summary>
/// <param name="Name">As after <c>--lang</c>.</param>
/// <param name="Extensions">Endings of its files, with the dot: those of bare queries and those of rule files that hold them.</param>
/// <param name="Fits">Tells its files from others with the same ending.</param>
/// <param name="Check">What reading a file finds.</param>
sealed record CheckedLanguage(
    string Name, ImmutableArray<string> Extensions, Func<SourceFile, bool> Fits, Func<SourceFile, ImmutableArray<Diagnostic>> Check)
{
    static readonly IVendorReader Microsoft = new MicrosoftReader();

    // Tells the languages of a rule file without a look into its queries.
    static readonly IVendorReader ElasticMetadata = new ElasticReader { Queries = (_, _, _) => Parsed.Clean<RuleQuery?>(null) };

    /// <summary>All of them; of several that fit, the first one is taken.</summary>
    public static ImmutableArray<CheckedLanguage> All { get; } =
    [
        new("sigma", [".yml", ".yaml"], f => HasLine(f, "detection:", "logsource:", "correlation:"), f => By(new SigmaReader(), f)),
        Elastic(RuleLanguage.Eql, ".eql"),
        Elastic(RuleLanguage.Esql, ".esql"),
        Elastic(RuleLanguage.Lucene, ".lucene"),
        // The last one of Elastic also takes rule files that name no language, so that what is wrong with them is told.
        Elastic(RuleLanguage.Kuery, ".kuery"),
        new("kusto", [".kql", ".csl", ".kusto", ".yaml", ".yml", ".md"], IsKusto, CheckKusto),
    ];

    /// <summary>The language of a file, or null: by its ending first, and where none has it, by the text alone.</summary>
    public static CheckedLanguage? Of(SourceFile file)
    {
        var byEnding = All.Where(l => l.HasEnding(file.Path)).ToArray();
        return (byEnding.Length > 0 ? byEnding : [.. All]).FirstOrDefault(l => l.Fits(file));
    }

    /// <summary>True when a file of that name may hold the language.</summary>
    public bool HasEnding(string path) => Extensions.Any(e => HasEnding(path, e));

    static CheckedLanguage Elastic(RuleLanguage language, string extension)
    {
        return new(language.ToString().ToLowerInvariant(), [extension, ".toml"], Fits, Check);

        bool Fits(SourceFile file)
        {
            if (HasEnding(file.Path, extension))
                return true;
            if (!HasLine(file, "[rule]", "[hunt]"))
                return false;
            var languages = ElasticMetadata.Read(file, Alone(ElasticMetadata, file)).Value.Select(d => d.Language).ToArray();
            return languages.Contains(language) || (language == RuleLanguage.Kuery && languages.All(l => l == RuleLanguage.None));
        }

        ImmutableArray<Diagnostic> Check(SourceFile file) =>
            HasEnding(file.Path, ".toml") || HasLine(file, "[rule]", "[hunt]") ? By(new ElasticReader(), file) : Bare(language, "elastic", file);
    }

    static bool IsKusto(SourceFile file) => Path.GetExtension(file.Path).ToLowerInvariant() switch
    {
        ".kql" or ".csl" or ".kusto" => true,
        ".yml" or ".yaml" => HasLine(file, "query:") && HasLine(file, "name:", "id:"),
        ".md" => HasLine(file, "```kql", "```kusto", "```KQL", "```Kusto"),
        _ => false,
    };

    // A text so broken that the reader sees no query in it is still to be told what is wrong.
    static ImmutableArray<Diagnostic> CheckKusto(SourceFile file)
    {
        var isCarrier = Path.GetExtension(file.Path).ToLowerInvariant() is ".yml" or ".yaml" or ".md";
        return isCarrier || !Microsoft.Read(file, Alone(Microsoft, file)).Value.IsEmpty ? By(Microsoft, file) : Bare(RuleLanguage.Kusto, Microsoft.Vendor, file);
    }

    static ImmutableArray<Diagnostic> Bare(RuleLanguage language, string vendor, SourceFile file) =>
        file.Diagnostics.AddRange(QueryLanguages.Read(language, EmbeddedText.Whole(file.Source.Text), new(new LogSource(vendor, []))).Diagnostics);

    static ImmutableArray<Diagnostic> By(IVendorReader reader, SourceFile file)
    {
        var read = reader.Read(file, Alone(reader, file));
        return [.. file.Diagnostics, .. read.Diagnostics, .. read.Value.SelectMany(d => d.Diagnostics), .. read.Value.SelectMany(Techniques)];
    }

    // A rule file under test stands alone: it has no repository and no companions.
    static SourceContext Alone(IVendorReader reader, SourceFile file) => new(new SourceProvenance(reader.Vendor, file.Path, null, null, null, null), []);

    static bool HasLine(SourceFile file, params ReadOnlySpan<string> starts)
    {
        foreach (var line in file.Source.Text.AsSpan().EnumerateLines())
        {
            foreach (var start in starts)
            {
                if (line.StartsWith(start, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    static bool HasEnding(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<Diagnostic> Techniques(RuleDocument document) => document.Techniques.Items
        .Select(t => AttackFacts.Default.Resolve(t).Finding(Place(document, t)))
        .OfType<Diagnostic>();

    // The reader keeps no place for a tag, but an id that is wrong hardly occurs twice.
    static SourceSpan Place(RuleDocument document, string technique)
    {
        var at = document.Text.IndexOf(technique, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? new(document.Extent.Start, 0) : new(document.Extent.Start + at, technique.Length);
    }
}
