using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Rulescope.Web.Serving;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>How the site is run: whom it answers, how much, and what it tells of that.</summary>
public class ServingTests(SiteFixture site)
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:80", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("rebound.example", 400)]
    [InlineData("localhost.rebound.example", 400)]
    [InlineData("", 400)]
    public async Task A_site_for_this_machine_takes_no_other_name(string host, int status) => Assert.StartsWith(
        $"HTTP/1.1 {status} ", await RawAsync(site.Client.BaseAddress!, $"GET /about HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://localhost:1;http://[::1]:2", true)]
    [InlineData("http://*:1", false)]
    [InlineData("http://127.0.0.1:1;http://192.0.2.7:2", false)]
    public void Names_are_held_to_where_only_this_machine_can_ask(string urls, bool isHeld) => Assert.Equal(isHeld, !SiteHosts.Of(urls.Split(';')).IsEmpty);

    [Fact]
    public async Task Names_may_be_given()
    {
        using var built = new BuiltCatalog();
        await using var own = await StartAsync(built, new() { Hosts = ["rules.example"] });
        var address = new Uri(own.Urls.Single());
        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(address, "GET /about HTTP/1.1\r\nHost: rules.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await RawAsync(address, "GET /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets/..%2f..%2fcatalog.db")]
    [InlineData("/assets/../../../../etc/passwd")]
    [InlineData("/rules/sigma/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/packages/..%2f..%2frules.kql")]
    [InlineData("//etc/passwd")]
    public async Task No_address_leads_out_of_the_site(string path)
    {
        var answer = await RawAsync(site.Client.BaseAddress!, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back()
    {
        using var built = new BuiltCatalog();
        await using var own = await StartAsync(built, new() { RequestsPerSecond = 1, LimitsLoopback = true });
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await site.Client.GetAsync(new Uri(own.Urls.Single()), TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                continue;
            Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
            Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Theory]
    [InlineData(7_000, 200)]
    [InlineData(9_000, 414)]
    public async Task An_address_has_a_length(int length, int status) => Assert.StartsWith(
        $"HTTP/1.1 {status} ", await RawAsync(site.Client.BaseAddress!, $"GET /search?q={new string('a', length)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Headers_have_a_length() => Assert.StartsWith(
        "HTTP/1.1 431 ", await RawAsync(site.Client.BaseAddress!, $"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {new string('a', 40_000)}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Health_tells_what_is_served()
    {
        using var health = JsonDocument.Parse(await site.TextAsync("/healthz"));
        Assert.Equal("alive", health.RootElement.GetProperty("status").GetString());
        Assert.True(health.RootElement.GetProperty("rules").GetInt32() > 0);
        Assert.True(health.RootElement.GetProperty("catalogBuiltAt").GetDateTime() > new DateTime(2026, 1, 1));
    }

    [Fact]
    public async Task Health_says_where_the_catalog_does_not_answer()
    {
        using var built = new BuiltCatalog();
        using (var connection = new SqliteConnection($"Data Source={built.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE rule";
            command.ExecuteNonQuery();
        }

        await using var own = await StartAsync(built, new());
        using var answer = await site.Client.GetAsync(new Uri(new Uri(own.Urls.Single()), "/healthz"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("no catalog", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "GET /search%0A 200 7 bytes")]
    [InlineData(true, "GET /search%0A?q=secret 200 7 bytes")]
    public async Task The_log_has_a_line_for_each_request_and_no_words_of_visitors(bool queries, string line)
    {
        var log = new Lines();
        var middleware = new RequestLog(
            context =>
            {
                context.Response.ContentLength = 7;
                return Task.CompletedTask;
            },
            new() { LogsQueries = queries },
            log);
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = ("GET", "/search\n", new("?q=secret"));
        context.Features.Set(AnswerOrigin.Kept);
        await middleware.InvokeAsync(context);
        var written = Assert.Single(log.Written);
        Assert.StartsWith(line, written, StringComparison.Ordinal);
        Assert.EndsWith(" ms kept", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_asked_is_answered_before_the_site_ends()
    {
        using var built = new BuiltCatalog();
        var own = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        own.MapGet("/slow", async () =>
        {
            begun.SetResult();
            await gate.Task;
            return "done";
        });
        await own.StartAsync(TestContext.Current.CancellationToken);
        var asked = site.Client.GetStringAsync(new Uri(new Uri(own.Urls.Single()), "/slow"), TestContext.Current.CancellationToken);
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        var stopped = own.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopped.IsCompleted);
        gate.SetResult();
        Assert.Equal("done", await asked);
        await stopped;
        await own.DisposeAsync();
    }

    [Fact]
    public async Task What_takes_too_long_is_ended()
    {
        using var built = new BuiltCatalog();
        await using var own = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"], settings: new() { AnswerWithin = TimeSpan.FromMilliseconds(50) });
        own.MapGet("/slow", async (CancellationToken stop) => await Task.Delay(Timeout.Infinite, stop));
        await own.StartAsync(TestContext.Current.CancellationToken);
        using var answer = await site.Client.GetAsync(new Uri(new Uri(own.Urls.Single()), "/slow"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task A_new_build_costs_no_request()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        await using var own = await StartAsync(built, new());
        var home = new Uri(own.Urls.Single());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        string[] pages = ["", "techniques", "techniques/T1021.007", "search?q=a", "about", "healthz"];
        var visitors = Enumerable.Range(0, 4).Select(n => VisitAsync(pages.Select(p => new Uri(home, p)).ToArray(), n, end.Token)).ToArray();
        var rules = 1;
        foreach (var count in (int[])[2, 1, 2])
        {
            built.Build([.. OwnRules.All.Take(count).Select(r => r.Yaml)]);
            for (var i = 0; i < 200 && rules != count; i++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
                using var health = JsonDocument.Parse(await site.Client.GetStringAsync(new Uri(home, "healthz"), TestContext.Current.CancellationToken));
                rules = health.RootElement.GetProperty("rules").GetInt32();
            }

            Assert.Equal(count, rules);
        }

        await end.CancelAsync();
        foreach (var visitor in visitors)
        {
            var answers = await visitor;
            Assert.NotEmpty(answers);
            Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        }
    }

    async Task<List<HttpStatusCode>> VisitAsync(Uri[] pages, int first, CancellationToken end)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = first; !end.IsCancellationRequested; i++)
        {
            using var answer = await site.Client.GetAsync(pages[i % pages.Length], TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    static async Task<WebApplication> StartAsync(BuiltCatalog built, SiteSettings settings)
    {
        var own = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"], settings: settings);
        await own.StartAsync(TestContext.Current.CancellationToken);
        return own;
    }

    // As it is, which a client for people would not send.
    static async Task<string> RawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return "";
        }
    }

    sealed class Lines : ILogger<RequestLog>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
