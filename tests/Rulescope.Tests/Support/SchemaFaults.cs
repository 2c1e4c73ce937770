using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rulescope.Tests.Support;

/// <summary>Where a JSON value is other than its schema says, as far as our schemas say anything.</summary>
/// <remarks>Members that the schema does not name are faults too: it shall tell all there is.</remarks>
public static class SchemaFaults
{
    /// <summary>The faults of a value, each with its path.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">Where its references lead.</param>
    /// <param name="value">The value.</param>
    public static IReadOnlyList<string> Of(JsonNode schema, JsonNode document, JsonElement value)
    {
        var faults = new List<string>();
        Look(schema, document, value, "$", faults);
        return faults;
    }

    static void Look(JsonNode schema, JsonNode document, JsonElement value, string path, List<string> faults)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Look(Follow(document, reference), document, value, path, faults);
            return;
        }

        if (schema["anyOf"]?.AsArray() is { } choices)
        {
            var best = choices.Select(c => Of(c!, document, value)).MinBy(f => f.Count)!;
            var beside = schema["properties"]?.AsObject().Select(p => $"$: {p.Key} is not in the schema").ToHashSet(StringComparer.Ordinal) ?? [];
            faults.AddRange(best.Where(f => !beside.Contains(f)).Select(f => path + f[1..]));
            return;
        }

        if (schema["type"]?.GetValue<string>() is not { } type)
            return;
        if (!IsOf(type, value))
        {
            faults.Add($"{path}: {value.ValueKind} where {type} was expected");
            return;
        }

        if (type == "array")
        {
            foreach (var (number, item) in value.EnumerateArray().Index())
                Look(schema["items"]!, document, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{number}]"), faults);
        }
        else if (type == "object")
        {
            LookInside(schema, document, value, path, faults);
        }
    }

    static void LookInside(JsonNode schema, JsonNode document, JsonElement value, string path, List<string> faults)
    {
        foreach (var name in schema["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? [])
        {
            if (!value.TryGetProperty(name, out _))
                faults.Add($"{path}: has no {name}");
        }

        foreach (var member in value.EnumerateObject())
        {
            var named = schema["properties"]?[member.Name] ?? schema["additionalProperties"];
            if (named is null)
                faults.Add($"{path}: {member.Name} is not in the schema");
            else
                Look(named, document, member.Value, $"{path}.{member.Name}", faults);
        }
    }

    static JsonNode Follow(JsonNode document, string reference)
    {
        var at = document;
        foreach (var name in reference.Split('/')[1..])
            at = at[name] ?? throw new InvalidOperationException($"{reference} leads nowhere");
        return at;
    }

    static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"no such type: {type}"),
    };
}
