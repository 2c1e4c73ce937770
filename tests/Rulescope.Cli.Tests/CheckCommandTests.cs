using System.Xml.Linq;

namespace Rulescope.Cli.Tests;

public class CheckCommandTests
{
    [Fact]
    public async Task A_clean_rule_is_nothing_to_tell()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("check", session.Write("shell.yml", Rules.Shell)));
        Assert.Equal("1 file checked: nothing to tell\n", session.Out);
    }

    [Fact]
    public async Task A_broken_rule_is_found_with_its_place()
    {
        using var session = new Session();
        var path = session.Write("rules/broken.yml", Rules.Broken);
        session.Write("rules/shell.yml", Rules.Shell);
        Assert.Equal(1, await session.RunAsync("check", session.PathOf("rules"), "--format", "plain"));
        Assert.All(session.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches($@"^{path}:[0-9]+:[0-9]+: [A-Z]{{3}}[0-9]{{4}} ", line));
        Assert.NotEqual("", session.Out);
    }

    [Fact]
    public async Task A_technique_id_that_is_none_is_found()
    {
        using var session = new Session();
        var path = session.Write("shell.yml", Rules.Shell.Replace("attack.t1059.001", "attack.t9999", StringComparison.Ordinal));
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "json"));
        var finding = Assert.Single(session.Json().GetProperty("findings").EnumerateArray());
        Assert.Equal(10, finding.GetProperty("line").GetInt32());
        Assert.Equal(12, finding.GetProperty("column").GetInt32());
        Assert.StartsWith("ATT", finding.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, session.Json().GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Every_form_is_well_formed()
    {
        using var session = new Session();
        var path = session.Write("broken.yml", Rules.Broken);
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "sarif"));
        Assert.Equal("2.1.0", session.Json().GetProperty("version").GetString());
        Assert.NotEmpty(session.Json().GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "junit"));
        Assert.Equal("testsuites", XDocument.Parse(session.Out).Root?.Name.LocalName);
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "github"));
        Assert.StartsWith("::", session.Out, StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("check", path));
        Assert.Contains("1 file checked: ", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_rules_are_passed_over_and_counted()
    {
        using var session = new Session();
        session.Write("rules/shell.yml", Rules.Shell);
        session.Write("rules/settings.yml", "a: 1\n");
        Assert.Equal(0, await session.RunAsync("check", session.PathOf("rules")));
        Assert.Contains("1 file checked", session.Out, StringComparison.Ordinal);
        Assert.Contains("1 file passed over", session.Error, StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("check", session.PathOf("rules"), "--lang", "sigma"));
    }

    [Fact]
    public async Task Nothing_to_read_is_said()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("check", session.PathOf("nowhere.yml")), "no such file or folder");
        session.Write("empty/readme.txt", "no rule");
        session.AssertCouldNotRun(await session.RunAsync("check", session.PathOf("empty")), "there is no rule to read");
    }
}
