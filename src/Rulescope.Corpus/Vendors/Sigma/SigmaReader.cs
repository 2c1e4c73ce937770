using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Sigma;
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
        var entries = SigmaParser.ParseEntries(file.Source.Text, stream.Value);
        var scope = SigmaScope.Of(entries.Value.Select(e => e.Document));
        var ids = entries.Value.Select(e => e.Document.Header.Id).ToArray();
        var findings = stream.Diagnostics.AddRange(entries.Diagnostics);
        var documents = ImmutableArray.CreateBuilder<RuleDocument>();
        foreach (var (root, document) in entries.Value)
        {
            // What is no rule at all the parser has said.
            if (root is not YamlNode.Mapping mapping || document is SigmaDocument.Unread)
                continue;
            var number = documents.Count + 1;
            // An id that several documents share names none of them alone.
            var suffix = ids.Count(i => i is not null && string.Equals(i, document.Header.Id, StringComparison.Ordinal)) > 1 ? $"#{number}" : "";
            var extent = entries.Value.Length == 1 ? new SourceSpan(0, file.Source.Text.Length) : document.Span;
            var read = Describe(file, context, new Metadata([mapping]), document, extent, number, suffix);
            var lowered = SigmaLowering.Lower(document, scope);
            // A finding stands with the rule it lies in; what lies in none is the file's.
            var own = findings.Where(f => extent.Contains(f.Span)).ToImmutableArray();
            findings = findings.RemoveAll(own.Contains);
            documents.Add(read with { Query = lowered.Value, Diagnostics = [.. own, .. read.Diagnostics, .. lowered.Diagnostics] });
        }

        return new(documents.ToImmutable(), findings);
    }

    static RuleDocument Describe(
        SourceFile file, SourceContext context, Metadata metadata, SigmaDocument kind, SourceSpan extent, int number, string suffix)
    {
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
            Kind = kind is SigmaDocument.Filter ? RuleKind.Filter : KindOf(file.Path),
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
            LogSource = LogSourceOf(kind),
            Code = [new(extent, RuleLanguage.Sigma)],
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

    static LogSource LogSourceOf(SigmaDocument document) => document switch
    {
        SigmaDocument.Rule rule => SigmaLowering.Lower(rule.LogSource),
        SigmaDocument.Filter filter => SigmaLowering.Lower(filter.LogSource),
        _ => new(SigmaLowering.Vendor, []),
    };
}
