using System.Collections.Immutable;
using Rulescope.Catalog.Search;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Web.Site;

/// <summary>A page that says why there is nothing to see, and where to go instead.</summary>
public sealed record SiteMessage(int Status, string Title, string Text)
{
    /// <summary>What to put into the search box.</summary>
    public string Search { get; init; } = "";

    public ImmutableArray<MessageLink> Links { get; init; } = [];
}

public readonly record struct MessageLink(string Title, string Url);

/// <summary>A search, and what it came to.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Findings">Spans count in <paramref name="Text"/>.</param>
public sealed record SearchAnswer(string Text, int Page, SearchQuery Query, ImmutableArray<Diagnostic> Findings, SearchResult Result)
{
    /// <summary>Nothing was asked for, so every live rule fits.</summary>
    public bool IsAll => string.IsNullOrWhiteSpace(Text);
}

/// <summary>Words for technique ids that have no page.</summary>
static class LostTechnique
{
    public static SiteMessage Of(AttackResolution resolution)
    {
        var facts = AttackFacts.Default;
        var parent = resolution.Id is { } id && AttackId.ParentOf(id) is { } above ? facts.Find(above) : null;
        var title = resolution.Id is { } known && facts.NameOf(known) is not null ? $"{known} has no page" : "There is no such technique";
        return new(404, title, Text(resolution, facts))
        {
            Search = resolution.Id is { } named ? facts.NameOf(named) ?? named : resolution.Written,
            Links =
            [
                .. parent is null ? [] : (MessageLink[])[new($"{parent.Id} {parent.Name}", Links.Technique(parent.Id))],
                .. parent is null ? [] : facts.SubTechniques(parent.Id).Select(t => new MessageLink($"{t.Id} {t.Name}", Links.Technique(t.Id))),
                new("All techniques", Links.Techniques),
            ],
        };
    }

    static string Text(AttackResolution resolution, AttackFacts facts) => resolution.Kind switch
    {
        AttackIdKind.Malformed => $"“{resolution.Written}” is not a technique id. Write it like T1021 or T1021.007; ids of older ATT&CK versions lead to today's page.",
        AttackIdKind.Retired => $"{resolution.Id} ({facts.NameOf(resolution.Id ?? "")}) was deprecated by ATT&CK without a successor.",
        AttackIdKind.OtherMatrix => $"{resolution.Id} belongs to the {resolution.Matrix} matrix; this guide covers ATT&CK for Enterprise.",
        _ => $"ATT&CK for Enterprise knows no technique {resolution.Id} in any version from 15 to {facts.Version}.",
    };
}
