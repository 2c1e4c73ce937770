using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

public class HeaderTests(SiteFixture site)
{
    public static TheoryData<string> Addresses => ["/", "/techniques/T1021.007", "/techniques/T1021.007.json", "/nowhere", "/techniques/T1086", "/favicon.ico", Asset];

    static string Asset => SiteAssets.Stylesheet.Url;

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Every_answer_forbids_what_the_site_does_not_need(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.Contains("Referrer-Policy"));
        Assert.True(answer.Headers.Contains("Permissions-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        using var first = await site.Client.GetAsync("/techniques/T1021.007", TestContext.Current.CancellationToken);
        var tag = first.Headers.ETag;
        Assert.NotNull(tag);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/techniques/T1021.007");
        again.Headers.IfNoneMatch.Add(tag);
        using var second = await site.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/techniques/T1021.007?role=selector");
        other.Headers.IfNoneMatch.Add(tag);
        using var third = await site.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task The_stylesheet_may_be_kept_forever()
    {
        using var answer = await site.Client.GetAsync(Asset, TestContext.Current.CancellationToken);
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300));
        Assert.Contains(Asset, await site.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_is_read_only()
    {
        using var answer = await site.Client.PostAsync("/search", new StringContent("q=a"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("read-only", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var head = await site.Client.SendAsync(new(HttpMethod.Head, "/techniques/T1021.007"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task What_breaks_says_so_without_details()
    {
        using var built = new BuiltCatalog();
        using (var connection = new SqliteConnection($"Data Source={built.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE rule";
            command.ExecuteNonQuery();
        }

        await using var broken = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await broken.StartAsync(TestContext.Current.CancellationToken);
        using var answer = await site.Client.GetAsync(new Uri(new Uri(broken.Urls.Single()), "/"), TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something broke on our side", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no such table", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Pages_have_twins_in_JSON()
    {
        using var guide = JsonDocument.Parse(await site.TextAsync("/techniques/T1021.007.json"));
        Assert.Equal(3, guide.RootElement.GetProperty("rules").GetProperty("total").GetInt32());
        using var rule = JsonDocument.Parse(await site.TextAsync($"/rules/sigma/{OwnRules.Tunnel}.json"));
        Assert.Equal("Tunnel Through A Managed Instance", rule.RootElement.GetProperty("title").GetString());
        using var index = JsonDocument.Parse(await site.TextAsync("/techniques.json"));
        var crowd = index.RootElement.GetProperty("techniques").EnumerateArray().Single(t => t.GetProperty("id").GetString() == "T1059.001");
        Assert.Equal(OwnRules.Crowd, crowd.GetProperty("vendors").GetProperty("sigma").GetInt32());
        using var search = JsonDocument.Parse(await site.TextAsync("/search.json?q=crowd"));
        Assert.Equal(OwnRules.Crowd, search.RootElement.GetProperty("total").GetInt32());
        Assert.Contains("href=\"/techniques/T1021.007.json?role=behaviour\"", await site.TextAsync("/techniques/T1021.007"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/techniques/T9999.json")]
    [InlineData("/rules/sigma/unknown.json")]
    public async Task A_twin_that_is_not_there_is_a_problem_in_JSON(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(problem.RootElement.GetProperty("detail").GetString()?.Length > 0);
    }
}
