using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rulescope.Web.Tests;

/// <summary>Pages of fields, log sources and vendors: what they say, and that their numbers open to as many rules.</summary>
public class ReferencePageTests(SiteFixture site)
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    [Fact]
    public async Task A_field_has_its_meaning_its_native_names_and_its_values()
    {
        var page = await site.TextAsync("/fields/aws::eventName");
        Assert.Contains("<h1><code>aws::eventName</code></h1>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\"><code>eventName</code></th>", page, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Relation\">exact</td>", page, StringComparison.Ordinal);
        Assert.Contains("<summary><code>StartSession</code></summary>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/rules/sigma/{OwnRules.Tunnel}\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/logsources/aws/cloudtrail\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_without_a_meaning_has_a_page_too()
    {
        var list = await site.TextAsync("/fields?show=own");
        var first = WebUtility.HtmlDecode(Regex.Match(list, "<th scope=\"row\"><a class=\"plainly\" href=\"(?<to>[^\"]+)\"", Options).Groups["to"].Value);
        Assert.Contains("no entry of the taxonomy says what it means", await site.TextAsync(first), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_native_name_leads_to_the_field_it_means()
    {
        using var answer = await site.Client.GetAsync("/fields/eventName", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/fields/aws%3A%3AeventName", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_log_source_has_the_names_of_every_vendor_its_rules_and_its_events()
    {
        var page = await site.TextAsync("/logsources/windows/process_creation");
        Assert.Contains("<code>product: windows, category: process_creation</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>DeviceProcessEvents</code>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/events/sysmon/1\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/fields/CommandLine\"", page, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/logsources/windows/process_creation.json"));
        Assert.Equal(302, twin.RootElement.GetProperty("rules").GetInt32());
    }

    [Fact]
    public async Task A_vendor_says_how_far_its_rules_were_read_and_where_they_are_from()
    {
        var page = await site.TextAsync("/vendors/sigma");
        Assert.Contains("<dt>rules</dt><dd><a href=\"/search?q=vendor%3Asigma\">304</a></dd>", page, StringComparison.Ordinal);
        Assert.Contains("<span>deprecated</span>", page, StringComparison.Ordinal);
        Assert.Contains("No rule set of this vendor was part of the build", await site.TextAsync("/vendors/elastic"), StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/vendors/sigma.json"));
        Assert.Equal(304, twin.RootElement.GetProperty("read").EnumerateObject().Sum(r => r.Value.GetInt32()));
        Assert.Equal(305, twin.RootElement.GetProperty("kinds").EnumerateObject().Sum(k => k.Value.GetInt32()));
    }

    [Theory]
    [InlineData("/vendors/sigma")]
    [InlineData("/logsources/windows/process_creation")]
    [InlineData("/logsources/aws/cloudtrail")]
    [InlineData("/fields/CommandLine")]
    [InlineData("/events/aws/StartSession")]
    public async Task A_number_opens_to_as_many_rules(string address)
    {
        var page = await site.TextAsync(address);
        var numbers = Regex.Matches(page, "href=\"(?<to>/search[^\"]+)\">(?<n>[0-9,]+)</a>", Options);
        Assert.NotEmpty(numbers);
        foreach (Match number in numbers)
        {
            using var found = JsonDocument.Parse(await site.TextAsync(WebUtility.HtmlDecode(number.Groups["to"].Value).Replace("/search", "/search.json", StringComparison.Ordinal)));
            Assert.Equal(number.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), found.RootElement.GetProperty("total").GetRawText());
        }
    }

    [Theory]
    [InlineData("/fields/nobody-tests-this.json")]
    [InlineData("/logsources/nowhere.json")]
    [InlineData("/vendors/nobody.json")]
    [InlineData("/fields/..%2F..%2Fetc")]
    [InlineData("/logsources/%00")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
    }
}
