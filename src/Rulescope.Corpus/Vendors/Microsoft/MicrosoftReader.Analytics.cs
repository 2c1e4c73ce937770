using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <content>Analytics rules and hunting queries in YAML, the format of Microsoft Sentinel's public repository.</content>
public sealed partial class MicrosoftReader
{
    ImmutableArray<RuleDocument> ReadAnalytics(SourceFile file, SourceContext context, ImmutableArray<Diagnostic>.Builder findings)
    {
        var stream = YamlReader.Read(file.Source.Text);
        findings.AddRange(stream.Diagnostics);
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        foreach (var document in stream.Value)
        {
            var root = document.Root as YamlNode.Mapping;
            // A function that queries call is no query.
            if (root?["FunctionQuery"] is not null || root?["FunctionName"] is not null)
                continue;
            if (root?["query"] is YamlNode.Scalar { IsNull: false } query)
                documents.Add(ReadAnalyticsRule(file, context, root, query, documents.Count + 1));
            else
                findings.Add(Diagnostic.At(document.Span, MicrosoftCodes.NotARule));
        }

        return documents.ToImmutable();
    }

    RuleDocument ReadAnalyticsRule(SourceFile file, SourceContext context, YamlNode.Mapping root, YamlNode.Scalar query, int number)
    {
        var rule = new Metadata([root]);
        var details = new Metadata(root["metadata"] is YamlNode.Mapping own ? [own] : []);
        var author = new Metadata(details.Find("author") is YamlNode.Mapping inner ? [inner] : []);
        var id = rule.Text("id");
        if (id.Length == 0)
            rule.Report(root.Span, CorpusCodes.NoId);
        var title = rule.Text("name");
        if (title.Length == 0)
            rule.Report(root.Span, CorpusCodes.NoTitle);
        var shared = Shared(file, context);
        var source = new LogSource("microsoft", AnalyticsTerms(rule, query.Value));
        var read = Queries(RuleLanguage.Kusto, YamlContent.Of(file.Source.Text, query), new(source));
        var trigger = AnalyticsTrigger.Read(rule);
        return shared with
        {
            Id = id.Length > 0 ? id : RuleDocument.IdFromPath(file.Path, number),
            Title = title.Length > 0 ? title : shared.Title,
            Kind = title.StartsWith("[Deprecated]", StringComparison.OrdinalIgnoreCase) ? RuleKind.Deprecated : shared.Kind,
            Status = rule.Text("status").ToLowerInvariant(),
            Level = rule.Text("severity").ToLowerInvariant(),
            // Many descriptions are quoted inside their block.
            Description = rule.Text("description").Trim('\'').Trim(),
            // The format has no place for these two; rules that say them do it beside their author.
            License = details.Text("license") is { Length: > 0 } license ? license : shared.License,
            Created = details.Date("date"),
            Authors = author.Names("name"),
            Techniques = [.. rule.Texts("relevantTechniques").Concat(rule.Texts("techniques")).Select(t => t.ToUpperInvariant()).Distinct(StringComparer.Ordinal)],
            Tactics = [.. rule.Texts("tactics").Select(TacticNames.Hyphenated).Distinct(StringComparer.Ordinal)],
            Tags = AnalyticsTags(rule),
            LogSource = source,
            Code = [new(query.Span, RuleLanguage.Kusto)],
            Query = read.Value is { } logic ? trigger.Apply(logic) : null,
            Diagnostics = [.. rule.Findings, .. details.Findings, .. author.Findings, .. read.Diagnostics],
        };
    }

    static EquatableArray<LogSource.Term> AnalyticsTerms(Metadata rule, string query)
    {
        var connectors = ImmutableArray.CreateBuilder<string>();
        var types = ImmutableArray.CreateBuilder<string>();
        if (rule.Find("requiredDataConnectors") is YamlNode.Sequence list)
        {
            foreach (var item in list.Items.Items.OfType<YamlNode.Mapping>().Select(m => new Metadata([m])))
            {
                connectors.AddRange(item.Texts("connectorId"));
                types.AddRange(item.Texts("dataTypes"));
            }
        }

        (string Key, IEnumerable<string> Values)[] terms = [("platform", Platforms("", query)), ("connector", connectors), ("data_type", types)];
        return
        [
            .. terms.Where(t => t.Values.Any()).Select(t => new LogSource.Term(t.Key, [.. t.Values.Distinct(StringComparer.Ordinal)])),
            .. KustoTables.Terms(query),
        ];
    }

    // Tags are words, or mappings such as "Schema: ASimDns".
    static EquatableArray<string> AnalyticsTags(Metadata rule) => rule.Find("tags") is not YamlNode.Sequence list ? [] :
    [
        .. list.Items.Items.SelectMany(item => item switch
        {
            YamlNode.Scalar { IsNull: false } word => [word.Value],
            YamlNode.Mapping mapping => mapping.Entries.Items.Where(e => e.Value is YamlNode.Scalar).Select(e => $"{e.Name}: {((YamlNode.Scalar)e.Value).Value}"),
            _ => Enumerable.Empty<string>(),
        }),
    ];
}
