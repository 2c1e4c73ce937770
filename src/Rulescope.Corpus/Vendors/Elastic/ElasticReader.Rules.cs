using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <content>Rules: the metadata of <c>[metadata]</c> and <c>[rule]</c>.</content>
public sealed partial class ElasticReader
{
    RuleDocument ReadRule(SourceFile file, SourceContext context, TomlValue.Table root, TomlValue.Table table)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var rule = new ElasticTable(table, findings);
        var metadata = new ElasticTable(root, findings).Table("metadata");
        var maturity = metadata.Text("maturity").ToLowerInvariant();
        var id = rule.Text("rule_id");
        if (id.Length == 0)
            rule.Report(rule.Span, CorpusCodes.NoId);
        var title = rule.Text("name");
        if (title.Length == 0)
            rule.Report(rule.Span, CorpusCodes.NoTitle);
        var source = new LogSource("elastic", RuleTerms(rule, metadata));
        var reading = new ElasticLogic(file.Source.Text, rule, source, Queries);
        var logic = reading.Read();
        var threats = rule.Tables("threat");
        var document = new RuleDocument
        {
            Vendor = "elastic",
            Id = id.Length > 0 ? id : RuleDocument.IdFromPath(file.Path, 1),
            Title = title.Length > 0 ? title : FileName(file.Path),
            Language = logic.Language,
            Kind = KindOf(file.Path, maturity),
            Source = file.Source,
            Extent = new(0, file.Source.Text.Length),
            Hash = file.Hash,
            Status = maturity,
            Level = rule.Text("severity").ToLowerInvariant(),
            RiskScore = rule.Integer("risk_score"),
            Description = rule.Text("description"),
            License = License(rule.Text("license"), context),
            Created = metadata.Date("creation_date"),
            Modified = metadata.Date("updated_date"),
            Authors = rule.Texts("author"),
            References = rule.Texts("references"),
            FalsePositives = rule.Texts("false_positives"),
            Notes = [.. rule.Texts("note"), .. rule.Texts("setup")],
            Techniques = [.. threats.SelectMany(Techniques).Distinct(StringComparer.Ordinal)],
            Tactics = [.. threats.Select(t => Tactic(t.Table("tactic"))).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)],
            Tags = rule.Texts("tags"),
            LogSource = source,
            Code = reading.Code,
            Query = logic.Query,
        };
        var integrations = source.Terms.Where(t => t.Key == "integration").SelectMany(t => t.Values);
        return document with
        {
            Platforms = ElasticTags.Platforms(document.Tags, integrations),
            Domains = ElasticTags.Domains(document.Tags),
            Diagnostics = findings.ToImmutable(),
        };
    }

    // Each id as it is written: that a sub-technique stands under its technique tags both.
    static IEnumerable<string> Techniques(ElasticTable threat)
    {
        foreach (var technique in threat.Tables("technique"))
        {
            foreach (var tagged in (ImmutableArray<ElasticTable>)[technique, .. technique.Tables("subtechnique")])
            {
                if (tagged.Text("id") is { } id && IsTechnique(id))
                    yield return id.ToUpperInvariant();
            }
        }
    }

    static string Tactic(ElasticTable tactic) =>
        (tactic.Text("name") is { Length: > 0 } name ? name.Replace(' ', '-') : tactic.Text("id")).ToLowerInvariant();

    static EquatableArray<LogSource.Term> RuleTerms(ElasticTable rule, ElasticTable metadata) => Terms(
        ("index", rule.Texts("index")),
        ("data_view", rule.Texts("data_view_id")),
        ("integration", metadata.Texts("integration")),
        ("machine_learning_job", rule.Texts("machine_learning_job_id")));

    static EquatableArray<LogSource.Term> Terms(params ReadOnlySpan<(string Key, ImmutableArray<string> Values)> terms)
    {
        var said = ImmutableArray.CreateBuilder<LogSource.Term>();
        foreach (var (key, values) in terms)
        {
            if (!values.IsEmpty)
                said.Add(new(key, values));
        }

        return said.ToImmutable();
    }
}
