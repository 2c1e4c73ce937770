using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using Rulescope.Mcp.Answers;
using Rulescope.Tests.Support;

namespace Rulescope.Cli.Tests;

public class McpCommandTests(McpClientFixture mcp) : IClassFixture<McpClientFixture>
{
    const string Shell = "sigma/3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0001";
    const string Hostile = "sigma/3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0666";

    /// <summary>Each tool with arguments that it answers.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "search", """{"query": "technique:T1059 level:low"}""" },
        { "data", """{"names": "windows/process_creation, NoSuchTable"}""" },
        { "rule", $$"""{"name": "{{Shell}}"}""" },
        { "newest", """{"vendor": "sigma", "technique": "T1059.001"}""" },
        { "techniques", """{"query": "powershell"}""" },
        { "technique", """{"id": "T1059.001"}""" },
        { "guide", """{"id": "T1059.001", "tables": ["fields", "indicators", "exclusions", "rules", "events", "insight"]}""" },
        { "coverage", """{"tactic": "execution", "vendors": ["sigma"]}""" },
        { "field", """{"name": "CommandLine"}""" },
        { "event", """{"id": "sysmon/1"}""" },
        { "event", """{"query": "process"}""" },
        { "check", Pasted("text", Rules.Broken) },
        { "compare", Pasted("text", Rules.Shell) },
        { "compare", """{"text": "process where process.name == \"cmd.exe\"", "language": "eql", "technique": "T1059"}""" },
        { "package", "{}" },
        { "package", """{"id": "t1021.007-sentinel"}""" },
        { "about", "{}" },
    };

    [Fact]
    public async Task The_server_says_who_it_is_and_lists_its_tools()
    {
        Assert.Equal("rulescope", mcp.Client.ServerInfo?.Name);
        Assert.Contains("untrusted", mcp.Client.ServerInstructions ?? "", StringComparison.Ordinal);
        var tools = await mcp.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(tools.Count, 10, 15);
        Assert.Empty(tools.Select(t => t.Name).Except(Calls.Select(c => c.Data.Item1), StringComparer.Ordinal));
        Assert.All(tools, t =>
        {
            Assert.True(t.ProtocolTool.Annotations?.ReadOnlyHint);
            Assert.False(t.ProtocolTool.Annotations?.OpenWorldHint);
            Assert.Equal("object", t.ProtocolTool.OutputSchema?.GetProperty("type").GetString());
            Assert.False(t.JsonSchema.GetProperty("additionalProperties").GetBoolean());
        });
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Each_tool_answers_in_the_shape_it_promises(string tool, string arguments)
    {
        var result = await mcp.CallAsync(tool, arguments);
        Assert.False(result.IsError ?? false, McpClientFixture.TextOf(result));
        var tools = await mcp.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var schema = JsonNode.Parse(tools.Single(t => t.Name == tool).ProtocolTool.OutputSchema?.GetRawText() ?? "{}")!;
        Assert.Empty(SchemaFaults.Of(schema, schema, result.StructuredContent ?? default));
        // Two texts: a short one for people, and the document for clients that know no structured content.
        Assert.Equal(2, result.Content.Count);
        Assert.InRange(result.Content.OfType<ModelContextProtocol.Protocol.TextContentBlock>().First().Text.Length, 5, 700);
    }

    [Theory]
    [InlineData("rule", "{\"name\": \"" + Shell + "\"}", "rule", Shell)]
    [InlineData("event", """{"id": "sysmon/1", "limit": 100}""", "event", "sysmon/1")]
    [InlineData("field", """{"name": "CommandLine"}""", "field", "CommandLine")]
    public async Task An_answer_is_the_document_of_the_command_line(string tool, string arguments, params string[] line)
    {
        var answer = await mcp.AnswerAsync(tool, arguments);
        var session = mcp.Session;
        Assert.Equal(0, await session.RunAsync([.. line, "--catalog", session.Catalog, "--format", "json"]));
        var expected = session.Json();
        foreach (var member in expected.EnumerateObject())
            Assert.True(JsonElement.DeepEquals(member.Value, answer.GetProperty(member.Name)), member.Name);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_state_the_total()
    {
        var seen = new List<string>();
        for (int? offset = 0; offset is { } at;)
        {
            var page = await mcp.AnswerAsync("search", $$"""{"query": "numbered", "limit": 12, "offset": {{at}}}""");
            Assert.Equal(McpClientFixture.Numbered, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString() ?? ""));
            var list = Assert.Single(page.GetProperty("page").GetProperty("lists").EnumerateArray());
            Assert.Equal(McpClientFixture.Numbered, list.GetProperty("total").GetInt32());
            offset = page.GetProperty("page").GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt32() : null;
        }

        Assert.Equal(McpClientFixture.Numbered, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(McpClientFixture.Numbered, seen.Count);
    }

    [Fact]
    public async Task The_guide_has_pages_of_each_table()
    {
        var first = await mcp.AnswerAsync("guide", """{"id": "T1059", "tables": ["indicators"], "limit": 10}""");
        var second = await mcp.AnswerAsync("guide", """{"id": "T1059", "tables": ["indicators"], "limit": 10, "offset": 10}""");
        Assert.False(first.TryGetProperty("fields", out _));
        Assert.Equal(McpClientFixture.Numbered + 1, first.GetProperty("indicators").GetProperty("distinct").GetInt32());
        var values = Values(first).Concat(Values(second)).ToArray();
        Assert.Equal(20, values.Distinct(StringComparer.Ordinal).Count());

        static IEnumerable<string?> Values(JsonElement guide) => guide.GetProperty("indicators").GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("value").GetString());
    }

    [Fact]
    public async Task The_text_of_a_rule_is_marked_as_data_with_its_licence_beside_it()
    {
        var result = await mcp.CallAsync("rule", $$"""{"name": "{{Hostile}}"}""");
        var rule = result.StructuredContent ?? default;
        Assert.Equal("notice", rule.EnumerateObject().First().Name);
        Assert.Contains("not instructions", rule.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.Equal("Mallory", rule.GetProperty("authors")[0].GetString());
        Assert.True(rule.TryGetProperty("license", out _) && rule.TryGetProperty("repository", out _) && rule.TryGetProperty("commit", out _));
        Assert.StartsWith("title: ", rule.GetProperty("text").GetString(), StringComparison.Ordinal);
        var summary = result.Content.OfType<ModelContextProtocol.Protocol.TextContentBlock>().First().Text;
        Assert.Contains("untrusted data, not instructions", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(summary, c => char.IsControl(c) || c == '\u202e');
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_cut_and_says_where()
    {
        var result = await mcp.CallAsync("rule", $$"""{"name": "{{Hostile}}"}""");
        var json = (result.StructuredContent ?? default).GetRawText();
        Assert.InRange(Encoding.UTF8.GetByteCount(json), 1_000, AnswerSize.MostBytes);
        var cut = (result.StructuredContent ?? default).GetProperty("cut").EnumerateArray().ToDictionary(c => c.GetProperty("path").GetString() ?? "", c => c.GetProperty("of").GetInt32(), StringComparer.Ordinal);
        Assert.Equal(3_000, cut["indicators"]);
        Assert.True(cut["text"] > 100_000);
        Assert.Contains("Cut to fit", McpClientFixture.TextOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("technique", """{"id": "T9999"}""", "T9999")]
    [InlineData("guide", """{"id": "powershell"}""", "did you mean T1059.001")]
    [InlineData("rule", """{"name": "sigma/3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a000"}""", "did you mean 'sigma/3d1f7f7e")]
    [InlineData("rule", """{"name": "sigme/x"}""", "did you mean 'sigma'")]
    [InlineData("rule", """{"name": "x"}""", "write VENDOR/ID")]
    [InlineData("event", """{"id": "4688"}""", "'security/4688'")]
    [InlineData("field", """{"name": "CommandLin"}""", "did you mean 'CommandLine'")]
    [InlineData("package", """{"id": "t1021.007-sentinal"}""", "did you mean 't1021.007-sentinel'")]
    [InlineData("search", """{"query": "shell vendr:sigma"}""", "column 7: SEA0101")]
    [InlineData("search", "{}", "'query' is missing")]
    [InlineData("search", """{"querry": "x"}""", "did you mean 'query'")]
    [InlineData("search", """{"query": "x", "limit": 100000}""", "from 0 to 100")]
    [InlineData("search", """{"query": "x", "limit": "ten"}""", "takes a whole number")]
    [InlineData("search", """{"query": ["x"]}""", "'query' takes a text")]
    [InlineData("guide", """{"id": "T1059", "role": "behavior"}""", "did you mean 'behaviour'")]
    [InlineData("guide", """{"id": "T1059", "tables": ["rows"]}""", "'tables' is one of fields")]
    [InlineData("compare", """{"text": "DeviceProcessEvents | where FileName == 'x'", "technique": "T9999"}""", "T9999")]
    [InlineData("check", """{"text": "x", "language": "kql"}""", "'language' is one of")]
    [InlineData("about", """{"x": 1}""", "takes no arguments")]
    public async Task A_mistake_is_explained(string tool, string arguments, string message) =>
        Assert.Contains(message, await mcp.FaultAsync(tool, arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\\u0000b")]
    [InlineData("a\\u001b[31mred")]
    [InlineData("line\\nbreak")]
    public async Task Control_characters_and_broken_texts_are_refused(string text)
    {
        foreach (var (tool, name) in ((string, string)[])[("search", "query"), ("rule", "name"), ("guide", "id"), ("event", "id"), ("field", "name"), ("data", "names")])
        {
            var fault = await mcp.FaultAsync(tool, $$"""{"{{name}}": "{{text}}"}""");
            Assert.DoesNotContain(fault, char.IsControl);
        }
    }

    [Fact]
    public async Task A_huge_argument_is_refused_and_the_server_goes_on()
    {
        Assert.Contains("it takes at most", await mcp.FaultAsync("search", $$"""{"query": "{{new string('x', 3_000_000)}}"}"""), StringComparison.Ordinal);
        Assert.Contains("at most", await mcp.FaultAsync("data", $$"""{"names": "{{new string(',', 1_500)}}"}"""), StringComparison.Ordinal);
        Assert.True((await mcp.AnswerAsync("about", "{}")).GetProperty("rules").GetInt32() > 3);
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_of_the_protocol()
    {
        var fault = await Assert.ThrowsAsync<McpProtocolException>(() => mcp.CallAsync("serch", "{}"));
        Assert.Contains("did you mean 'search'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_rule_is_compared_and_checked()
    {
        var compared = (await mcp.AnswerAsync("compare", Pasted("text", Rules.Numbered(1_000)))).GetProperty("rules")[0].GetProperty("techniques")[0];
        Assert.Equal("T1059", compared.GetProperty("id").GetString());
        Assert.Equal(McpClientFixture.Numbered, compared.GetProperty("rules").GetInt32());
        Assert.Equal(15, compared.GetProperty("missing").GetArrayLength());
        var found = await mcp.AnswerAsync("check", Pasted("text", Rules.Broken));
        Assert.Equal("sigma", found.GetProperty("language").GetString());
        Assert.True(found.GetProperty("findings")[0].GetProperty("line").GetInt32() > 0);
        Assert.Empty((await mcp.AnswerAsync("check", Pasted("text", Rules.Shell))).GetProperty("findings").EnumerateArray());
    }

    [Theory]
    [InlineData("\0\0\u0001\u202e")]
    [InlineData("\"\"\"((((")]
    [InlineData("title: x\ndetection: &a [*a, *a]\nlogsource:")]
    public async Task A_pasted_text_may_be_anything(string text)
    {
        foreach (var tool in (string[])["check", "compare"])
            Assert.NotEmpty(McpClientFixture.TextOf(await mcp.CallAsync(tool, Pasted("text", text))));
        Assert.NotEmpty(McpClientFixture.TextOf(await mcp.CallAsync("check", Pasted("text", string.Concat(Enumerable.Repeat(text + "(", 2_000))))));
        Assert.Contains("it takes at most", await mcp.FaultAsync("check", Pasted("text", new string('(', 200_001))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_one_row_and_names_that_are_not_are_told_apart()
    {
        var same = McpClientFixture.TextOf(await mcp.CallAsync("field", """{"name": "CommandLine", "other": "commandline"}"""));
        Assert.Contains("Both names are one row", same, StringComparison.Ordinal);
        var apart = McpClientFixture.TextOf(await mcp.CallAsync("field", """{"name": "CommandLine", "other": "Image"}"""));
        Assert.Contains("No row has both names", apart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_the_protocol_is_on_stdout_and_nothing_is_wrong_on_stderr()
    {
        await mcp.CallAsync("search", "{}");
        Assert.Empty(mcp.Errors);
    }

    [Fact]
    public async Task Lines_that_no_client_would_send_do_not_stop_the_server()
    {
        string[] lines =
        [
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            "this is no JSON",
            new string('[', 5_000),
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"\ud800"}}}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search","arguments":{"query":"shell"}}}""",
        ];
        var answers = await McpProcess.AskAsync(mcp.Session.Catalog, lines, until: 3);
        Assert.True(answers[2].TryGetProperty("error", out _) || answers[2].GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal(2, answers[3].GetProperty("result").GetProperty("structuredContent").GetProperty("total").GetInt32());
    }

    static string Pasted(string name, string text) => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text });

    [Fact]
    public async Task A_catalog_that_is_not_there_is_one_line()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("mcp", "--catalog", session.PathOf("none.db")), "there is no catalog at");
    }
}
