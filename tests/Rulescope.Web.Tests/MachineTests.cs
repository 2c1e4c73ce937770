using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Web.Machines;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>Feeds, the map of the site, and words for robots and models.</summary>
public class MachineTests(SiteFixture site)
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    string Origin => site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task The_feed_has_the_newest_rules_with_names_that_stay()
    {
        var feed = XDocument.Parse(await site.TextAsync("/feed.xml")).Root!;
        var entries = feed.Elements(Atom + "entry").ToArray();
        Assert.Equal(100, entries.Length);
        var dates = entries.Select(e => DateTime.Parse(e.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(dates.OrderDescending(), dates);
        Assert.Equal(entries.Length, entries.Select(e => e.Element(Atom + "id")!.Value).Distinct(StringComparer.Ordinal).Count());
        var tunnel = Tunnel(feed);
        Assert.Equal("Sigma: Tunnel Through A Managed Instance", tunnel.Element(Atom + "title")!.Value);
        Assert.Equal("2026-03-04T00:00:00Z", tunnel.Element(Atom + "updated")!.Value);
        Assert.Equal("2026-01-02T00:00:00Z", tunnel.Element(Atom + "published")!.Value);
        Assert.Equal($"{Origin}/rules/sigma/{OwnRules.Tunnel}", tunnel.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.StartsWith("Licence: Apache-2.0. By Ada Example", tunnel.Element(Atom + "rights")!.Value, StringComparison.Ordinal);
        // The name of an entry is made of the rule's name alone, whatever feed and whatever host it stands in.
        var same = Tunnel(XDocument.Parse(await site.TextAsync("/feed.xml?technique=T1021.007&vendor=SIGMA")).Root!);
        Assert.Equal(tunnel.Element(Atom + "id")!.Value, same.Element(Atom + "id")!.Value);
        Assert.StartsWith("urn:uuid:", same.Element(Atom + "id")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_of_a_technique_has_its_rules_alone_and_none_of_them_is_markup()
    {
        var text = await site.TextAsync("/feed.xml?technique=T1021.007");
        var feed = XDocument.Parse(text).Root!;
        Assert.Equal(3, feed.Elements(Atom + "entry").Count());
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(feed.Elements(Atom + "entry"), e => e.Element(Atom + "title")!.Value.Contains("<script>alert(1)</script>", StringComparison.Ordinal));
        Assert.All(feed.Descendants().Attributes("type"), t => Assert.DoesNotContain("html", t.Value.Replace("text/html", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/feed.xml?vendor=nobody")]
    [InlineData("/feed.xml?technique=T9999")]
    [InlineData("/newest.json?technique=x")]
    public async Task A_feed_of_nothing_says_so(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(problem.RootElement.GetProperty("detail").GetString()?.Length > 0);
    }

    [Fact]
    public void What_XML_cannot_hold_is_replaced()
    {
        var entry = new RuleEntry("sigma", "a\0b/\u0001", "\u0007bell \ud800 half \ud83d\ude00 whole \ufffe", "sigma", "high", "test") { Authors = ["\u001b[31m"], License = "x\u0000y", Path = "p" };
        var feed = new RuleFeed("t", "/feed.xml", [new(entry, new(2026, 1, 2), true, "]]> & \u000b", ["t\u0002"])], DateTime.UnixEpoch);
        using var output = new MemoryStream();
        feed.Write("http://localhost", output);
        output.Position = 0;
        var title = XDocument.Load(output).Root!.Element(Atom + "entry")!.Element(Atom + "title")!.Value;
        Assert.Equal("Sigma: \ufffdbell \ufffd half \ud83d\ude00 whole \ufffd", title);
    }

    [Fact]
    public async Task The_map_has_every_page_with_the_day_of_its_last_change()
    {
        var map = XDocument.Parse(await site.TextAsync("/sitemap.xml")).Root!;
        var pages = map.Elements(Map + "url").ToDictionary(u => u.Element(Map + "loc")!.Value, u => u.Element(Map + "lastmod")?.Value, StringComparer.Ordinal);
        Assert.Equal("2026-03-04", pages[$"{Origin}/rules/sigma/{OwnRules.Tunnel}"]);
        Assert.Equal("2026-03-04", pages[$"{Origin}/techniques/T1021.007"]);
        foreach (var page in (string[])["/events/sysmon/1", "/matrix", "/fields", Links.Field("aws::eventName"), "/logsources", "/logsources/aws/cloudtrail", "/vendors/sigma", "/compare"])
            Assert.Contains(Origin + page, pages.Keys);
        Assert.Contains($"{Origin}/packages/t1021.007-sentinel", pages.Keys);
        Assert.DoesNotContain($"{Origin}/rules/sigma/{OwnRules.Former}", pages.Keys);
        foreach (var page in pages.Keys.Where((_, i) => i % 40 == 0))
        {
            using var answer = await site.Client.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page} answers {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_large_map_has_an_index_of_parts()
    {
        var map = new SiteMap([.. Enumerable.Range(0, 25).Select(i => new LastChange($"/rules/sigma/{i}", null))]) { MostAddresses = 10 };
        Assert.Equal(["http://h/sitemap.xml?part=1", "http://h/sitemap.xml?part=2", "http://h/sitemap.xml?part=3"], Locations(o => map.Write("http://h", o)));
        Assert.Equal(25, Enumerable.Range(1, 3).Sum(part => Locations(o => map.WritePart("http://h", part, o)).Length));
        Assert.False(map.WritePart("http://h", 4, Stream.Null));
        Assert.True(Locations(o => (map with { MostAddresses = 1_000, MostBytes = 1_000 }).Write("http://h", o)).Length > 1);
        Assert.Equal(25, Locations(o => (map with { MostAddresses = 1_000 }).Write("http://h", o)).Length);
        using var absent = await site.Client.GetAsync("/sitemap.xml?part=2", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Theory]
    [InlineData("/robots.txt", "/sitemap.xml")]
    [InlineData("/llms.txt", "/openapi.json")]
    public async Task Robots_and_models_are_told_where_to_begin(string address, string names)
    {
        var text = await site.TextAsync(address);
        Assert.Contains(Origin + names, text, StringComparison.Ordinal);
        foreach (var link in text.Split([' ', '(', ')', '\n']).Where(w => w.StartsWith(Origin, StringComparison.Ordinal)))
            Assert.NotEmpty(await site.TextAsync(link.TrimEnd(':', ';').Replace("/techniques/T1059.001.json", "/techniques/T1021.007.json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    [InlineData("/llms.txt")]
    [InlineData("/feed.xml")]
    public async Task The_name_a_visitor_gives_the_site_is_kept_for_nobody_else(string address)
    {
        using var named = new HttpRequestMessage(HttpMethod.Get, address);
        named.Headers.Host = $"localhost:{site.Client.BaseAddress!.Port}";
        using var first = await site.Client.SendAsync(named, TestContext.Current.CancellationToken);
        Assert.Contains("Host", first.Headers.Vary);
        Assert.Contains($"http://localhost:{site.Client.BaseAddress.Port}", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(Origin, await site.TextAsync(address), StringComparison.Ordinal);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, address);
        foreign.Headers.Host = "evil.example";
        using var refused = await site.Client.SendAsync(foreign, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    static XElement Tunnel(XElement feed) => feed.Elements(Atom + "entry").Single(e => e.Element(Atom + "link")!.Attribute("href")!.Value.EndsWith(OwnRules.Tunnel, StringComparison.Ordinal));

    static string[] Locations(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        output.Position = 0;
        return [.. XDocument.Load(output).Descendants(Map + "loc").Select(l => l.Value)];
    }
}
