using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Rulescope.Text.Schemas;

/// <summary>Schemas in the words of JSON Schema 2020-12, which are also those of OpenAPI 3.1.</summary>
/// <param name="definitions">Where definitions stand in the document, such as <c>#/$defs/</c>.</param>
public sealed class JsonSchemaWriter(string definitions)
{
    readonly SortedDictionary<string, JsonSchema.Entity> _named = new(StringComparer.Ordinal);

    /// <summary>A schema that stands alone, with all it refers to under <c>$defs</c>; its root is an object.</summary>
    public static JsonObject Alone(JsonSchema schema)
    {
        var writer = new JsonSchemaWriter("#/$defs/");
        var root = schema is JsonSchema.Entity entity ? writer.Members(entity) : writer.Write(schema);
        root["type"] = "object";
        if (writer.Definitions() is { Count: > 0 } named)
            root["$defs"] = named;
        return root;
    }

    /// <summary>A schema; entities are referred to, and named by <see cref="Definitions"/>.</summary>
    public JsonObject Write(JsonSchema schema) => schema switch
    {
        JsonSchema.Text => Type("string"),
        JsonSchema.Whole => Type("integer"),
        JsonSchema.Number => Type("number"),
        JsonSchema.Flag => Type("boolean"),
        JsonSchema.Anything => [],
        JsonSchema.OrNull(JsonSchema.Anything) => [],
        JsonSchema.OrNull n => new() { ["anyOf"] = new JsonArray(Write(n.Value), Type("null")) },
        JsonSchema.List l => new() { ["type"] = "array", ["items"] = Write(l.Item) },
        JsonSchema.Map m => new() { ["type"] = "object", ["additionalProperties"] = Write(m.Value) },
        JsonSchema.Entity e => Reference(e),
        JsonSchema.Either e => new() { ["anyOf"] = new JsonArray(Reference(e.One), Reference(e.Other)) },
        _ => throw new UnreachableException(),
    };

    /// <summary>The entities that were referred to, and those they refer to.</summary>
    public JsonObject Definitions()
    {
        var written = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        while (_named.FirstOrDefault(n => !written.ContainsKey(n.Key)).Value is { } next)
            written[next.Name] = Members(next);
        return new(written.Select(w => KeyValuePair.Create(w.Key, (JsonNode?)w.Value)));
    }

    JsonObject Reference(JsonSchema.Entity entity)
    {
        if (!_named.TryAdd(entity.Name, entity) && _named[entity.Name] != entity)
            throw new InvalidOperationException($"two schemas have the name {entity.Name}");
        return new() { ["$ref"] = definitions + entity.Name };
    }

    JsonObject Members(JsonSchema.Entity entity)
    {
        var properties = new JsonObject();
        foreach (var member in entity.Members)
        {
            var schema = Write(member.Schema);
            if (member.Meaning.Length > 0)
                schema["description"] = member.Meaning;
            properties[member.Name] = schema;
        }

        return new()
        {
            ["type"] = "object",
            ["description"] = entity.Meaning,
            ["properties"] = properties,
            ["required"] = new JsonArray([.. entity.Members.Items.Where(m => !m.IsOptional).Select(m => JsonValue.Create(m.Name))]),
        };
    }

    static JsonObject Type(string name) => new() { ["type"] = name };
}
