using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace Rulescope.Web.Tests;

/// <summary>Follows the links of the whole site, as a search engine would.</summary>
public class CrawlTests(SiteFixture site)
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    const int AtOnce = 8;

    [Fact]
    public async Task Every_link_of_the_site_leads_to_a_page_that_is_there()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/" };
        var lost = new ConcurrentBag<string>();
        for (var next = seen.ToArray(); next.Length > 0;)
        {
            var found = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(next, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (address, cancellation) =>
            {
                using var answer = await site.Client.GetAsync(address, cancellation);
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.MovedPermanently or HttpStatusCode.Found))
                    lost.Add($"{address} answers {(int)answer.StatusCode}");
                if (answer.Headers.Location is { } to)
                    found.Add(to.ToString());
                if (!IsFollowed(address) || answer.Content.Headers.ContentType?.MediaType != "text/html")
                    return;
                var page = await answer.Content.ReadAsStringAsync(cancellation);
                foreach (Match link in Regex.Matches(page, "href=\"(?<to>/[^\"#]*)", Options))
                    found.Add(WebUtility.HtmlDecode(link.Groups["to"].Value));
            });
            next = [.. found.Where(seen.Add)];
        }

        Assert.Empty(lost);
        foreach (var kind in (string[])["/techniques/", "/rules/sigma/", "/events/", "/fields/", "/logsources/", "/vendors/", "/packages/", "/matrix?", "/search?"])
            Assert.Contains(seen, address => address.StartsWith(kind, StringComparison.Ordinal));
    }

    // Filters can be put together without end, so a page with one is asked for but not followed; nor is more than one rule of the crowd's many.
    static bool IsFollowed(string address) =>
        !address.Contains('?', StringComparison.Ordinal) && (!address.StartsWith("/rules/", StringComparison.Ordinal) || address.Contains("0b7c5f5e-", StringComparison.Ordinal));
}
