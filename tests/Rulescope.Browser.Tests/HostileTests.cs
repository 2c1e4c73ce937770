namespace Rulescope.Browser.Tests;

/// <summary>Rules whose every field means harm: nothing of them runs, nothing leaves, and the pages stay readable.</summary>
public sealed class HostileTests(PublishedSite site)
{
    public static TheoryData<string> Addresses =>
    [
        "/", "/techniques", "/matrix", "/techniques/T1021.007?role=all&all=1", "/techniques/T1059?role=all&all=1", "/search?q=vendor:sigma", "/search?q=script",
        "/search?q=%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E", "/events", "/fields", "/logsources", "/vendors", "/vendors/sigma", "/vendors/panther", "/about",
        "/rules/sigma/7d0b2a10-0000-4000-8000-000000000001", "/rules/sigma/7d0b2a10-0000-4000-8000-000000000002", "/rules/elastic/7d0b2a10-0000-4000-8000-000000000003",
        "/rules/splunk/7d0b2a10-0000-4000-8000-000000000004", "/compare?rule=sigma/7d0b2a10-0000-4000-8000-000000000001", "/compare?rule=elastic/7d0b2a10-0000-4000-8000-000000000003",
        "/techniques/T1021.007/draft?lang=sigma",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Nothing_runs_and_the_page_stays_readable(string address)
    {
        foreach (var width in (int[])[1280, 320])
        {
            await using var visit = await Visit.BeginAsync(site.Browser, site.Hostile, new() { Width = width });
            await visit.GoAsync(address);
            await LookAsync(visit);
        }
    }

    [Fact]
    public async Task Every_rule_can_be_opened_from_the_list()
    {
        await using var list = await Visit.BeginAsync(site.Browser, site.Hostile);
        await list.GoAsync("/techniques/T1021.007");
        var rules = await list.Page.Locator("main a[href^='/rules/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(l => l.getAttribute('href').split('#')[0]))]");
        Assert.True(rules.Length >= 7, $"{rules.Length} rules");
        foreach (var rule in rules)
        {
            await list.GoAsync(rule);
            await LookAsync(list);
        }
    }

    [Fact]
    public async Task A_hostile_rule_that_is_pasted_does_no_harm()
    {
        var rule = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "hostile", "sigma", "rules", "script.yml"), TestContext.Current.CancellationToken);
        await using var visit = await Visit.BeginAsync(site.Browser, site.Hostile);
        await visit.GoAsync("/compare");
        await visit.Page.Locator("textarea[name=text]").FillAsync(rule);
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();
        await visit.Page.WaitForLoadStateAsync();
        await LookAsync(visit);
    }

    static async Task LookAsync(Visit visit)
    {
        await visit.Page.WaitForTimeoutAsync(50);
        visit.AssertQuiet();
        Assert.Null(await visit.Page.EvaluateAsync<int?>("() => window.ran ?? null"));
        Assert.Equal(0, await visit.Page.Locator("iframe, base, meta[http-equiv=refresh], [onerror], [onload], [onmouseover], main style, main script, img[src^='http'], [hx-get*='hostile']").CountAsync());
        var harmful = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href], form[action]')].map(e => e.getAttribute('href') ?? e.getAttribute('action')).filter(a => /^\\s*(javascript|data|vbscript):/i.test(a) || a.startsWith('//'))");
        Assert.Empty(harmful);
        Assert.True(await visit.Page.Locator("h1").IsVisibleAsync());
        Assert.True((await visit.Page.Locator("main").InnerTextAsync()).Length > 40);
        await visit.AssertFitsAsync();
    }
}
