using Rulescope.Corpus.Provenance;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

public class PublishPageTests(SiteFixture site)
{
    const string Rule = """
        title: A Rule Of A Source
        id: own-published
        status: test
        level: medium
        description: Words of its author.
        author: Ada Example
        date: 2026-01-02
        license: MIT
        tags:
            - attack.t1021.007
        # own remark
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventName: OwnValue
            condition: selection
        """;

    [Theory]
    [InlineData(Publish.Full, "own remark|OwnValue|Words of its author.", "This catalog")]
    [InlineData(Publish.Facts, "OwnValue|Words of its author.|not their text", "own remark|id=\"text\"")]
    [InlineData(Publish.Link, "shows nothing of what they hold", "own remark|OwnValue|Words of its author.|id=\"text\"|id=\"indicators\"|href=\"#text\"|No indicator|not read")]
    public async Task A_page_shows_what_its_source_allows_and_says_why_it_is_no_more(Publish mode, string there, string absent)
    {
        using var built = new BuiltCatalog(mode, Rule);
        await using var own = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await own.StartAsync(TestContext.Current.CancellationToken);
        var page = await TextAsync("/rules/sigma/own-published");
        foreach (var word in there.Split('|').Concat(["A Rule Of A Source", "Ada Example", "MIT", "rules/0.yml"]))
            Assert.Contains(word, page, StringComparison.Ordinal);
        foreach (var address in (string[])["/rules/sigma/own-published", "/rules/sigma/own-published.json", "/techniques/T1021.007", "/techniques/T1021.007.json", "/search?q=source", "/search.json?q=source", "/feed.xml", "/newest.json", "/", "/index.json"])
        {
            var text = await TextAsync(address);
            Assert.Contains("A Rule Of A Source", text, StringComparison.Ordinal);
            foreach (var word in absent.Split('|'))
                Assert.False(IsOfRules(address) && text.Contains(word, StringComparison.Ordinal), $"{word} in {address}");
            foreach (var word in absent.Split('|').Where(w => w.StartsWith("own", StringComparison.OrdinalIgnoreCase)))
                Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }

        // Pages of more than rules have words of their own.
        static bool IsOfRules(string address) => address.StartsWith("/rules", StringComparison.Ordinal) || address is "/feed.xml" or "/newest.json" or "/index.json";

        async Task<string> TextAsync(string address)
        {
            using var answer = await site.Client.GetAsync(new Uri(new Uri(own.Urls.Single()), address), TestContext.Current.CancellationToken);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }
}
