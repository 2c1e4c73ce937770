namespace Rulescope.Cli.Tests;

public class FieldCommandTests
{
    const string Elastic = """
        [metadata]
        creation_date = "2026/01/05"
        integration = ["endpoint"]
        maturity = "production"
        updated_date = "2026/01/05"

        [rule]
        author = ["Rulescope"]
        description = "A shell that is started with a marker of the tests."
        index = ["logs-endpoint.events.process-*"]
        language = "eql"
        name = "Shell Of The Endpoint"
        risk_score = 21
        rule_id = "3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0101"
        severity = "low"
        type = "eql"
        query = '''
        process where host.os.type == "windows" and event.type == "start" and process.name : "shell.exe" and marker.of.tests == "x"
        '''
        """;

    static async Task<Session> OfTwoVendorsAsync()
    {
        var session = new Session();
        session.Write("sigma/shell.yml", Rules.Shell);
        session.Write("elastic/shell.toml", Elastic);
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("sigma")}", "--source", $"elastic={session.PathOf("elastic")}", "--out", session.Catalog));
        return session;
    }

    [Fact]
    public async Task A_native_name_leads_to_the_field_it_was_merged_into()
    {
        using var session = await OfTwoVendorsAsync();
        Assert.Equal(0, await session.RunAsync("field", "process.name", "--catalog", session.Catalog));
        Assert.StartsWith("Image", session.Lines.First(l => l.Length > 0), StringComparison.Ordinal);
        Assert.Contains(session.Lines, l => l.Contains("Process path", StringComparison.Ordinal));
        Assert.Contains(session.Lines, l => l.Contains("Elastic", StringComparison.Ordinal) && l.Contains("process.name", StringComparison.Ordinal));
        Assert.Contains(session.Lines, l => l.Contains(@"\shell.exe", StringComparison.Ordinal) && l.TrimEnd().EndsWith('2'));
        Assert.Contains("Kept apart, since they do not say the same:", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_as_json_has_the_documented_shape()
    {
        using var session = await OfTwoVendorsAsync();
        Assert.Equal(0, await session.RunAsync("field", "ParentImage", "--catalog", session.Catalog, "--format", "json"));
        Documented("field", session.Out);
    }

    [Fact]
    public async Task What_has_no_meaning_is_listed_with_its_number_of_tests()
    {
        using var session = await OfTwoVendorsAsync();
        Assert.Equal(0, await session.RunAsync("field", "--unmapped", "--catalog", session.Catalog));
        Assert.Contains("Names without a meaning", session.Out, StringComparison.Ordinal);
        Assert.Contains(session.Lines, l => l.Contains("marker.of.tests", StringComparison.Ordinal) && l.Contains("Elastic", StringComparison.Ordinal));
        Assert.DoesNotContain(session.Lines, l => l.Contains("CommandLine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_no_meaning_as_json_has_the_documented_shape()
    {
        using var session = await OfTwoVendorsAsync();
        Assert.Equal(0, await session.RunAsync("field", "--unmapped", "--catalog", session.Catalog, "--format", "json"));
        Documented("field --unmapped", session.Out);
    }

    [Theory]
    [InlineData("no rule of", "nothing.like.that")]
    [InlineData("name a field, or ask for --unmapped", null)]
    public async Task A_field_that_cannot_be_shown_is_explained(string message, string? name)
    {
        using var session = await OfTwoVendorsAsync();
        string[] arguments = name is null ? ["field", "--catalog", session.Catalog] : ["field", name, "--catalog", session.Catalog];
        session.AssertCouldNotRun(await session.RunAsync(arguments), message);
    }

    // ACCEPT=1 in the environment rewrites an example that differs; review the diff.
    static void Documented(string heading, string written)
    {
        const string Opening = "\n```json\n";
        var path = Path.Combine(Root(), "docs", "json.md");
        var text = File.ReadAllText(path);
        var section = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(section >= 0, $"docs/json.md has no section '{heading}'");
        var start = text.IndexOf(Opening, section, StringComparison.Ordinal) + Opening.Length;
        var end = text.IndexOf("\n```\n", start - 1, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            File.WriteAllText(path, text[..start] + written.TrimEnd('\n') + text[end..]);
        else
            Assert.Equal(text[start..end], written.TrimEnd('\n'));
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Rulescope.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run below the repository");
        return folder;
    }
}
