using Rulescope.Catalog.Guide;
using Rulescope.Corpus;

namespace Rulescope.Web.Site;

/// <summary>Reads the question of a technique page from its address; what makes no sense there is left out.</summary>
static class GuideAddress
{
    const int MaxValue = 100;

    static readonly string[] Roles = ["behaviour", "selector", "threshold", "all"];

    /// <summary>The question; <paramref name="role"/> is meant where the address names none.</summary>
    public static GuideQuestion Read(string id, IQueryCollection query, string role) => new(id)
    {
        Platform = Word(query, "platform"),
        Domain = Word(query, "domain"),
        Vendor = Word(query, "vendor"),
        Level = Word(query, "level"),
        Data = Word(query, "data"),
        Role = Word(query, "role") is { } asked && Roles.Contains(asked, StringComparer.Ordinal) ? asked : role,
        Include = RuleKinds.ParseList(Word(query, "include") ?? "", out _) is { } kinds ? [.. RuleKinds.All.Where(k => k != RuleKind.Rule && kinds.Contains(k)).Select(k => k.Word())] : [],
        WithSubtechniques = IsOn(query, "sub"),
        Plain = IsOn(query, "plain"),
        All = IsOn(query, "all"),
    };

    static bool IsOn(IQueryCollection query, string name) => Word(query, name) is "1" or "true" or "on";

    static string? Word(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 and <= MaxValue } value, ..] && !value.Any(char.IsControl) ? value.Trim().ToLowerInvariant() : null;
}
