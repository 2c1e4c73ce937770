using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Sigma;

/// <summary>Sigma rules: YAML files, each with one rule or several documents.</summary>
public sealed class SigmaReader : IVendorReader
{
    // Folders of the public repository that hold YAML but no rules.
    static readonly ImmutableArray<string> OtherFolders = ["tests", "regression_data", "documentation", "images", "other"];

    public string Vendor => "sigma";

    public IReadOnlyList<string> Extensions { get; } = [".yml", ".yaml"];

    public FileRole RoleOf(string path)
    {
        var top = path.Split('/')[0];
        return path.StartsWith('.') || (top.Length < path.Length && OtherFolders.Contains(top, StringComparer.Ordinal)) ? FileRole.None : FileRole.Rules;
    }

    public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
    {
        var stream = YamlReader.Read(file.Source.Text);
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        var findings = stream.Diagnostics.ToBuilder();
        var shared = ImmutableArray<YamlNode.Mapping>.Empty;
        YamlNode.Mapping? previous = null;
        var number = 0;
        foreach (var document in stream.Value)
        {
            if (document.Root is not YamlNode.Mapping mapping)
            {
                findings.Add(Diagnostic.At(document.Span, CorpusCodes.NotARule, "expected a mapping"));
                continue;
            }

            // Collections of old: "global" lends its keys to what follows, "repeat" takes those of the rule before.
            var action = (mapping["action"] as YamlNode.Scalar)?.Value ?? "";
            if (action is "global" or "reset")
            {
                shared = action == "global" ? [mapping] : [];
                continue;
            }

            ImmutableArray<YamlNode.Mapping> inherited = action == "repeat" && previous is not null ? [previous, .. shared] : shared;
            previous = mapping;
            number++;
            var metadata = new Metadata([mapping, .. inherited]);
            // An id that several documents inherit names none of them alone.
            var suffix = mapping["id"] is null ? $"#{number}" : "";
            var extent = stream.Value.Count == 1 ? new SourceSpan(0, file.Source.Text.Length) : document.Span;
            if (ReadDocument(file, context, metadata, extent, number, suffix) is { } read)
                documents.Add(read);
            else
                findings.Add(Diagnostic.At(document.Span, CorpusCodes.NotARule, "expected one of 'detection', 'correlation' and 'filter'"));
        }

        return new(documents.ToImmutable(), findings.ToImmutable());
    }

    static RuleDocument? ReadDocument(SourceFile file, SourceContext context, Metadata metadata, SourceSpan extent, int number, string suffix)
    {
        var isFilter = metadata.Find("filter") is not null;
        if (metadata.Find("detection") is null && metadata.Find("correlation") is null && !isFilter)
            return null;

        var id = metadata.Text("id");
        if (id.Length == 0)
            metadata.Report(new(extent.Start, 0), CorpusCodes.NoId);
        var title = metadata.Text("title");
        if (title.Length == 0)
            metadata.Report(new(extent.Start, 0), CorpusCodes.NoTitle);
        var tags = metadata.Texts("tags");
        var attack = tags.Select(AttackName).OfType<string>().ToArray();
        var document = new RuleDocument
        {
            Vendor = "sigma",
            Id = id.Length > 0 ? id + suffix : RuleDocument.IdFromPath(file.Path, number),
            Title = title.Length > 0 ? title : file.Path[(file.Path.LastIndexOf('/') + 1)..],
            Language = RuleLanguage.Sigma,
            Kind = isFilter ? RuleKind.Filter : KindOf(file.Path),
            Source = file.Source,
            Extent = extent,
            Hash = file.Hash,
            Status = metadata.Text("status").ToLowerInvariant(),
            Level = metadata.Text("level").ToLowerInvariant(),
            Description = metadata.Text("description"),
            License = metadata.Text("license") is { Length: > 0 } own ? own : context.Provenance.License,
            Created = metadata.Date("date"),
            Modified = metadata.Date("modified"),
            Authors = metadata.Names("author"),
            References = metadata.Texts("references"),
            FalsePositives = metadata.Texts("falsepositives"),
            Techniques = [.. attack.Where(IsTechnique).Select(t => t.ToUpperInvariant())],
            Tactics = [.. attack.Where(IsTactic).Select(t => t.ToLowerInvariant().Replace('_', '-'))],
            Tags = tags,
            Related = Related(metadata),
            LogSource = new("sigma", Terms(metadata)),
        };
        return document with { Diagnostics = metadata.Findings };
    }

    /// <summary>The kind by the outermost folder that says one; what lies in no known folder is a rule.</summary>
    static RuleKind KindOf(string path)
    {
        foreach (var folder in path.Split('/')[..^1])
        {
            switch (folder)
            {
                case "deprecated":
                    return RuleKind.Deprecated;
                case "unsupported":
                    return RuleKind.Unsupported;
                case "rules" or "rules-emerging-threats" or "rules-threat-hunting" or "rules-placeholder" or "rules-compliance" or "rules-dfir":
                    return RuleKind.Rule;
            }
        }

        return RuleKind.Rule;
    }

    static string? AttackName(string tag) =>
        tag.StartsWith("attack.", StringComparison.OrdinalIgnoreCase) && tag.Length > "attack.".Length ? tag["attack.".Length..] : null;

    static bool IsTechnique(string name) => name is ['t' or 'T', var digit, ..] && char.IsAsciiDigit(digit);

    // Tactics are words or TA ids; groups (g0007), software (s0002), mitigations and data sources have a letter and digits.
    static bool IsTactic(string name) =>
        name is ['t' or 'T', 'a' or 'A', var digit, ..] && char.IsAsciiDigit(digit)
        || name.All(c => char.IsAsciiLetter(c) || c is '-' or '_');

    static EquatableArray<RelatedRule> Related(Metadata metadata)
    {
        if (metadata.Find("related") is not YamlNode.Sequence list)
            return [];
        var related = ImmutableArray.CreateBuilder<RelatedRule>();
        foreach (var item in list.Items)
        {
            if (item is YamlNode.Mapping mapping && mapping["id"] is YamlNode.Scalar { IsNull: false } id)
                related.Add(new(id.Value, (mapping["type"] as YamlNode.Scalar)?.Value ?? ""));
            else
                metadata.Report(item.Span, CorpusCodes.WrongShape, "related", "a list of 'id' and 'type'");
        }

        return related.ToImmutable();
    }

    static EquatableArray<LogSource.Term> Terms(Metadata metadata)
    {
        if (metadata.Find("logsource") is not YamlNode.Mapping mapping)
            return [];
        var source = new Metadata([mapping]);
        return [.. ((string[])["product", "category", "service"])
            .Select(key => new LogSource.Term(key, source.Texts(key)))
            .Where(term => !term.Values.IsEmpty)];
    }
}
