using System.Net;
using System.Text.Json;

namespace Rulescope.Web.Tests;

public class EventPageTests(SiteFixture site)
{
    [Fact]
    public async Task An_event_page_has_description_sample_indicators_and_rules_by_technique()
    {
        var page = await site.TextAsync("/events/aws/StartSession");
        Assert.Contains("A session to a machine was opened", page, StringComparison.Ordinal);
        Assert.Contains("ssm.amazonaws.com", page, StringComparison.Ordinal);
        Assert.Contains("<code>aws::eventName</code>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1021.007\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/rules/sigma/{OwnRules.Tunnel}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_technique_page_and_the_list_lead_to_events()
    {
        Assert.Contains("href=\"/events/aws/StartSession\"", await site.TextAsync("/techniques/T1021.007"), StringComparison.Ordinal);
        Assert.Contains("href=\"/events/sysmon/1\"", await site.TextAsync("/events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_event_page_has_a_twin()
    {
        using var one = JsonDocument.Parse(await site.TextAsync("/events/okta/system.api_token.create.json"));
        Assert.Equal("okta/system.api_token.create", one.RootElement.GetProperty("id").GetString());
        using var all = JsonDocument.Parse(await site.TextAsync("/events.json"));
        Assert.True(all.RootElement.GetProperty("events").GetArrayLength() > 500);
    }

    [Theory]
    [InlineData("/events/SYSMON/1", HttpStatusCode.MovedPermanently)]
    [InlineData("/events/4688", HttpStatusCode.NotFound)]
    [InlineData("/events/4688.json", HttpStatusCode.NotFound)]
    public async Task Other_ids_are_led_on_or_explained(string address, HttpStatusCode status)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }
}
