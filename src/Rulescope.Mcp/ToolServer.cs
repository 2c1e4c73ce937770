using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Rulescope.Mcp.Answers;
using Rulescope.Text;

namespace Rulescope.Mcp;

/// <summary>Speaks the Model Context Protocol over two streams: lists the tools and answers their calls.</summary>
public sealed partial class ToolServer(ImmutableArray<CatalogTool> tools, string version, ILoggerFactory logs)
{
    const string Instructions =
        "Rulescope holds the public detection rules of Sigma, Elastic, Splunk, Google SecOps (YARA-L), Panther and Microsoft (Kusto) in one catalog, their fields under common names. "
        + "Start with 'search' or 'techniques'; 'guide' tells what all rules of an ATT&CK technique check and exclude; 'rule' shows one; 'compare' and 'check' take a rule of your own. "
        + "Lists have pages (limit, offset); 'page' states the totals, 'cut' what was left out. " + AnswerMembers.Untrusted;

    readonly ILogger _log = logs.CreateLogger<ToolServer>();

    /// <summary>Answers until the client goes or it is stopped.</summary>
    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "rulescope", Title = "Rulescope", Version = version },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(Describe)] }),
                CallToolHandler = (request, stop) => new(Task.Run(() => Call(request.Params), stop)),
            },
        };
        await using var transport = new StreamServerTransport(input, output, "rulescope", logs);
        await using var server = McpServer.Create(transport, options, logs);
        await server.RunAsync(cancellation).ConfigureAwait(false);
    }

    static Tool Describe(CatalogTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Purpose,
        InputSchema = Element(tool.InputSchema().ToJsonString()),
        OutputSchema = Element(tool.OutputSchema().ToJsonString()),
        Annotations = new ToolAnnotations { Title = tool.Title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    CallToolResult Call(CallToolRequestParams? call)
    {
        var name = call?.Name ?? "";
        if (tools.FirstOrDefault(t => t.Name == name) is not { } tool)
        {
            var near = Nearest.Of(name, tools.Select(t => t.Name));
            throw new McpProtocolException($"there is no tool '{ShownText.Line(name)}'{(near is null ? "" : $"; did you mean '{near}'?")}", McpErrorCode.InvalidParams);
        }

        if (ToolArguments.Read(tool.AllParameters, call?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal), out var faults) is not { } arguments)
            return Refuse(faults);
        try
        {
            return tool.Answer(arguments) switch
            {
                ToolAnswer.Found found => Finish(tool, found, arguments),
                ToolAnswer.Refused refused => Refuse(refused.Message),
                _ => Refuse("there is no answer"),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Broke(_log, e, tool.Name);
            return Refuse("something broke on our side; the log of the server says what");
        }
    }

    static CallToolResult Finish(CatalogTool tool, ToolAnswer.Found found, ToolArguments arguments)
    {
        var content = found.Content;
        var summary = found.Summary;
        if (!tool.Paged.IsEmpty)
            summary += " " + AnswerPages.Take(content, tool.Paged, arguments.Number("limit"), arguments.Number("offset"));
        if (tool.HasRuleTexts)
            content.Insert(0, AnswerMembers.Notice, AnswerMembers.Untrusted);
        if (AnswerSize.Write(content, out var cuts) is not { } json)
            return Refuse($"the answer has more than {AnswerSize.MostBytes >> 10} KiB however it is cut; ask for fewer rows with 'limit'");
        if (cuts > 0)
            summary += $" Cut to fit {AnswerSize.MostBytes >> 10} KiB, in {cuts} places: 'cut' names the largest.";
        return new CallToolResult
        {
            // The protocol asks for the document as text too, for clients that know no structured content.
            Content = [new TextContentBlock { Text = summary }, new TextContentBlock { Text = json }],
            StructuredContent = Element(json),
        };
    }

    static CallToolResult Refuse(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
        return document.RootElement.Clone();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the tool {Tool} broke")]
    static partial void Broke(ILogger log, Exception problem, string tool);
}
