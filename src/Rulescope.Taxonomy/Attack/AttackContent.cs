using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>Reads the embedded files of <c>content/attack</c>; a fault in them is a fault of the build, so it throws.</summary>
static class AttackContent
{
    /// <summary>A revoked id: its name when it was valid, and the id MITRE names in its place, which may be revoked in turn.</summary>
    public sealed record Move(string Name, string To);

    /// <summary>How a misspelt id is to be read.</summary>
    public sealed record Repair(string Id, string Reason);

    public static (string Version, FrozenDictionary<string, Technique> Techniques) Techniques(string file, ImmutableArray<Tactic> tactics)
    {
        using var document = Open(file);
        var byName = tactics.ToDictionary(t => t.ShortName, StringComparer.Ordinal);
        foreach (var tactic in tactics)
        {
            if (tactic.FormerName is { } former)
                byName[ShortNameOf(former)] = tactic;
        }

        var techniques = Rows(document, "techniques").Select(row => new Technique(
            Text(row, "id"),
            Text(row, "name"),
            Texts(row, "tactics").Select(name => byName[name]).ToEquatableArray(),
            Texts(row, "platforms").ToEquatableArray()));
        return (Text(document.RootElement, "version"), techniques.ToFrozenDictionary(t => t.Id, StringComparer.Ordinal));
    }

    public static ImmutableArray<Tactic> Tactics()
    {
        using var document = Open("tactics.json");
        return [.. Rows(document, "tactics").Select((row, i) => new Tactic(
            Text(row, "id"), Text(row, "short"), Text(row, "name"), i, row.TryGetProperty("formerName", out var former) ? former.GetString() : null))];
    }

    public static FrozenDictionary<string, Move> Moved() =>
        Table("moved.json", "moved", "id", row => new Move(Text(row, "name"), Text(row, "to")));

    public static FrozenDictionary<string, string> Retired() => Table("retired.json", "retired", "id", row => Text(row, "name"));

    public static FrozenDictionary<string, string> OtherMatrices() =>
        Table("other-matrices.json", "techniques", "id", row => Text(row, "matrix"));

    public static FrozenDictionary<string, Repair> Repairs() =>
        Table("repairs.json", "repairs", "written", row => new Repair(Text(row, "id"), Text(row, "reason")));

    /// <summary><c>command-and-control</c> of <c>Command and Control</c>, <c>command_and_control</c> or the short name itself.</summary>
    public static string ShortNameOf(ReadOnlySpan<char> name) =>
        name.Trim().ToString().ToLowerInvariant().Replace(' ', '-').Replace('_', '-');

    static FrozenDictionary<string, T> Table<T>(string file, string array, string key, Func<JsonElement, T> value)
    {
        using var document = Open(file);
        return Rows(document, array).ToFrozenDictionary(row => Text(row, key), value, StringComparer.OrdinalIgnoreCase);
    }

    static JsonDocument Open(string file)
    {
        using var stream = typeof(AttackContent).Assembly.GetManifestResourceStream($"Rulescope.Attack.{file}")
            ?? throw new InvalidOperationException($"the content file {file} is not embedded");
        return JsonDocument.Parse(stream);
    }

    static JsonElement.ArrayEnumerator Rows(JsonDocument document, string array) => document.RootElement.GetProperty(array).EnumerateArray();

    static string Text(JsonElement row, string property) =>
        row.GetProperty(property).GetString() ?? throw new InvalidOperationException($"'{property}' is null in the ATT&CK content");

    static IEnumerable<string> Texts(JsonElement row, string property) =>
        row.GetProperty(property).EnumerateArray().Select(item => item.GetString() ?? "");
}
