using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Rulescope.Engine.Conformance;

/// <summary>The members of the archives of a suite, by name.</summary>
public sealed class SuiteFiles(IReadOnlyDictionary<string, byte[]> members)
{
    /// <summary>The text members of some archives, read into memory.</summary>
    public static SuiteFiles Read(IEnumerable<Stream> archives)
    {
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var archive in archives)
        {
            foreach (var member in ConformanceFiles.Members(archive, n => n.EndsWith(".jsonl", StringComparison.Ordinal) || n.EndsWith(".csv", StringComparison.Ordinal)))
                members[member.Key] = member.Value;
        }

        return new(members);
    }

    /// <summary>The names of all members.</summary>
    public IEnumerable<string> Names => members.Keys;

    /// <summary>The bytes of a member; none where it is not there.</summary>
    public byte[] Bytes(string name) => members.TryGetValue(name, out var bytes) ? bytes : [];

    /// <summary>The text of a member.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>The objects of a JSON Lines member; lines that are none are left out.</summary>
    public ImmutableArray<JsonElement> Lines(string name) =>
        [.. Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).Where(e => e.ValueKind == JsonValueKind.Object)];

    static JsonElement Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>Members of JSON objects that may be absent.</summary>
static class JsonMembers
{
    /// <summary>The text of a member, empty where there is none.</summary>
    public static string TextOf(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    /// <summary>True when a member is the value true.</summary>
    public static bool Flag(this JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The items of a member that is a list, none otherwise.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The texts of a member that is a list.</summary>
    public static ImmutableArray<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString() ?? "")];
}
