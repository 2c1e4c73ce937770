using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>Panther's analysis items: one YAML file each, most with Python beside it.</summary>
/// <remarks>Source: Panther's documentation of detections and the repository panther-analysis (2026-07).</remarks>
public sealed partial class PantherReader : IVendorReader
{
    // Folders of the public repository without analysis items, or with some that are no detections.
    static readonly ImmutableArray<string> OtherFolders = ["indexes", "lookup_tables", "packs", "style_guides", "templates", "test_scenarios", "tests"];

    /// <summary>The folder of helper modules.</summary>
    public const string HelpersFolder = "global_helpers";

    /// <summary>The folder of data models.</summary>
    public const string ModelsFolder = "data_models";

    // Folders whose files rules need.
    static readonly ImmutableArray<string> SharedFolders = [HelpersFolder, ModelsFolder];

    /// <summary>What a rule's Python has to return for a match.</summary>
    public RuleResult Result { get; init; }

    public string Vendor => "panther";

    public IReadOnlyList<string> Extensions { get; } = [".yml", ".yaml", ".py"];

    public FileRole RoleOf(string path)
    {
        var folders = path.Split('/')[..^1];
        if (path.StartsWith('.') || (folders.Length > 0 && (folders[0].StartsWith('.') || OtherFolders.Contains(folders[0], StringComparer.Ordinal))))
            return FileRole.None;
        var isPython = IsPython(path);
        if (folders.Any(f => SharedFolders.Contains(f, StringComparer.Ordinal)))
            return isPython || folders.Contains(ModelsFolder, StringComparer.Ordinal) ? FileRole.Companion : FileRole.None;
        return isPython ? FileRole.Companion : FileRole.Rules;
    }

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        // A file that the user named may be the Python alone.
        if (IsPython(file.Path))
            return Parsed.Clean<ImmutableArray<RuleDocument>>([PythonAlone(file, context)]);
        var stream = YamlReader.Read(file.Source.Text);
        var findings = stream.Diagnostics.ToBuilder();
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        foreach (var document in stream.Value)
        {
            if (document.Root is not YamlNode.Mapping item || item["AnalysisType"] is not YamlNode.Scalar { IsNull: false } type)
                findings.Add(Diagnostic.At(document.Span, PantherCodes.NotAnAnalysis));
            else if (PantherTypes.Find(type.Value) is not { } known)
                findings.Add(Diagnostic.At(type.Span, PantherCodes.UnknownType, type.Value, string.Join(", ", PantherTypes.Names)));
            else if (known.Kind is { } kind)
                documents.Add(Item(file, context, item, known, kind, documents.Count + 1, stream.Value.Count == 1));
        }

        return new(documents.ToImmutable(), findings.ToImmutable());
    }

    static bool IsPython(string path) => path.EndsWith(".py", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One of Panther's kinds of analysis items.</summary>
/// <param name="Name">The value of <c>AnalysisType</c>.</param>
/// <param name="Kind">What its documents are; null where it is none of its own: what other items need or list.</param>
/// <param name="IdKey">The key that holds its id.</param>
sealed record PantherType(string Name, RuleKind? Kind, string IdKey);

/// <summary>The kinds of analysis items there are.</summary>
static class PantherTypes
{
    public const string Rule = "rule";
    public const string ScheduledRule = "scheduled_rule";
    public const string CorrelationRule = "correlation_rule";
    public const string Policy = "policy";

    static readonly ImmutableArray<PantherType> All =
    [
        new(Rule, RuleKind.Rule, "RuleID"),
        new(ScheduledRule, RuleKind.Rule, "RuleID"),
        new(CorrelationRule, RuleKind.Rule, "RuleID"),
        new(Policy, RuleKind.Policy, "PolicyID"),
        new("saved_query", RuleKind.SavedQuery, "QueryName"),
        new("scheduled_query", RuleKind.ScheduledQuery, "QueryName"),
        new("scheduled_prompt", null, "PromptID"),
        new("datamodel", null, "DataModelID"),
        new("global", null, "GlobalID"),
        new("lookup_table", null, "LookupName"),
        new("pack", null, "PackID"),
    ];

    public static IEnumerable<string> Names => All.Select(t => t.Name);

    public static PantherType? Find(string name) => All.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.Ordinal));
}
