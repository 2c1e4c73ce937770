using Microsoft.Playwright;

namespace Rulescope.Browser.Tests;

/// <summary>The exported site, opened as files.</summary>
public sealed class ExportTests(PublishedSite site)
{
    [Fact]
    public async Task An_export_opens_without_a_server_and_is_as_good()
    {
        var browser = site.Browser;
        var folder = Path.Combine(site.Folder, "export");
        await PublishedProgram.RunAsync(["serve", "--catalog", site.StarterCatalog, "--export", folder]);
        await using var visit = await Visit.BeginAsync(browser, new Uri("about:blank"));
        var page = visit.Page;
        await visit.GoAsync(new Uri(Path.Combine(folder, "index.html")).AbsoluteUri);
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        var ground = await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('header')).display");
        Assert.NotEqual("none", ground);
        foreach (var address in (string[])["techniques/T1021.007", "rules/elastic/e6e4a058-c1e9-4179-aa9b-278a187d699f", "matrix", "events", "about"])
        {
            await visit.GoAsync(new Uri(Path.Combine(folder, address, "index.html")).AbsoluteUri);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            if (Axe.Lacking.Length == 0)
                Assert.Empty(await Axe.AskAsync(page));
        }

        await visit.GoAsync(new Uri(Path.Combine(folder, "techniques", "T1021.007", "index.html")).AbsoluteUri);
        await page.Locator("#values summary").First.ClickAsync();
        await page.Locator("#values details[open] a[href*='/rules/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.Contains("/rules/", page.Url, StringComparison.Ordinal);
        visit.AssertQuiet();
    }
}
