using System.Collections.Immutable;
using System.Text.Json;

namespace Rulescope.Corpus.Provenance;

/// <summary>A public rule set.</summary>
/// <param name="Vendor">The vendor's id.</param>
/// <param name="Name">Its folder under the vendor's in the cache of <c>sync</c>.</param>
/// <param name="Repository">Where it is kept; also what <c>sync</c> clones.</param>
/// <param name="License">SPDX id.</param>
/// <param name="Folders">The folders with rules, at the top of the repository.</param>
public sealed record KnownRuleSet(string Vendor, string Name, string Repository, string License, ImmutableArray<string> Folders)
{
    /// <summary>How much of its rules may be shown.</summary>
    public Publish Publish { get; init; }
}

/// <summary>The public rule sets we know by name: data, kept in <c>content/corpora/sources.json</c>.</summary>
public sealed record KnownRuleSets(ImmutableArray<KnownRuleSet> All)
{
    static readonly Lazy<KnownRuleSets> Loaded = new(Load);

    /// <summary>Those shipped with the program.</summary>
    public static KnownRuleSets Builtin => Loaded.Value;

    /// <summary>Those of one vendor.</summary>
    public IEnumerable<KnownRuleSet> Of(string vendor) => All.Where(s => string.Equals(s.Vendor, vendor, StringComparison.Ordinal));

    /// <summary>How much of a source's rules may be shown by what is known of its repository.</summary>
    public Publish PublishOf(SourceProvenance source) => All.FirstOrDefault(s => RepositoryUrl.AreSame(s.Repository, source.Repository))?.Publish ?? Publish.Full;

    static KnownRuleSets Load()
    {
        using var stream = typeof(KnownRuleSets).Assembly.GetManifestResourceStream("corpora/sources.json")
            ?? throw new InvalidOperationException("the list of public rule sets is not part of the assembly");
        using var json = JsonDocument.Parse(stream);
        return new([.. json.RootElement.GetProperty("ruleSets").EnumerateArray().Select(ReadSet)]);
    }

    static KnownRuleSet ReadSet(JsonElement set) => new(
        Word(set, "vendor"),
        Word(set, "name"),
        Word(set, "repository"),
        Word(set, "license"),
        [.. set.GetProperty("folders").EnumerateArray().Select(f => f.GetString() ?? "")])
    {
        Publish = set.TryGetProperty("publish", out var publish) ? PublishWords.Parse(publish.GetString()) ?? throw new InvalidOperationException($"no publish mode: {publish}") : Publish.Full,
    };

    static string Word(JsonElement set, string name) => set.GetProperty(name).GetString() ?? "";
}
