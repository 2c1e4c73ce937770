using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Yaral;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>Google SecOps' rules: YARA-L files, each with one rule or several, or with a search.</summary>
public sealed class GoogleReader : IVendorReader
{
    // Where the public rules converted from Sigma point for their licence.
    const string SigmaLicense = "SigmaHQ/Detection-Rule-License";

    /// <summary>What reads the logic of a rule.</summary>
    public QueryReading Queries { get; init; } = QueryLanguages.Read;

    public string Vendor => "google";

    public IReadOnlyList<string> Extensions { get; } = [".yaral"];

    public FileRole RoleOf(string path) => path.StartsWith('.') ? FileRole.None : FileRole.Rules;

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        var parsed = YaralParser.Parse(file.Source.Text);
        var rules = parsed.Value.Rules;
        var findings = parsed.Diagnostics;
        var documents = ImmutableArray.CreateBuilder<RuleDocument>(rules.Count);
        foreach (var rule in rules)
        {
            var extent = rules.Count == 1 ? new(0, file.Source.Text.Length) : rule.Span;
            var read = ReadRule(file, context, rule, extent, documents.Count + 1);
            // A finding stands with the rule it lies in; what lies in none is the file's.
            var own = findings.Where(f => extent.Contains(f.Span)).ToImmutableArray();
            findings = findings.RemoveAll(own.Contains);
            documents.Add(read with { Diagnostics = [.. own.Union(read.Diagnostics)] });
        }

        return new(documents.ToImmutable(), findings);
    }

    RuleDocument ReadRule(SourceFile file, SourceContext context, YaralRule rule, SourceSpan extent, int number)
    {
        var meta = new YaralMeta(rule);
        var source = new LogSource(Vendor, Terms(meta, rule));
        var read = Queries(RuleLanguage.YaraL, EmbeddedText.At(file.Source.Slice(extent), extent.Start), new(source));
        var created = meta.Date("created", "date");
        var techniques = YaralTechniques.Of(meta);
        var words = VendorWords.Of(Vendor, source.Terms.SelectMany(t => t.Values, (t, v) => (t.Key, v)).Concat(file.Path.Split('/').SkipLast(1).Select(p => ("folder", p))));
        return new RuleDocument
        {
            Vendor = Vendor,
            Id = meta.First("rule_id") is { Length: > 0 } id ? id : rule.Name?.Text ?? RuleDocument.IdFromPath(file.Path, number),
            Title = meta.First("rule_name", "title") is { Length: > 0 } title ? title : rule.Name?.Text ?? file.Path[(file.Path.LastIndexOf('/') + 1)..],
            Language = RuleLanguage.YaraL,
            Kind = KindOf(file.Path, rule),
            Source = file.Source,
            Extent = extent,
            Hash = file.Hash,
            Status = meta.First("status", "sigma_status").ToLowerInvariant(),
            Level = meta.First("severity").ToLowerInvariant(),
            RiskScore = meta.RiskScore,
            Description = meta.First("description"),
            License = meta.First("license") is { Length: > 0 } own ? own.Contains(SigmaLicense, StringComparison.OrdinalIgnoreCase) ? "DRL-1.1" : own : context.Provenance.License,
            Created = created,
            Modified = meta.Date("modified", "last_modified", "updated"),
            Authors = meta.Words("author"),
            References = [.. meta.Texts("reference", "references", "reference1", "reference2").SelectMany(References)],
            FalsePositives = meta.Texts("false_positives", "falsepositives"),
            Notes = meta.Texts("assumption", "assumptions"),
            Techniques = techniques.All,
            Tactics = YaralTechniques.Tactics(meta),
            Tags = [.. meta.Words("tags"), .. ((string[])["type", "priority"]).SelectMany(k => meta.Texts(k).Select(t => $"{k}: {t}"))],
            Related = [.. meta.Texts("sigma_uuid").Select(t => new RelatedRule(t, "derived"))],
            Platforms = words.Platforms,
            Domains = words.Domains,
            LogSource = source,
            Code = [new(extent, RuleLanguage.YaraL)],
            Query = read.Value,
            Diagnostics = [.. meta.Findings, .. techniques.Findings, .. read.Diagnostics],
        };
    }

    // A search has no rule around it, and alerts nobody.
    static RuleKind KindOf(string path, YaralRule rule) =>
        path.Split('/').SkipLast(1).Any(p => p is "_deprecated" or "deprecated") ? RuleKind.Deprecated : rule.Name is null ? RuleKind.Hunt : RuleKind.Rule;

    static EquatableArray<LogSource.Term> Terms(YaralMeta meta, YaralRule rule)
    {
        (string Key, IEnumerable<string> Values)[] terms =
        [
            .. ((string[])["data_source", "platform", "product", "category", "service"]).Select(k => (k, meta.Words(k).AsEnumerable())),
            .. ((string[])["log_type", "vendor_name", "product_name"]).Select(k => (k, YaralSources.Named(rule, k))),
        ];
        return [.. terms.Where(t => t.Values.Any()).Select(t => new LogSource.Term(t.Key, [.. t.Values.Distinct(StringComparer.OrdinalIgnoreCase)]))];
    }

    // Several addresses stand in one text, parted by commas; what is no address is one reference.
    static IEnumerable<string> References(string text) =>
        text.Split(", ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } several && several.All(s => s.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            ? several
            : [text];
}
