using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>Elastic's rules and hunts: TOML files with one <c>[rule]</c>, or one <c>[hunt]</c> of several queries.</summary>
public sealed partial class ElasticReader : IVendorReader
{
    // Folders of the public repository that hold TOML but no rules.
    static readonly ImmutableArray<string> OtherFolders = ["detection_rules", "docs", "kibana", "lib", "rta", "tests"];

    /// <summary>What reads the queries inside the files.</summary>
    public QueryReading Queries { get; init; } = QueryLanguages.Read;

    public string Vendor => "elastic";

    public IReadOnlyList<string> Extensions { get; } = [".toml"];

    public FileRole RoleOf(string path)
    {
        var parts = path.Split('/');
        var isOther = path.StartsWith('.') || (parts.Length > 1 && OtherFolders.Contains(parts[0], StringComparer.Ordinal));
        return isOther || parts[^1] == "pyproject.toml" ? FileRole.None : FileRole.Rules;
    }

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        var toml = TomlReader.Read(file.Source.Text);
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        findings.AddRange(toml.Diagnostics);
        if (toml.Value["rule"] is TomlValue.Table rule)
            return new([ReadRule(file, context, toml.Value, rule)], findings.ToImmutable());
        if (toml.Value["hunt"] is TomlValue.Table hunt)
            return new(ReadHunt(file, context, hunt, findings), findings.ToImmutable());
        // A file that is no TOML at all has said so already.
        if (toml.IsComplete)
            findings.Add(Diagnostic.At(new(0, 0), ElasticCodes.NotARule));
        return new([], findings.ToImmutable());
    }

    /// <summary>Deprecated by its folder or by its maturity; building blocks are rules.</summary>
    static RuleKind KindOf(string path, string maturity) =>
        maturity == "deprecated" || path.Split('/').SkipLast(1).Contains("_deprecated", StringComparer.Ordinal) ? RuleKind.Deprecated : RuleKind.Rule;

    // The public files spell the one licence in several ways.
    static string? License(string text, SourceContext context) =>
        text.Length == 0 ? context.Provenance.License
        : text.StartsWith("Elastic License", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Elastic Licence", StringComparison.OrdinalIgnoreCase) ? "Elastic-2.0"
        : text;

    static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    static bool IsTechnique(string id) => id is ['t' or 'T', var digit, ..] && char.IsAsciiDigit(digit);
}
