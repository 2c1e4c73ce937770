using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Python;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <content>One analysis item: its metadata, and its logic by its kind.</content>
public sealed partial class PantherReader
{
    RuleDocument Item(SourceFile file, SourceContext context, YamlNode.Mapping item, PantherType type, RuleKind kind, int number, bool isAlone)
    {
        var metadata = new Metadata([item]);
        var id = metadata.Text(type.IdKey);
        if (id.Length == 0)
            metadata.Report(new(item.Span.Start, 0), CorpusCodes.NoId);
        var title = metadata.Text("DisplayName");
        var source = new LogSource("panther", Terms(metadata));
        var python = Python(file, context, metadata);
        var text = python is null ? file.Source : file.Source.FollowedBy(python.Source);
        var attack = PantherReports.Read(metadata);
        var document = new RuleDocument
        {
            Vendor = "panther",
            Id = id.Length > 0 ? id : RuleDocument.IdFromPath(file.Path, number),
            // Panther shows the id where there is no name.
            Title = title.Length > 0 ? title : id.Length > 0 ? id : FileName(file.Path),
            Language = RuleLanguage.None,
            Kind = kind,
            Source = text,
            Extent = isAlone || python is not null ? new(0, text.Text.Length) : item.Span,
            Hash = file.Hash,
            Status = Status(metadata),
            Level = metadata.Text("Severity").ToLowerInvariant(),
            Description = metadata.Text("Description"),
            // The format has no place for license and date; rules that say them do it at the top.
            License = metadata.Text("License") is { Length: > 0 } license ? license : context.Provenance.License,
            Created = metadata.Date("Date"),
            Authors = metadata.Texts("CreatedBy"),
            References = metadata.Texts("Reference"),
            Notes = metadata.Texts("Runbook"),
            Techniques = attack.Techniques,
            Tactics = attack.Tactics,
            Tags = metadata.Texts("Tags"),
            LogSource = source,
        };
        document = type.Name switch
        {
            PantherTypes.Rule or PantherTypes.ScheduledRule or PantherTypes.CorrelationRule => new PantherLogic(file, context, item, metadata, python, Result).Of(document),
            PantherTypes.Policy => Kept(document, metadata, item["Filename"], PantherCodes.PolicyKept),
            _ => Kept(document, metadata, item["Query"], PantherCodes.QueryKept),
        };
        return document with { Diagnostics = [.. metadata.Findings, .. document.Diagnostics] };
    }

    RuleDocument PythonAlone(SourceFile file, SourceContext context)
    {
        var document = new RuleDocument
        {
            Vendor = "panther",
            Id = RuleDocument.IdFromPath(file.Path, 1),
            Title = FileName(file.Path),
            Language = RuleLanguage.Python,
            Kind = RuleKind.Rule,
            Source = file.Source,
            Extent = new(0, file.Source.Text.Length),
            Hash = file.Hash,
            License = context.Provenance.License,
            LogSource = new("panther", []),
        };
        return PantherLogic.OfPython(document, PythonParser.Parse(file.Source.Text), EmbeddedText.Whole(file.Source.Text), context, Result);
    }

    static RuleDocument Kept(RuleDocument document, Metadata metadata, YamlNode? what, DiagnosticCode code)
    {
        if (what is not null)
            metadata.Report(what.Span, code);
        return document;
    }

    // The file stands beside its metadata.
    static SourceFile? Python(SourceFile file, SourceContext context, Metadata metadata)
    {
        if (metadata.Text("Filename") is not { Length: > 0 } name)
            return null;
        return context.Companion(PantherShared.Beside(file.Path, name));
    }

    // A rule that is switched off says so in its own words.
    static string Status(Metadata metadata) =>
        metadata.Text("Status") is { Length: > 0 } status ? status.ToLowerInvariant()
        : (metadata.Find("Enabled") as YamlNode.Scalar)?.Boolean is false ? "disabled"
        : "";

    static EquatableArray<LogSource.Term> Terms(Metadata metadata)
    {
        var terms = ImmutableArray.CreateBuilder<LogSource.Term>();
        foreach (var (key, name) in (ReadOnlySpan<(string, string)>)[("log_type", "LogTypes"), ("scheduled_query", "ScheduledQueries"), ("resource_type", "ResourceTypes")])
        {
            if (metadata.Texts(name) is { IsEmpty: false } values)
                terms.Add(new(key, values));
        }

        return terms.ToImmutable();
    }

    static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
