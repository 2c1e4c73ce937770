namespace Rulescope.Cli.Tests;

public class PublishTests
{
    const string Shell = "sigma/3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0001";

    [Theory]
    [InlineData("facts", "not their text")]
    [InlineData("link", "shows nothing of what they hold")]
    public async Task A_rule_is_shown_as_far_as_its_source_allows(string mode, string reason)
    {
        using var session = new Session();
        session.Write("rules/shell.yml", Rules.Shell);
        Assert.Equal(0, await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--publish", $"sigma={mode}", "--out", session.Catalog, "--format", "json"));
        Assert.Equal(mode, session.Json().GetProperty("sources")[0].GetProperty("publish").GetString());
        Assert.Equal(0, await session.RunAsync("rule", Shell, "--catalog", session.Catalog));
        Assert.StartsWith("Shell With A Marker\n", session.Out, StringComparison.Ordinal);
        Assert.Contains(reason, session.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("condition: selection", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("rule", Shell, "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal("", session.Json().GetProperty("text").GetString());
        Assert.Equal(mode == "facts", session.Json().GetProperty("indicators").GetArrayLength() > 0);
    }

    [Theory]
    [InlineData("sigma", "write VENDOR=MODE")]
    [InlineData("sigma=none", "modes are full, facts and link")]
    [InlineData("elastic=facts", "no source is of elastic")]
    public async Task What_cannot_be_meant_is_explained(string argument, string message)
    {
        using var session = new Session();
        session.Write("rules/shell.yml", Rules.Shell);
        session.AssertCouldNotRun(await session.RunAsync("build", "--source", $"sigma={session.PathOf("rules")}", "--publish", argument, "--out", session.Catalog), message);
    }
}
