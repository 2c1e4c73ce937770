using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Rulescope.Web.Serving;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>Answers that are kept, and those many ask for at once; the endpoint behind is the test's own.</summary>
public sealed class AnswerCacheTests : IDisposable
{
    const string Page = "<p>a page</p>";

    readonly BuiltCatalog _built = new();
    readonly OpenCatalog _catalog;
    int _made;

    public AnswerCacheTests() => _catalog = new(_built.Open());

    [Fact]
    public async Task A_page_is_made_once_for_each_way_of_packing()
    {
        var site = new CachedAnswers(WriteAsync, SiteSettings.Default);
        foreach (var accepted in (string[])["", "gzip", "gzip, deflate, br", "br", "gzip;q=1, br;q=0", "identity"])
        {
            var context = await AskAsync(site, "/a", accepted);
            Assert.Equal(Page, Text(context));
            Assert.Equal(HeaderNames.AcceptEncoding, context.Response.Headers.Vary.ToString());
        }

        Assert.Equal(3, _made);
        Assert.Equal(3, _catalog.Answers.Kept.Count);
    }

    [Fact]
    public async Task Who_asks_for_the_head_is_told_the_length_of_the_page()
    {
        var site = new CachedAnswers(WriteAsync, SiteSettings.Default);
        var head = await AskAsync(site, "/a", "", method: "HEAD");
        Assert.Equal((200, Page.Length, ""), (head.Response.StatusCode, (int?)head.Response.ContentLength, Text(head)));
        Assert.Equal(Page, Text(await AskAsync(site, "/a", "")));
        Assert.Equal(1, _made);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    [InlineData(200, "Cookie")]
    public async Task What_may_differ_for_the_next_is_not_kept(int status, string vary)
    {
        var site = new CachedAnswers(
            context =>
            {
                context.Response.StatusCode = status;
                if (vary.Length > 0)
                    context.Response.Headers.Vary = vary;
                return WriteAsync(context);
            },
            SiteSettings.Default);
        for (var i = 0; i < 2; i++)
            Assert.Equal((status, Page), ((await AskAsync(site, "/a", "br")) is var asked ? asked.Response.StatusCode : 0, Text(asked)));
        Assert.Equal(2, _made);
        Assert.Equal(0, _catalog.Answers.Kept.Count);
    }

    [Fact]
    public async Task What_many_ask_for_at_once_is_made_once()
    {
        var gate = new TaskCompletionSource();
        var site = new CachedAnswers(Gated(gate), SiteSettings.Default);
        var asked = Enumerable.Range(0, 50).Select(_ => AskAsync(site, "/a", "br")).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(asked), context => Assert.Equal(Page, Text(context)));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Who_waits_is_answered_also_when_the_first_goes_away()
    {
        var (gate, gone) = (new TaskCompletionSource(), new CancellationTokenSource());
        var site = new CachedAnswers(Gated(gate), SiteSettings.Default);
        var first = AskUntilAsync(site, "/a", "br", "GET", gone.Token);
        var others = Enumerable.Range(0, 8).Select(_ => AskAsync(site, "/a", "br")).ToArray();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.All(await Task.WhenAll(others), context => Assert.Equal(Page, Text(context)));
        Assert.Equal(1, _made);
        Assert.Empty(_catalog.Answers.Coming);
        gone.Dispose();
    }

    [Fact]
    public async Task A_fault_is_not_handed_on()
    {
        var isBroken = true;
        var site = new CachedAnswers(context => isBroken ? throw new InvalidOperationException("broken") : WriteAsync(context), SiteSettings.Default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(site, "/a", "br"));
        isBroken = false;
        Assert.Equal(Page, Text(await AskAsync(site, "/a", "br")));
        Assert.Empty(_catalog.Answers.Coming);
    }

    [Fact]
    public async Task Half_a_page_is_taken_back()
    {
        var site = new CachedAnswers(
            async context =>
            {
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("half a pa", context.RequestAborted);
                context.Response.Clear();
                await WriteAsync(context);
            },
            SiteSettings.Default);
        Assert.Equal(Page, Text(await AskAsync(site, "/a", "br")));
    }

    [Fact]
    public void The_longest_unasked_goes_first_and_nothing_takes_it_all()
    {
        var kept = new RecentlyUsed<string, string>(100, 1_000);
        for (var i = 0; i < 10; i++)
            kept.Keep($"{i}", "text", 100);
        Assert.NotNull(kept.Find("0"));
        kept.Keep("10", "text", 100);
        Assert.NotNull(kept.Find("0"));
        Assert.Null(kept.Find("1"));
        kept.Keep("huge", "text", 126);
        Assert.Null(kept.Find("huge"));
        kept.Keep("0", "again", 100);
        Assert.Equal((10, 1_000), (kept.Count, kept.Bytes));
    }

    public void Dispose()
    {
        _catalog.File.Dispose();
        _built.Dispose();
    }

    RequestDelegate Gated(TaskCompletionSource gate) => async context =>
    {
        await gate.Task.WaitAsync(context.RequestAborted);
        await WriteAsync(context);
    };

    Task WriteAsync(HttpContext context)
    {
        Interlocked.Increment(ref _made);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }

    Task<HttpContext> AskAsync(CachedAnswers site, string address, string accepted, string method = "GET") =>
        AskUntilAsync(site, address, accepted, method, TestContext.Current.CancellationToken);

    async Task<HttpContext> AskUntilAsync(CachedAnswers site, string address, string accepted, string method, CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted };
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, address, new MemoryStream());
        context.Request.Headers.AcceptEncoding = accepted;
        await site.InvokeAsync(context, _catalog);
        return context;
    }

    static string Text(HttpContext context)
    {
        var body = (MemoryStream)context.Response.Body;
        body.Position = 0;
        using var unpacked = context.Response.Headers.ContentEncoding.ToString() switch
        {
            "br" => new System.IO.Compression.BrotliStream(body, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true),
            "gzip" => new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true),
            _ => (Stream)new MemoryStream(body.ToArray()),
        };
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
