using Microsoft.Playwright;
using Rulescope.Web.Site;

[assembly: AssemblyFixture(typeof(Rulescope.Web.Tests.BrowserFixture))]

namespace Rulescope.Web.Tests;

/// <summary>One browser for the tests that need one; where there is none they are skipped and say so.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";

    static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    readonly SemaphoreSlim _gate = new(1);
    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>A page without cookies or cache of others. What the browser complains of, such as a breach of the content security policy, is kept.</summary>
    public async Task<BrowserPage> OpenAsync(Uri site, bool withScripts = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"there is no browser at {Chromium}");
        Assert.SkipWhen(withScripts && SiteAssets.Script is null, "the site was built without its scripts, since node and npm or their packages were not to be had");
        var context = await (await BrowserAsync()).NewContextAsync(new() { BaseURL = site.ToString(), JavaScriptEnabled = withScripts });
        return new(context, await context.NewPageAsync());
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
    }

    // Started by the first test that asks, so that the others do not wait for it.
    async Task<IBrowser> BrowserAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = Arguments });
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <summary>A page and what the browser complained of on it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    readonly IBrowserContext _context;
    readonly List<string> _complaints = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Keep(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Keep(true, error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    void Keep(bool isComplaint, string text)
    {
        lock (_complaints)
        {
            if (isComplaint)
                _complaints.Add(text);
        }
    }
}
