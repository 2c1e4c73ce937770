using System.Diagnostics;
using System.Text.Json.Nodes;
using Rulescope.Text;

namespace Rulescope.Mcp;

/// <summary>What a tool takes under a name; its schema is what a client sees, and what <see cref="ToolArguments"/> holds it to.</summary>
public abstract record ToolParameter
{
    ToolParameter(string name, string meaning) => (Name, Meaning) = (name, meaning);

    public string Name { get; }

    public string Meaning { get; }

    public bool IsRequired { get; init; }

    /// <summary>One line of text without control characters.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Meaning">What it means, for the model that fills it in.</param>
    /// <param name="OneOf">The words it may be; empty for any text.</param>
    public sealed record Line(string Name, string Meaning, EquatableArray<string> OneOf = default) : ToolParameter(Name, Meaning)
    {
        public int MaxLength { get; init; } = 500;
    }

    /// <summary>A whole document; it may hold anything.</summary>
    public sealed record Document(string Name, string Meaning, int MaxLength) : ToolParameter(Name, Meaning);

    public sealed record Number(string Name, string Meaning, int Least, int Most, int Usual) : ToolParameter(Name, Meaning);

    public sealed record Flag(string Name, string Meaning) : ToolParameter(Name, Meaning);

    /// <summary>Several words of a fixed list.</summary>
    public sealed record Words(string Name, string Meaning, EquatableArray<string> OneOf) : ToolParameter(Name, Meaning);

    /// <summary>As a property of a JSON Schema.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = this switch
        {
            Line { OneOf.IsEmpty: true } l => new() { ["type"] = "string", ["maxLength"] = l.MaxLength },
            Line l => new() { ["type"] = "string", ["enum"] = Texts(l.OneOf) },
            Document d => new() { ["type"] = "string", ["maxLength"] = d.MaxLength },
            Number n => new() { ["type"] = "integer", ["minimum"] = n.Least, ["maximum"] = n.Most, ["default"] = n.Usual },
            Flag => new() { ["type"] = "boolean", ["default"] = false },
            Words w => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["enum"] = Texts(w.OneOf) } },
            _ => throw new UnreachableException(),
        };
        schema["description"] = Meaning;
        return schema;
    }

    static JsonArray Texts(EquatableArray<string> texts) => [.. texts.Items.Select(t => JsonValue.Create(t))];
}
