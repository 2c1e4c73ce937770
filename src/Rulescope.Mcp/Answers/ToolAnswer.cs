using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rulescope.Mcp.Answers;

/// <summary>What a tool answers: a document, or why there is none.</summary>
public abstract record ToolAnswer
{
    ToolAnswer() { }

    /// <summary>A document in the shape of the command line's JSON.</summary>
    /// <param name="Content">The document.</param>
    /// <param name="Summary">One or two sentences of ours about it.</param>
    public sealed record Found(JsonObject Content, string Summary) : ToolAnswer;

    /// <summary>A mistake that the model can mend.</summary>
    public sealed record Refused(string Message) : ToolAnswer;

    /// <summary>What a writer of JSON writes.</summary>
    public static Found Of(Action<Stream> write, string summary)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        var content = JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), null, new JsonDocumentOptions { MaxDepth = 1024 });
        return new(content as JsonObject ?? throw new InvalidOperationException("an answer is an object"), summary);
    }
}
