using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Catalog.Store;

/// <summary>What a catalog holds of a rule in its author's or its own words. This is the one place where <see cref="Publish"/> decides.</summary>
/// <remarks>
/// What is not in the file, nothing that is made of it can show: no page, twin, command, export or search. Whoever adds a column with words
/// of a rule adds it here.
/// </remarks>
sealed record PublishedRule
{
    const int MostArguments = 16;

    public string Text { get; private init; } = "";

    public string Files { get; private init; } = "[]";

    public string Code { get; private init; } = "[]";

    public string Description { get; private init; } = "";

    public string LogSource { get; private init; } = "";

    public ImmutableArray<string> References { get; private init; } = [];

    public ImmutableArray<string> FalsePositives { get; private init; } = [];

    public ImmutableArray<string> Tags { get; private init; } = [];

    public ImmutableArray<string> Related { get; private init; } = [];

    public string Stages { get; private init; } = "[]";

    public string Unread { get; private init; } = "[]";

    public required ImmutableArray<NeededSource> Sources { get; init; }

    public ImmutableArray<(int Stage, int Number, string Label, string Text)> Clauses { get; private init; } = [];

    public ImmutableArray<(NormalisedLeaf Leaf, ReadingKind Reading)> Observations { get; private init; } = [];

    /// <summary>The rows have places in <see cref="Text"/>.</summary>
    public bool HasPlaces { get; private init; }

    /// <summary>All that could be read stands in the catalog.</summary>
    public bool IsReadable { get; private init; }

    public static PublishedRule Of(RuleRecord record, Publish publish) => publish switch
    {
        Publish.Full => Facts(record, withText: true) with
        {
            Text = record.Document.Text,
            Files = TextLayout.FilesOf(record.Document),
            Code = TextLayout.CodeOf(record.Document),
            HasPlaces = true,
        },
        Publish.Facts => Facts(record, withText: false),
        // A source that only the rule knows is one of its own words.
        Publish.Link => new() { Sources = [.. record.Sources.Where(s => !s.IsWord)] },
        _ => throw new UnreachableException(publish.ToString()),
    };

    /// <summary>A finding as the catalog keeps it; its message may quote the rule.</summary>
    public static CorpusFinding Of(CorpusFinding finding, Publish publish)
    {
        if (publish == Publish.Full)
            return finding;
        object?[] quotes = [.. Enumerable.Repeat("…", MostArguments)];
        var code = finding.Diagnostic.Code;
        return finding with { Diagnostic = finding.Diagnostic with { Message = string.Format(CultureInfo.InvariantCulture, code.Format, quotes) } };
    }

    static PublishedRule Facts(RuleRecord record, bool withText)
    {
        var document = record.Document;
        ImmutableArray<ReadStage> stages = [.. (record.Reading?.Stages ?? []).Select(s => withText ? s : s with { Condition = WithoutText(s.Condition) })];
        return new()
        {
            Description = document.Description,
            LogSource = document.LogSource.Display,
            Sources = record.Sources,
            References = [.. document.References],
            FalsePositives = [.. document.FalsePositives],
            Tags = [.. document.Tags],
            Related = [.. document.Related.Select(r => $"{r.Relation} {r.Id}")],
            Stages = StageJson.Of(stages),
            Unread = JsonSerializer.Serialize(
                (record.Reading?.Unread ?? []).Select(u => new UnreadPart(withText ? u.SourceText : "", document.Source.Position(u.Span).Line)).ToArray(), CatalogJson.Default.UnreadPartArray),
            Clauses =
            [
                .. from stage in stages.Index()
                   from clause in stage.Item.Exclusions.Items.Index()
                   select (stage.Index, clause.Index, clause.Item.Label, ReadText.Of(withText ? clause.Item.Condition : WithoutText(clause.Item.Condition))),
            ],
            Observations = record.Observations,
            IsReadable = record.IsReadable,
        };
    }

    // A part that was not read is kept in the words of the rule.
    static ReadNode WithoutText(ReadNode node) => node switch
    {
        ReadNode.All all => all with { Nodes = [.. all.Nodes.Select(WithoutText)] },
        ReadNode.Any any => any with { Nodes = [.. any.Nodes.Select(WithoutText)] },
        ReadNode.Not not => not with { Node = WithoutText(not.Node) },
        ReadNode.Unsupported unsupported => unsupported with { SourceText = "" },
        _ => node,
    };
}
