using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Spl;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Splunk;

/// <summary>Splunk's security content: YAML files of one detection each, with the macros that their searches call beside them.</summary>
public sealed class SplunkReader : IVendorReader
{
    // Folders that hold YAML but no searches of their own, wherever they are.
    static readonly ImmutableArray<string> OtherFolders = ["stories", "data_sources"];

    // The same for names that only mean it at the root of the public repository.
    static readonly ImmutableArray<string> OtherRoots =
        ["playbooks", "dashboards", "deployments", "response_templates", "tests", "docs", "bin", "app_template", "notebooks"];

    static readonly ImmutableArray<string> OtherFiles = ["contentctl.yml", "deprecation_mapping.yml"];

    /// <summary>What reads the searches inside the files.</summary>
    public QueryReading Queries { get; init; } = QueryLanguages.Read;

    public string Vendor => "splunk";

    public IReadOnlyList<string> Extensions { get; } = [".yml", ".yaml", ".conf"];

    /// <summary>The macros that the searches of a source may call.</summary>
    public static SplMacros Macros(SourceContext context) => context.Derive(SplunkMacros.Of).All;

    public FileRole RoleOf(string path)
    {
        if (path.StartsWith('.'))
            return FileRole.None;
        if (SplunkMacros.IsMacroFile(path) || SplunkLookups.IsLookupFile(path))
            return FileRole.Companion;
        var folders = path.Split('/')[..^1];
        var isOther = path.EndsWith(".conf", StringComparison.OrdinalIgnoreCase) || OtherFiles.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)
            || folders.Any(f => OtherFolders.Contains(f, StringComparer.Ordinal)) || (folders.Length > 0 && OtherRoots.Contains(folders[0], StringComparer.Ordinal));
        return isOther ? FileRole.None : FileRole.Rules;
    }

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        var stream = YamlReader.Read(file.Source.Text);
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        findings.AddRange(stream.Diagnostics);
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        foreach (var document in stream.Value)
        {
            if (document.Root is YamlNode.Mapping root && root["search"] is YamlNode.Scalar { IsNull: false } search)
                documents.Add(ReadDetection(file, context, root, search, documents.Count + 1));
            else
                findings.Add(Diagnostic.At(document.Span, SplunkCodes.NotADetection));
        }

        return new(documents.ToImmutable(), findings.ToImmutable());
    }

    RuleDocument ReadDetection(SourceFile file, SourceContext context, YamlNode.Mapping root, YamlNode.Scalar search, int number)
    {
        var rule = new Metadata([root]);
        var tags = new Metadata(root["tags"] is YamlNode.Mapping inner ? [inner] : []);
        if (rule.Find("tags") is not (null or YamlNode.Mapping) and var odd)
            rule.Report(odd.Span, CorpusCodes.WrongShape, "tags", "a mapping");
        var id = rule.Text("id");
        if (id.Length == 0)
            rule.Report(new(root.Span.Start, 0), CorpusCodes.NoId);
        var title = rule.Text("name");
        if (title.Length == 0)
            rule.Report(new(root.Span.Start, 0), CorpusCodes.NoTitle);
        var status = rule.Text("status").ToLowerInvariant();
        var type = rule.Text("type");
        var source = new LogSource(Vendor, Terms(rule, tags));
        var read = Queries(RuleLanguage.Spl, YamlContent.Of(file.Source.Text, search), new(source) { Macros = Macros(context) });
        ImmutableArray<Diagnostic> missing = read.Value is { } logic ? context.Derive(SplunkLookups.Of).Missing(logic) : [];
        var day = rule.Date("date");
        var words = VendorWords.Of(Vendor, source.Terms.SelectMany(t => t.Values, (t, v) => (t.Key, v)).Concat(Folders(file.Path)));
        return new RuleDocument
        {
            Vendor = Vendor,
            Id = id.Length > 0 ? id : RuleDocument.IdFromPath(file.Path, number),
            Title = title.Length > 0 ? title : file.Path[(file.Path.LastIndexOf('/') + 1)..],
            Language = RuleLanguage.Spl,
            Kind = KindOf(file.Path, type, status),
            Source = file.Source,
            Extent = number == 1 ? new(0, file.Source.Text.Length) : root.Span,
            Hash = file.Hash,
            Status = status,
            Level = (rule.Text("severity") is { Length: > 0 } own ? own : tags.Text("severity")).ToLowerInvariant(),
            RiskScore = RiskScore(root, tags),
            Description = rule.Text("description"),
            License = rule.Text("license") is { Length: > 0 } license ? license : context.Provenance.License,
            // 'date' is the day of the last change.
            Created = rule.Date("creation_date"),
            Modified = rule.Date("modification_date") ?? day,
            Authors = rule.Names("author"),
            References = rule.Texts("references"),
            FalsePositives = rule.Texts("known_false_positives"),
            Notes = rule.Texts("how_to_implement"),
            Techniques = [.. tags.Texts("mitre_attack_id").Concat(rule.Texts("mitre_attack_id")).Select(t => t.ToUpperInvariant()).Distinct(StringComparer.Ordinal)],
            Tags = Tags(type, tags),
            Platforms = words.Platforms,
            Domains = words.Domains,
            LogSource = source,
            Code = [new(search.Span, RuleLanguage.Spl)],
            Query = read.Value,
            Diagnostics = [.. rule.Findings, .. tags.Findings, .. read.Diagnostics, .. missing],
        };
    }

    // Baselines and investigations are searches that detect nothing; every other type is live until it is withdrawn.
    static RuleKind KindOf(string path, string type, string status)
    {
        var isWithdrawn = status is "deprecated" or "removed" || path.Split('/').SkipLast(1).Any(p => p is "deprecated" or "removed");
        return isWithdrawn ? RuleKind.Deprecated : type.ToLowerInvariant() switch
        {
            "baseline" => RuleKind.ScheduledQuery,
            "investigation" => RuleKind.SavedQuery,
            _ => RuleKind.Rule,
        };
    }

    static EquatableArray<LogSource.Term> Terms(Metadata rule, Metadata tags)
    {
        // Of two sources that are needed together each is one.
        var sources = rule.Texts("data_source").Concat(rule.Texts("data_sources")).SelectMany(s => s.Split(" AND ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        (string Key, IEnumerable<string> Values)[] terms = [("data_source", sources), ("asset_type", tags.Texts("asset_type")), ("security_domain", tags.Texts("security_domain"))];
        return [.. terms.Where(t => t.Values.Any()).Select(t => new LogSource.Term(t.Key, [.. t.Values.Distinct(StringComparer.Ordinal)]))];
    }

    static IEnumerable<(string Key, string Word)> Folders(string path) => path.Split('/').SkipLast(1).Select(p => ("folder", p));

    // Of several things at risk the worst score counts; a score with a fraction is rounded.
    static long? RiskScore(YamlNode.Mapping root, Metadata tags)
    {
        var objects = (root["rba"] as YamlNode.Mapping)?["risk_objects"] is YamlNode.Sequence list ? list.Items.Items.OfType<YamlNode.Mapping>().Select(o => o["score"]) : [];
        var scores = objects.Append(tags.Find("risk_score")).Select(n => (n as YamlNode.Scalar)?.Number).Where(n => n is >= 0 and <= 100).ToArray();
        return scores.Max() is { } worst ? (long)Math.Round(worst) : null;
    }

    static EquatableArray<string> Tags(string type, Metadata tags) =>
    [
        .. type.Length > 0 ? [$"type: {type}"] : Array.Empty<string>(),
        .. ((string[])["analytic_story", "cve", "group", "product"]).SelectMany(k => tags.Texts(k).Select(t => $"{k}: {t}")),
    ];
}
