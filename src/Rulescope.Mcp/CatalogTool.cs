using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Rulescope.Mcp.Answers;
using Rulescope.Text.Schemas;

namespace Rulescope.Mcp;

/// <summary>A tool: what it is for, what it takes, what it answers.</summary>
/// <param name="Name">As a client calls it.</param>
/// <param name="Title">For people.</param>
/// <param name="Purpose">For the model that chooses among the tools.</param>
/// <param name="Output">The shape of its answer, without what <see cref="Answers"/> adds.</param>
/// <param name="Answer">Answers a call.</param>
public sealed record CatalogTool(string Name, string Title, string Purpose, JsonSchema Output, Func<ToolArguments, ToolAnswer> Answer)
{
    public ImmutableArray<ToolParameter> Parameters { get; init; } = [];

    /// <summary>The lists of the answer that <c>limit</c> and <c>offset</c> count in, such as <c>indicators.rows</c>; members of all objects of a list as <c>tactics[].techniques</c>.</summary>
    public ImmutableArray<string> Paged { get; init; } = [];

    /// <summary>The usual and the greatest <c>limit</c> of a tool with pages.</summary>
    public (int Usual, int Most) Limit { get; init; } = (25, 200);

    /// <summary>Its answers hold texts that the authors of rules wrote.</summary>
    public bool HasRuleTexts { get; init; } = true;

    /// <summary>With those of its pages.</summary>
    public ImmutableArray<ToolParameter> AllParameters => Paged.IsEmpty ? Parameters :
    [
        .. Parameters,
        new ToolParameter.Number("limit", "How many rows of each list.", 0, Limit.Most, Limit.Usual),
        new ToolParameter.Number("offset", "How many rows to pass over; an answer that has more names the next offset.", 0, 1_000_000, 0),
    ];

    public JsonObject InputSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(AllParameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema()))),
        ["required"] = new JsonArray([.. AllParameters.Where(p => p.IsRequired).Select(p => JsonValue.Create(p.Name))]),
        ["additionalProperties"] = false,
    };

    public JsonObject OutputSchema()
    {
        var schema = JsonSchemaWriter.Alone(Output);
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (name, added) in AnswerMembers.Schemas(HasRuleTexts, !Paged.IsEmpty))
            properties[name] = added;
        schema["properties"] = properties;
        return schema;
    }
}
