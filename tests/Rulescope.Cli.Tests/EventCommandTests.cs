using System.Text.Json;

namespace Rulescope.Cli.Tests;

public class EventCommandTests
{
    [Fact]
    public async Task An_event_is_shown_with_its_sample_its_rules_and_what_they_look_for()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("event", "SYSMON/1", "--catalog", session.Catalog));
        Assert.StartsWith("A process was started\n", session.Out, StringComparison.Ordinal);
        foreach (var part in (string[])["Microsoft-Windows-Sysmon/Operational", "Sigma looks for", "--alpha", "T1059.001 Command and Scripting Interpreter: PowerShell", "Shell With A Marker", "\"EventID\": 1,"])
            Assert.Contains(part, session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_events_are_listed_with_their_rules()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("event", "--catalog", session.Catalog, "--format", "json"));
        var events = session.Json().GetProperty("events").EnumerateArray().ToArray();
        Assert.True(events.Length > 500);
        Assert.True(events.Single(e => e.GetProperty("id").GetString() == "sysmon/1").GetProperty("rules").GetInt32() > 0);
        Assert.Equal(0, await session.RunAsync("event", "--catalog", session.Catalog));
        Assert.Contains("aws/GetSigninToken", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_event_is_explained()
    {
        using var session = await new Session().WithCatalogAsync();
        session.AssertCouldNotRun(await session.RunAsync("event", "4688", "--catalog", session.Catalog), "did you mean 'security/4688'?");
    }

    [Fact]
    public async Task The_json_has_the_shape_of_the_documented_example()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("event", "sysmon/1", "--catalog", session.Catalog, "--format", "json"));
        using var example = JsonDocument.Parse(JsonExamples.Of("event"));
        Assert.Equal(Shape(example.RootElement, ""), Shape(session.Json(), ""));
    }

    // The paths of all members; of a list its first element, and nothing of the sample, which is the log source's own.
    static IEnumerable<string> Shape(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object when path != ".sample" => json.EnumerateObject().SelectMany(m => Shape(m.Value, $"{path}.{m.Name}").Prepend($"{path}.{m.Name}")),
        JsonValueKind.Array => json.EnumerateArray().Take(1).SelectMany(e => Shape(e, $"{path}[]")),
        _ => [],
    };
}
