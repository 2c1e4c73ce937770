using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rulescope.Web.Serving;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>Pages made before anybody asks.</summary>
public class HeadStartTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_made_ahead_is_what_a_visitor_gets()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        await using var ahead = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await using var plain = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"], settings: SiteSettings.Default with { KeepsAnswers = false });
        await ahead.StartAsync(Cancellation);
        await plain.StartAsync(Cancellation);
        await HeadStart.MakeAsync(ahead, Cancellation);
        using var scope = ahead.Services.CreateScope();
        var kept = scope.ServiceProvider.GetRequiredService<OpenCatalog>().Answers.Kept;
        foreach (var address in (string[])["/", "/matrix", "/techniques/T1021.007"])
        {
            Assert.NotNull(kept.Find(new(address, ContentCoding.Brotli, IsFragment: false)));
            Assert.Equal(await AskAsync(plain, address), await AskAsync(ahead, address));
        }
    }

    [Fact]
    public async Task A_site_that_ends_at_once_makes_nothing_ahead()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        await using var site = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await HeadStart.MakeAsync(site, new CancellationToken(canceled: true));
        using var scope = site.Services.CreateScope();
        Assert.Null(scope.ServiceProvider.GetRequiredService<OpenCatalog>().Answers.Kept.Find(new("/", ContentCoding.Brotli, IsFragment: false)));
    }

    static async Task<(HttpStatusCode Status, string Headers, string Body)> AskAsync(WebApplication site, string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.Brotli });
        using var answer = await client.GetAsync(new Uri(new Uri(site.Urls.Single()), address), Cancellation);
        var headers = answer.Headers.Where(h => h.Key is not "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        return (answer.StatusCode, string.Join('\n', headers), await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
