using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>What every page must be.</summary>
public class PageTests(SiteFixture site)
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    public static TheoryData<string> Addresses =>
    [
        "/", "/techniques", "/about", "/search", "/search?q=tunnel", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E+foo:bar",
        "/techniques/T1021", "/techniques/T1021.007", "/techniques/T1021.007?all=1&plain=1", "/techniques/T1059.001", "/techniques/T1059.007", "/techniques/T1021.001", "/techniques/T1685",
        "/techniques/T1021.007?platform=%22%3E%3Cscript%3E&domain=%3Cscript%3E",
        "/matrix", "/matrix?vendor=sigma&show=gaps&view=table", "/matrix?data=%22%3E%3Cscript%3E&platform=%3Cscript%3E&open=1", "/matrix?show=covered&level=high",
        "/fields", "/fields?q=%22%3E%3Cscript%3E", "/fields?show=own", "/fields/CommandLine", "/fields/aws::eventName", "/fields?name=%3Cscript%3E/..%2F",
        "/logsources", "/logsources/windows/process_creation", "/logsources/pingid", "/vendors/sigma", "/vendors/elastic",
        "/events/aws/StartSession", "/packages", "/logsources/%3Cscript%3E", "/vendors/%22%3E%3Cscript%3E", "/fields/%3Cscript%3E",
        $"/rules/sigma/{OwnRules.Tunnel}", $"/rules/sigma/{OwnRules.Hostile}",
        "/compare", $"/compare?rule=sigma/{OwnRules.Tunnel}", $"/compare?rule=sigma/{OwnRules.Hostile}", "/compare?technique=%22%3E%3Cscript%3E",
        "/techniques/T9999", "/techniques/%3Cscript%3E", "/rules/sigma/%22%3E%3Cscript%3E", "/nowhere",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Every_page_is_one_well_formed_document(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        foreach (var once in (string[])["<h1>", "<main ", "<head>", "class=\"skip\"", "<header class=\"top\">", "<footer "])
            Assert.Equal(1, Count(page, once));
        Assert.Empty(Regex.Matches(page, " id=\"(?<id>[^\"]*)\"", Options).GroupBy(m => m.Groups["id"].Value, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
        foreach (Match anchor in Regex.Matches(page, "href=\"#(?<id>[^\"]+)\"", Options))
            Assert.Contains($" id=\"{anchor.Groups["id"].Value}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task No_page_holds_anything_that_runs_or_loads_from_elsewhere(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // One script of the site's own, and none but that.
        if (SiteAssets.Script is { } script)
            page = page.Replace($"<script src=\"{script.Url}\" defer></script>", "", StringComparison.Ordinal);
        foreach (var bad in (string[])["<script", "<img", "<iframe", "<svg onload", " style=\"", "href=\"javascript:", "href=\"data:"])
            Assert.DoesNotContain(bad, page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(new Regex("<[a-z][^>]* on[a-z]+=", Options | RegexOptions.IgnoreCase), page);
        Assert.All(
            Regex.Matches(page, "(src|href|action)=\"(?<to>[^\"]*)\"", Options).Select(m => m.Groups["to"].Value),
            to => Assert.Matches(new Regex("^(/|#|https?://)", Options), to));
        Assert.All(
            Regex.Matches(page, "<a [^>]*href=\"https?://[^>]*>", Options).Select(m => m.Value),
            link => Assert.Contains("rel=\"noopener", link, StringComparison.Ordinal));
        Assert.All(
            Regex.Matches(page, "<link [^>]*>", Options).Select(m => m.Value),
            link => Assert.Contains("href=\"/", link, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Headings_and_tables_make_sense_when_read_aloud(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var levels = Regex.Matches(page, "<h(?<level>[1-6])[ >]", Options).Select(m => m.Groups["level"].Value[0] - '0').ToArray();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.Second} follows h{pair.First}"));
        Assert.Equal(Count(page, "<table "), Count(page, "<caption "));
        Assert.All(Regex.Matches(page, "<th [^>]*>|<th>", Options).Select(m => m.Value), th => Assert.Contains("scope=\"", th, StringComparison.Ordinal));
        Assert.All(Regex.Matches(page, "<nav[^>]*>", Options).Select(m => m.Value), nav => Assert.Contains("aria-label=\"", nav, StringComparison.Ordinal));
        Assert.Contains("<a class=\"skip\" href=\"#main\">", page, StringComparison.Ordinal);
        // The first thing the tab key reaches.
        Assert.Equal(page.IndexOf("<a ", StringComparison.Ordinal), page.IndexOf("<a class=\"skip\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/nowhere", "There is no such page")]
    [InlineData("/techniques/T9999", "knows no technique T9999")]
    [InlineData("/techniques/T1021.999", "/techniques/T1021.007")]
    [InlineData("/techniques/nonsense", "is not a technique id")]
    [InlineData("/rules/sigma/unknown", "holds no rule sigma/unknown")]
    [InlineData("/fields/EventNam", "href=\"/fields/aws%3A%3AeventName\"")]
    [InlineData("/logsources/process", "href=\"/logsources/windows/process_creation\"")]
    [InlineData("/vendors/nobody", "href=\"/vendors/sigma\"")]
    public async Task What_is_not_there_says_what_to_do_instead(string address, string text)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("action=\"/search\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/techniques/T1021.007", "/techniques")]
    [InlineData($"/rules/sigma/{OwnRules.Tunnel}", "/search")]
    [InlineData("/events/sysmon/1", "/events")]
    [InlineData("/fields/CommandLine", "/fields")]
    [InlineData("/logsources/aws/cloudtrail", "/logsources")]
    [InlineData("/vendors/sigma", "/about")]
    [InlineData("/matrix", null)]
    [InlineData("/search?q=tunnel", null)]
    public async Task A_page_leads_back_to_the_list_it_is_of(string address, string? list)
    {
        var page = await site.TextAsync(address);
        var trail = page.IndexOf("aria-label=\"Breadcrumb\"", StringComparison.Ordinal);
        Assert.Equal(list is null, trail < 0);
        if (list is not null)
            Assert.Contains($"href=\"{list}\"", page[trail..page.IndexOf("</nav>", trail, StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_has_numbers_that_open_vendors_tactics_and_the_newest_rules()
    {
        var page = await site.TextAsync("/");
        Assert.Contains("<dt>rules</dt><dd><a href=\"/search\">304</a></dd>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/matrix#lateral-movement\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/vendors/sigma\"", page, StringComparison.Ordinal);
        var newest = page[page.IndexOf("id=\"newest\"", StringComparison.Ordinal)..];
        Assert.Contains("<time datetime=\"2026-03-04\">", newest, StringComparison.Ordinal);
        Assert.Contains("Tunnel Through A Managed Instance", newest, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/index.json"));
        Assert.Equal(304, twin.RootElement.GetProperty("rules").GetInt32());
        Assert.Equal(12, twin.RootElement.GetProperty("newest").GetArrayLength());
    }

    [Fact]
    public async Task The_page_about_the_site_names_licences_and_MITRE()
    {
        var page = await site.TextAsync("/about");
        Assert.Contains("© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.", page, StringComparison.Ordinal);
        Assert.Contains("Detection Rule License 1.1", page, StringComparison.Ordinal);
        Assert.Contains(">Ben Example</a><span></span><span class=\"n\">1 rule</span>", page, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/about.json"));
        Assert.Equal(305, twin.RootElement.GetProperty("licenses").EnumerateArray().Sum(l => l.GetProperty("rules").GetInt32()));
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;
}
