namespace Rulescope.Cli.Tests;

/// <summary>A rule in two files: each finding is told in the file it stands in.</summary>
public class CheckPantherTests
{
    const string Helper = """
        def is_admin(name):
            return name == "root"
        """;

    const string Python = """
        from example_helpers import is_admin


        def rule(event):
            if not is_admin(event.get("user")):
                return False
            return spell(event, "action")
        """;

    const string Yaml = """
        AnalysisType: rule
        RuleID: Example.Admin
        Filename: admin.py
        LogTypes: [AWS.CloudTrail]
        Reports:
          MITRE ATT&CK:
            - TA0008:T1201.007
        """;

    const string Simple = """
        AnalysisType: rule
        RuleID: Example.Simple
        Detection:
          - {Key: action, Condition: Equalz, Value: login}
        """;

    [Fact]
    public async Task A_folder_is_checked_with_the_helpers_in_it()
    {
        using var session = Files();
        Assert.Equal(1, await session.RunAsync("check", session.Folder.FullName, "--format", "json"));
        var findings = Findings(session);
        Assert.Contains("rules/admin.yml:7 ATT0103", findings);
        Assert.Contains("rules/simple.yml:4 PSD0102", findings);
        Assert.Contains(findings, f => f.StartsWith("rules/admin.py:", StringComparison.Ordinal) && f.EndsWith(" PSY0201", StringComparison.Ordinal));
        Assert.Equal(3, findings.Count);
    }

    [Fact]
    public async Task A_rule_alone_is_checked_with_what_lies_around_it()
    {
        using var session = Files();
        await session.RunAsync("check", session.PathOf("rules/admin.yml"), "--format", "json");
        var findings = Findings(session);
        Assert.Contains("rules/admin.yml:7 ATT0103", findings);
        Assert.Contains(findings, f => f.StartsWith("rules/admin.py:", StringComparison.Ordinal) && f.EndsWith(" PSY0201", StringComparison.Ordinal));
        Assert.Equal(2, findings.Count);
    }

    [Fact]
    public async Task Python_alone_is_checked_too()
    {
        using var session = Files();
        await session.RunAsync("check", session.PathOf("rules/admin.py"), "--format", "json");
        Assert.EndsWith(" PSY0201", Assert.Single(Findings(session)), StringComparison.Ordinal);
    }

    static Session Files()
    {
        var session = new Session();
        session.Write("global_helpers/example_helpers.py", Helper);
        session.Write("rules/admin.py", Python);
        session.Write("rules/admin.yml", Yaml);
        session.Write("rules/simple.yml", Simple);
        return session;
    }

    static List<string> Findings(Session session) =>
    [
        .. session.Json().GetProperty("findings").EnumerateArray().Select(f =>
            $"{f.GetProperty("path").GetString()?.Replace(session.Folder.FullName.Replace('\\', '/') + "/", "", StringComparison.Ordinal)}:{f.GetProperty("line").GetInt32()} {f.GetProperty("id").GetString()}"),
    ];
}
