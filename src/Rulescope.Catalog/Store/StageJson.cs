using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rulescope.Algebra.Reading;

namespace Rulescope.Catalog.Store;

/// <summary>One condition of a rule as the catalog keeps it for its page.</summary>
/// <param name="Name">For people: <c>filter</c>, <c>pattern start</c>.</param>
/// <param name="Text">The whole condition in one line.</param>
public sealed record StagePart(string Name, string Text, NodePart Tree);

/// <summary>A node of a condition's tree. <c>Kind</c>: <c>all</c>, <c>any</c>, <c>not</c>, <c>test</c>, <c>unread</c>.</summary>
/// <param name="Label">What the rule calls it, or empty.</param>
public sealed record NodePart(string Kind, string Label)
{
    public string? Field { get; init; }

    public string? Operator { get; init; }

    public string[]? Values { get; init; }

    /// <summary>The source text of a part that was not read.</summary>
    public string? SourceText { get; init; }

    public NodePart[]? Nodes { get; init; }
}

/// <summary>A place of a rule that has no model.</summary>
/// <param name="Line">Line in the file, from 1.</param>
public sealed record UnreadPart(string Text, int Line);

/// <summary>The stages of a reading as JSON.</summary>
static class StageJson
{
    public static string Of(IEnumerable<ReadStage> stages) => JsonSerializer.Serialize(
        stages.Select(s => new StagePart(s.Name, ReadText.Of(s.Condition), Node(s.Condition))).ToArray(), CatalogJson.Default.StagePartArray);

    static NodePart Node(ReadNode node) => node switch
    {
        ReadNode.All all => new("all", node.Label) { Nodes = [.. all.Nodes.Select(Node)] },
        ReadNode.Any any => new("any", node.Label) { Nodes = [.. any.Nodes.Select(Node)] },
        ReadNode.Not not => new("not", node.Label) { Nodes = [Node(not.Node)] },
        ReadNode.Leaf leaf => new("test", node.Label) { Field = leaf.Field, Operator = leaf.Operator.Word(), Values = [.. leaf.Values.Select(v => v.Text)] },
        ReadNode.Unsupported unsupported => new("unread", node.Label) { SourceText = unsupported.SourceText },
        _ => throw new UnreachableException(node.GetType().Name),
    };
}

/// <summary>JSON inside the catalog's columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 1024)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(StagePart[]))]
[JsonSerializable(typeof(UnreadPart[]))]
[JsonSerializable(typeof(FilePart[]))]
[JsonSerializable(typeof(QueryPart[]))]
sealed partial class CatalogJson : JsonSerializerContext;
