namespace Rulescope.Cli.Tests;

public class OwnDataTests
{
    const string Sysmon = """
        {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1, "SourceName": "Microsoft-Windows-Sysmon", "Image": "C:\\a.exe"}
        {"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 3, "SourceName": "Microsoft-Windows-Sysmon", "Image": "C:\\a.exe"}
        """;

    const string CloudTrail = """
        {"Records": [{"eventVersion": "1.08", "eventSource": "iam.amazonaws.com", "eventName": "CreateUser", "awsRegion": "eu-central-1", "eventTime": "2026-01-01T00:00:00Z", "userIdentity": {"type": "IAMUser"}}]}
        """;

    [Theory]
    [InlineData("DeviceProcessEvents", 2)]
    [InlineData("WinEventLog:Microsoft-Windows-Sysmon/Operational", 2)]
    [InlineData("windows/process_creation", 2)]
    [InlineData("SigninLogs", 0)]
    [InlineData("SigninLogs, DeviceProcessEvents", 2)]
    public async Task Names_of_any_vendor_keep_the_rules_that_can_run(string names, int rules)
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("search", "marker", "--data", names, "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(rules, session.Json().GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData(Sysmon, 2, "windows/sysmon (2)")]
    [InlineData(CloudTrail, 0, "aws/cloudtrail (1)")]
    public async Task A_sample_of_a_log_stands_for_its_sources(string records, int rules, string said)
    {
        using var session = await new Session().WithCatalogAsync();
        var sample = session.Write("sample.json", records);
        Assert.Equal(0, await session.RunAsync("search", "marker", "--data", sample, "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(rules, session.Json().GetProperty("total").GetInt32());
        Assert.Contains(said, session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guide_counts_only_what_can_run()
    {
        using var session = await new Session().WithCatalogAsync();
        var sample = session.Write("sample.json", CloudTrail);
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--data", "DeviceProcessEvents", "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(2, session.Json().GetProperty("rules").GetProperty("total").GetInt32());
        Assert.Equal(0, await session.RunAsync("guide", "T1059.001", "--data", sample, "--catalog", session.Catalog, "--format", "json"));
        Assert.Equal(0, session.Json().GetProperty("rules").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_unknown_name_is_said()
    {
        using var session = await new Session().WithCatalogAsync();
        Assert.Equal(0, await session.RunAsync("search", "marker", "--data", "NoSuchTable", "--catalog", session.Catalog));
        Assert.Contains("no known log source is called 'NoSuchTable'", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "holds no record")]
    [InlineData("""{"a": 1}""", "is of a known log source")]
    public async Task A_sample_that_tells_nothing_is_refused(string records, string message)
    {
        using var session = await new Session().WithCatalogAsync();
        var sample = session.Write("sample.json", records);
        session.AssertCouldNotRun(await session.RunAsync("search", "marker", "--data", sample, "--catalog", session.Catalog), message);
    }
}
