using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Search;

namespace Rulescope.Tests.Catalog;

public class OwnDataTests
{
    [Theory]
    [InlineData("AWS.CloudTrail", "cloud")]
    [InlineData("awscloudtrail", "cloud")]
    [InlineData("aws:cloudtrail, Okta.SystemLog", "cloud okta")]
    [InlineData("DeviceProcessEvents", "process")]
    [InlineData("windows/sysmon", "process")]
    [InlineData("SecurityEvent", "logon process")]
    [InlineData("windows", "logon process")]
    [InlineData("windows/powershell", "")]
    [InlineData("no-such-thing", "")]
    public void Only_rules_that_can_run_on_the_data_are_kept(string data, string rules)
    {
        using var fixture = new CatalogFixture()
            .With("cloud", CatalogFixture.Rule("cloud", "selection:\n    eventName: CreateUser\ncondition: selection"))
            .With("okta", CatalogFixture.Rule("okta", "selection:\n    eventtype: zone.delete\ncondition: selection", product: "okta", service: "okta"))
            .With("logon", CatalogFixture.Rule("logon", "selection:\n    EventID: 4625\ncondition: selection", product: "windows", service: "security"))
            .With("process", CatalogFixture.Rule("process", "selection:\n    CommandLine: x\ncondition: selection", product: "windows").Replace("service: cloudtrail", "category: process_creation", StringComparison.Ordinal));
        fixture.Build();
        using var catalog = fixture.Open();
        var found = new SearchReader(catalog).Search(SearchQuery.Parse($"data:\"{data}\"").Value, 10).Rules;
        Assert.Equal(rules, string.Join(' ', found.Select(r => r.Id).Order(StringComparer.Ordinal)));
        var guide = new GuideReader(catalog).Read(new("T1021.007") { Data = data }, out _)!;
        Assert.Equal(found.Length, guide.Rules.Total);
    }

    [Fact]
    public void A_name_of_no_log_source_is_told() => Assert.Equal(["Mine_CL"], OwnData.Of(["SigninLogs,Mine_CL"]).Unknown);
}
