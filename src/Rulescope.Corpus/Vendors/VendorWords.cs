using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors;

/// <summary>What the words of a vendor's metadata say of platform and domain (SPEC T13): data, kept in <c>content/corpora/words.json</c>.</summary>
/// <remarks>A word is compared without regard to case; <c>*</c> at its start or end stands for anything. Every entry that fits counts.</remarks>
static class VendorWords
{
    const string Resource = "corpora/words.json";

    static readonly Lazy<FrozenDictionary<string, ImmutableArray<Entry>>> Entries = new(Load);

    sealed record Entry(string Word, ImmutableArray<string> Platforms, ImmutableArray<string> Domains);

    /// <summary>The platforms and domains that words under these keys stand for, in the order of the words.</summary>
    public static (EquatableArray<string> Platforms, EquatableArray<string> Domains) Of(string vendor, IEnumerable<(string Key, string Word)> words)
    {
        var fitting = words.SelectMany(w => Entries.Value.GetValueOrDefault($"{vendor} {w.Key}", []).Where(e => Fits(e.Word, w.Word))).ToArray();
        return ([.. fitting.SelectMany(e => e.Platforms).Distinct(StringComparer.Ordinal)], [.. fitting.SelectMany(e => e.Domains).Distinct(StringComparer.Ordinal)]);
    }

    static bool Fits(string pattern, string word)
    {
        var core = pattern.Trim('*');
        return (pattern.StartsWith('*'), pattern.EndsWith('*')) switch
        {
            (false, false) => word.Equals(core, StringComparison.OrdinalIgnoreCase),
            (false, true) => word.StartsWith(core, StringComparison.OrdinalIgnoreCase),
            (true, false) => word.EndsWith(core, StringComparison.OrdinalIgnoreCase),
            _ => word.Contains(core, StringComparison.OrdinalIgnoreCase),
        };
    }

    static FrozenDictionary<string, ImmutableArray<Entry>> Load()
    {
        using var stream = typeof(VendorWords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("the words of the vendors are not part of the assembly");
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject()
            .SelectMany(vendor => vendor.Value.EnumerateObject(), (vendor, key) => KeyValuePair.Create($"{vendor.Name} {key.Name}", ReadEntries(key.Value)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    static ImmutableArray<Entry> ReadEntries(JsonElement words) =>
        [.. words.EnumerateObject().Select(w => new Entry(w.Name, Texts(w.Value, "platforms"), Texts(w.Value, "domains")))];

    static ImmutableArray<string> Texts(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString() ?? "")] : [];
}
