namespace Rulescope.Web.Tests;

public class SearchPageTests(SiteFixture site)
{
    [Fact]
    public async Task Words_find_rules_and_techniques()
    {
        var page = await site.TextAsync("/search?q=tunnel");
        Assert.Contains(">1 rule</h2>", page, StringComparison.Ordinal);
        Assert.Contains(OwnRules.Tunnel, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1021.007\"", await site.TextAsync("/search?q=T1021.007"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_is_not_understood_answers_with_findings_at_their_place()
    {
        var page = await site.TextAsync("/search?q=tunnel+foo:bar");
        Assert.Contains("<code>SEA0101</code> at position 8", page, StringComparison.Ordinal);
        Assert.Contains("<pre>tunnel <mark>foo</mark>:bar</pre>", page, StringComparison.Ordinal);
        Assert.Contains(OwnRules.Tunnel, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_can_be_taken_away_and_facets_added()
    {
        var page = await site.TextAsync("/search?q=session+level:high");
        Assert.Contains("<a class=\"chip on\" href=\"/search?q=session\">", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/search?q=session%20level%3Ahigh\"", await site.TextAsync("/search?q=session"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:aws.cloudtrail", 1)]
    [InlineData("data:DeviceProcessEvents level:high", 1)]
    [InlineData("logsource:windows/process_creation", 302)]
    [InlineData("event:aws/StartSession", 1)]
    [InlineData("read:full vendor:sigma", 304)]
    [InlineData("field:CommandLine op:contains value:start-session platform:windows", 1)]
    [InlineData("technique:T1086", 300)]
    [InlineData("kind:deprecated", 1)]
    public async Task Every_key_narrows(string query, int rules) =>
        Assert.Contains($">{(rules == 1 ? "1 rule" : $"{rules} rules")}</h2>", await site.TextAsync($"/search?q={Uri.EscapeDataString(query)}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_of_data_that_nobody_knows_is_told() =>
        Assert.Contains("is called Mine_CL, so", await site.TextAsync("/search?q=data:Mine_CL"), StringComparison.Ordinal);

    [Fact]
    public async Task Long_answers_come_in_pages()
    {
        Assert.Contains("Page 1 of 12", await site.TextAsync("/search?q=crowd"), StringComparison.Ordinal);
        var last = await site.TextAsync("/search?q=crowd&page=12");
        Assert.Contains("<ol class=\"rules\" start=\"276\">", last, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", last, StringComparison.Ordinal);
        Assert.Contains("There are no more pages", await site.TextAsync("/search?q=crowd&page=99"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%22")]
    [InlineData("%22%22%22")]
    [InlineData("*+AND+(")]
    [InlineData("NEAR(a+b,+1000000)")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("%ED%A0%80")]
    [InlineData("vendor:%22")]
    public async Task No_search_breaks_the_page(string query) => Assert.Contains("<main ", await site.TextAsync($"/search?q={query}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_very_long_search_is_cut_and_said_so() =>
        Assert.Contains("SEA0104", await site.TextAsync($"/search?q={new string('a', 3000)}"), StringComparison.Ordinal);
}
