using System.Globalization;
using System.Text.Json;
using Rulescope.Corpus.Sources;

namespace Rulescope.Corpus.Provenance;

/// <summary>
/// A file <c>sources.json</c> beside archives that says where each comes from:
/// <c>{"NAME.tar.gz": {"repository", "commit", "date", "license"}}</c>, every member optional.
/// </summary>
static class ArchiveManifest
{
    const string Name = "sources.json";
    const int MaxBytes = 1 << 20;

    /// <summary>What the manifest beside the source says about it; null when it says nothing.</summary>
    public static SourceProvenance? Find(RuleSource source, CorpusFindings findings)
    {
        var path = Path.GetFullPath(source.Path);
        var manifest = Path.Combine(Path.GetDirectoryName(path) ?? "", Name);
        try
        {
            if (!File.Exists(manifest) || new FileInfo(manifest).Length is 0 or > MaxBytes)
                return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                findings.Add(Name, CorpusCodes.ManifestUnreadable, "expected an object with a member for each archive");
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(Path.GetFileName(path), out var entry)
                && entry.ValueKind == JsonValueKind.Object
                ? Read(source, entry)
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            findings.Add(Name, CorpusCodes.ManifestUnreadable, Reason.Of(e));
            return null;
        }
    }

    static SourceProvenance Read(RuleSource source, JsonElement entry) => new(
        source.Vendor,
        source.Path,
        Word(entry, "repository") is { } url ? RepositoryUrl.Normalize(url) : null,
        Word(entry, "commit")?.ToLowerInvariant(),
        DateOnly.TryParseExact(Word(entry, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        Word(entry, "license"));

    static string? Word(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
