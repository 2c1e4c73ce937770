using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Rulescope.Browser.Tests;

/// <summary>How a visitor comes.</summary>
public sealed record Visitor
{
    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool IsDark { get; init; }

    public bool HasScript { get; init; } = true;
}

/// <summary>One visitor's tab. What went wrong behind it is kept: scripts that failed or were refused, dialogs, and requests that left for elsewhere.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>Milliseconds until a busy machine has shown what is waited for.</summary>
    public const int Patience = 30_000;

    const string Widest = """
        () => [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(-3).map(e => e.outerHTML.slice(0, 160)).join(' | ')
        """;

    readonly IBrowserContext _context;
    readonly ConcurrentQueue<string> _troubles = new();

    Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public static async Task<Visit> BeginAsync(IBrowser browser, Uri site, Visitor? visitor = null)
    {
        visitor ??= new();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.AbsoluteUri,
            ViewportSize = new() { Width = visitor.Width, Height = visitor.Height },
            ColorScheme = visitor.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = visitor.HasScript,
        });
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Listen(site);
        return visit;
    }

    /// <summary>Goes to an address of the site, which must answer with a page.</summary>
    public async Task GoAsync(string address)
    {
        var answer = await Page.GotoAsync(address);
        Assert.True(answer is null or { Ok: true }, $"{address} answers {answer?.Status}");
    }

    /// <summary>Nothing went wrong so far.</summary>
    public void AssertQuiet() => Assert.True(_troubles.IsEmpty, $"{Page.Url}:\n{string.Join('\n', _troubles)}");

    /// <summary>The page is no wider than its screen.</summary>
    public async Task AssertFitsAsync()
    {
        var overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} px wider than {Page.ViewportSize?.Width} px: {await Page.EvaluateAsync<string>(Widest)}");
    }

    void Listen(Uri site)
    {
        Page.PageError += (_, error) => _troubles.Enqueue($"a script failed: {error}");
        Page.Dialog += async (_, dialog) =>
        {
            _troubles.Enqueue($"a dialog opened: {dialog.Message}");
            await dialog.DismissAsync();
        };
        Page.Popup += (_, popup) => _troubles.Enqueue($"a window opened: {popup.Url}");
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _troubles.Enqueue($"the console says: {message.Text}");
        };
        Page.Request += (_, request) =>
        {
            var to = new Uri(request.Url);
            if (to.Scheme is "http" or "https" or "ws" or "wss" && to.Authority != site.Authority)
                _troubles.Enqueue($"a request left for {request.Url}");
        };
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
