using System.Collections.Frozen;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>Reads one STIX object, or one row of a compact file, whatever types its properties have; absent texts are empty.</summary>
readonly struct StixObject
{
    const string EnterpriseSource = "mitre-attack";
    const int MaxItems = 1000;

    readonly JsonElement _object;
    readonly Dictionary<string, JsonElement>? _properties;

    /// <summary>An object that was read whole.</summary>
    public StixObject(JsonElement whole) => _object = whole;

    /// <summary>An object whose properties were read one by one.</summary>
    public StixObject(Dictionary<string, JsonElement> properties) => _properties = properties;

    /// <summary>The properties that mean something here; others of a large object need not be kept.</summary>
    public static FrozenSet<string> Properties { get; } = FrozenSet.ToFrozenSet(
        [
            "type", "id", "name", "description", "external_references", "revoked", "x_mitre_deprecated", "x_mitre_platforms", "kill_chain_phases",
            "modified", "definition", "relationship_type", "source_ref", "target_ref", "x_mitre_version",
        ],
        StringComparer.Ordinal);

    public string Text(string property) => Find(property) is { } value ? JsonText.Of(value) : "";

    public bool IsTrue(string property) => Find(property)?.ValueKind == JsonValueKind.True;

    public EquatableArray<string> Texts(string property) =>
        Items(property).Select(JsonText.Of).Where(text => text.Length > 0).ToEquatableArray();

    /// <summary>The short names of the tactics, in the file's order.</summary>
    public EquatableArray<string> Phases() => Items("kill_chain_phases")
        .Select(phase => Member(phase, "phase_name"))
        .Where(name => name.Length > 0)
        .ToEquatableArray();

    /// <summary>The enterprise id; empty where there is none, with whether another matrix names the object.</summary>
    public string ExternalId(out bool isOtherMatrix)
    {
        isOtherMatrix = false;
        foreach (var reference in Items("external_references"))
        {
            var source = Member(reference, "source_name");
            if (string.Equals(source, EnterpriseSource, StringComparison.Ordinal))
                return Member(reference, "external_id");
            isOtherMatrix |= source.StartsWith("mitre-", StringComparison.Ordinal);
        }

        return "";
    }

    /// <summary>The statement of a marking definition, or null.</summary>
    public string? Statement() =>
        Find("definition") is { } definition && Member(definition, "statement") is { Length: > 0 } statement ? statement : null;

    IEnumerable<JsonElement> Items(string property) =>
        Find(property) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Take(MaxItems) : [];

    JsonElement? Find(string property) => _properties is not null
        ? _properties.TryGetValue(property, out var kept) ? kept : null
        : _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(property, out var value) ? value : null;

    static string Member(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? JsonText.Of(value) : "";
}

/// <summary>Texts of JSON that may not be texts.</summary>
static class JsonText
{
    /// <summary>The string, or empty for anything else and for a string that is not Unicode.</summary>
    public static string Of(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>The name of a member, or empty when it is not Unicode.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
