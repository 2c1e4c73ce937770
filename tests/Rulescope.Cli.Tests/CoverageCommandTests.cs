using System.Text.Json;

namespace Rulescope.Cli.Tests;

public class CoverageCommandTests
{
    [Fact]
    public async Task Numbers_stand_under_every_tactic_of_a_technique_and_its_parent_counts_them_once()
    {
        using var session = await new Session().WithCatalogAsync();
        session.Write("rules/parent.yml", Rules.Numbered(1));
        session.Write("rules/none.yml", Rules.Numbered(2).Replace("attack.t1059", "attack.t9999", StringComparison.Ordinal));
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--out", session.Catalog));
        Assert.Equal(0, await session.RunAsync("coverage", "--catalog", session.Catalog, "--format", "json"));
        var matrix = session.Json();
        Assert.Equal((4, 1), (matrix.GetProperty("rules").GetInt32(), matrix.GetProperty("untagged").GetInt32()));
        var execution = Tactic(matrix, "TA0002");
        Assert.Equal((3, 2), (execution.GetProperty("rules").GetInt32(), execution.GetProperty("covered").GetInt32()));
        var parent = Cell(execution, "T1059");
        Assert.Equal((1, 3), (parent.GetProperty("rules").GetInt32(), parent.GetProperty("withSubtechniques").GetInt32()));
        var own = Cell(execution, "T1059.001");
        Assert.Equal((2, 2, 2), (own.GetProperty("rules").GetInt32(), own.GetProperty("withSubtechniques").GetInt32(), own.GetProperty("vendors").GetProperty("sigma").GetInt32()));
        Assert.Equal(0, Cell(execution, "T1059.002").GetProperty("rules").GetInt32());
        Assert.Equal(0, Tactic(matrix, "TA0001").GetProperty("rules").GetInt32());
    }

    [Fact]
    public async Task A_vendor_counts_alone()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("coverage", "--vendor", "elastic", "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(0, session.Json().GetProperty("rules").GetInt32());
        Assert.Equal(0, await session.RunAsync("coverage", "--vendor", "elastic", "--vendor", "sigma", "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal((2, 2), (session.Json().GetProperty("rules").GetInt32(), session.Json().GetProperty("vendors").GetArrayLength()));
        Assert.Equal(2, await session.RunAsync("coverage", "--vendor", "nobody", "--catalog", session.Catalog));
    }

    [Fact]
    public async Task The_table_lists_what_is_covered_and_with_all_what_is_not()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("coverage", "--catalog", session.Catalog));
        Assert.Matches(@"\n  T1059\.001 +PowerShell +2\n", session.Out);
        Assert.Matches(@"\n  T1059 +Command and Scripting Interpreter +0 +2\n", session.Out);
        Assert.DoesNotContain("T1059.002", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("coverage", "--all", "--catalog", session.Catalog));
        Assert.Contains("T1059.002", session.Out, StringComparison.Ordinal);
        Assert.All(session.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Csv_has_a_line_for_every_cell()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("coverage", "--vendor", "sigma", "--catalog", session.Catalog, "--format", "csv"));
        Assert.StartsWith("tacticId,tactic,techniqueId,technique,rules,withSubtechniques,sigma\r\n", session.Out, StringComparison.Ordinal);
        Assert.Contains("\r\nTA0002,Execution,T1059.001,PowerShell,2,2,2\r\n", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_has_what_the_navigator_asks_for()
    {
        using var session = await new Session().WithCatalogAsync();
        var path = session.PathOf("layer.json");
        Assert.Equal(0, await session.RunAsync("coverage", "--layer", path, "--catalog", session.Catalog, "--format", "csv"));
        Assert.Contains("layer.json", session.Error, StringComparison.Ordinal);
        using var layer = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        var root = layer.RootElement;
        Assert.Equal(("4.5", "enterprise-attack"), (root.GetProperty("versions").GetProperty("layer").GetString(), root.GetProperty("domain").GetString()));
        Assert.NotEmpty(root.GetProperty("name").GetString() ?? "");
        Assert.True(root.GetProperty("gradient").GetProperty("maxValue").GetInt32() > root.GetProperty("gradient").GetProperty("minValue").GetInt32());
        var techniques = root.GetProperty("techniques").EnumerateArray().ToDictionary(t => t.GetProperty("techniqueID").GetString() ?? "");
        Assert.Equal(["T1059", "T1059.001"], techniques.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, techniques["T1059.001"].GetProperty("score").GetInt32());
        // Only its sub-technique has rules: no score, so the Navigator leaves it blank.
        Assert.False(techniques["T1059"].TryGetProperty("score", out _));
        JsonExamples.Check("coverage --layer", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        session.AssertCouldNotRun(await session.RunAsync("coverage", "--layer", session.PathOf("none/layer.json"), "--catalog", session.Catalog), "cannot be written");
    }

    [Fact]
    public async Task The_documented_example_is_the_beginning_of_what_is_written()
    {
        using var session = await new Session().WithCatalogAsync();
        await session.RunAsync("coverage", "--vendor", "sigma", "--catalog", session.Catalog, "--format", "json");
        var answer = session.Json();
        var execution = Tactic(answer, "TA0002");
        JsonExamples.Check("coverage", JsonSerializer.Serialize(
            new
            {
                attackVersion = answer.GetProperty("attackVersion"),
                vendors = answer.GetProperty("vendors"),
                rules = answer.GetProperty("rules"),
                untagged = answer.GetProperty("untagged"),
                tactics = (object[])
                [
                    new
                    {
                        id = execution.GetProperty("id"), name = execution.GetProperty("name"), rules = execution.GetProperty("rules"), covered = execution.GetProperty("covered"),
                        techniques = (JsonElement[])[Cell(execution, "T1059"), Cell(execution, "T1059.001")],
                    },
                ],
            },
            Indented));
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    static JsonElement Tactic(JsonElement matrix, string id) => matrix.GetProperty("tactics").EnumerateArray().Single(t => t.GetProperty("id").GetString() == id);

    static JsonElement Cell(JsonElement tactic, string id) => tactic.GetProperty("techniques").EnumerateArray().Single(t => t.GetProperty("id").GetString() == id);
}
