using Microsoft.Playwright;

namespace Rulescope.Browser.Tests;

/// <summary>What must hold on a page of every kind, in both themes and on a narrow screen.</summary>
/// <remarks><c>RULESCOPE_SHOTS=FOLDER</c> keeps a picture of each.</remarks>
public sealed class PageKindTests(PublishedSite site)
{
    const int Wide = 1280;
    const int Narrow = 320;

    static readonly string? Shots = Environment.GetEnvironmentVariable("RULESCOPE_SHOTS");

    [Theory]
    [MemberData(nameof(PageKinds.Names), MemberType = typeof(PageKinds))]
    public async Task A_page_fits_its_screen_and_keeps_quiet(string kind)
    {
        foreach (var (width, isDark) in ((int, bool)[])[(Wide, false), (Wide, true), (375, false), (375, true), (Narrow, false)])
        {
            await using var visit = await Visit.BeginAsync(site.Browser, site.Starters, new() { Width = width, IsDark = isDark });
            await visit.GoAsync(PageKinds.AddressOf(kind));
            Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
            await visit.AssertFitsAsync();
            visit.AssertQuiet();
            if (Shots is not null)
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{kind}-{width}{(isDark ? "-dark" : "")}.png"), FullPage = width != Wide });
        }
    }

    [Theory]
    [MemberData(nameof(PageKinds.Names), MemberType = typeof(PageKinds))]
    public async Task Axe_finds_nothing_wrong(string kind)
    {
        var browser = site.Browser;
        Assert.SkipWhen(Axe.Lacking.Length > 0, Axe.Lacking);
        foreach (var (width, isDark) in ((int, bool)[])[(Wide, false), (Wide, true), (Narrow, false)])
        {
            await using var visit = await Visit.BeginAsync(browser, site.Starters, new() { Width = width, IsDark = isDark });
            await visit.GoAsync(PageKinds.AddressOf(kind));
            var found = await Axe.AskAsync(visit.Page);
            Assert.True(found.Count == 0, $"{kind} at {width} px{(isDark ? ", dark" : "")}:\n{string.Join('\n', found)}");
        }
    }

    [Theory]
    [MemberData(nameof(PageKinds.Names), MemberType = typeof(PageKinds))]
    public async Task Dark_is_dark(string kind)
    {
        await using var light = await Visit.BeginAsync(site.Browser, site.Starters);
        await using var dark = await Visit.BeginAsync(site.Browser, site.Starters, new() { IsDark = true });
        await light.GoAsync(PageKinds.AddressOf(kind));
        await dark.GoAsync(PageKinds.AddressOf(kind));
        Assert.InRange(await GroundAsync(dark.Page), 0, 60);
        Assert.InRange(await GroundAsync(light.Page), 200, 255);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_helps()
    {
        await using var visit = await Visit.BeginAsync(site.Browser, site.Starters);
        var answer = await visit.Page.GotoAsync("/techniques/T9999");
        Assert.Equal(404, answer?.Status);
        Assert.True(await visit.Page.Locator("main a").CountAsync() > 0);
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
    }

    // The mean of the background's channels.
    static Task<double> GroundAsync(IPage page) =>
        page.EvaluateAsync<double>("() => { const c = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number); return (c[0] + c[1] + c[2]) / 3; }");
}
