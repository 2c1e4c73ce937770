using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>What the scripts add, in a browser.</summary>
public class ScriptTests(SiteFixture site, BrowserFixture browser)
{
    const int MostBytes = 50 << 10;
    const string Crowd = "/techniques/T1059.001";

    [Fact]
    public async Task A_table_has_a_box_that_filters_its_rows()
    {
        await using var opened = await OpenAsync(Crowd);
        var values = opened.Page.Locator("#values");
        var rows = values.Locator("table.values > tbody > tr:visible");
        var all = await rows.CountAsync();
        await values.Locator(".sift input").FillAsync("powershell");
        Assert.InRange(await rows.CountAsync(), 1, all - 1);
        Assert.Matches(new Regex("^[0-9]+ of [0-9]+ rows$", RegexOptions.NonBacktracking), await values.Locator(".sift [role=status]").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_column_sorts_and_says_so()
    {
        await using var opened = await OpenAsync(Crowd);
        var head = opened.Page.Locator("#values th.num").First;
        await head.Locator("button").ClickAsync();
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
        await head.Locator("button").ClickAsync();
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        var numbers = (await opened.Page.Locator("#values table.values > tbody > tr > td[data-label='Rules here']").AllInnerTextsAsync()).Select(int.Parse).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.NotEqual(numbers[0], numbers[^1]);
    }

    [Fact]
    public async Task Keys_lead_to_the_search_the_rows_and_the_help()
    {
        await using var opened = await OpenAsync(Crowd);
        var keys = opened.Page.Keyboard;
        await keys.PressAsync("j");
        var first = await FocusedAsync(opened.Page);
        await keys.PressAsync("j");
        Assert.NotEqual(first, await FocusedAsync(opened.Page));
        await keys.PressAsync("k");
        Assert.Equal(first, await FocusedAsync(opened.Page));
        await keys.PressAsync("?");
        await Assertions.Expect(opened.Page.Locator("dialog[open]")).ToContainTextAsync("Keyboard shortcuts");
        await keys.PressAsync("Escape");
        await Assertions.Expect(opened.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await keys.PressAsync("/");
        await keys.TypeAsync("j?/");
        Assert.Equal("j?/", await opened.Page.Locator("input[type=search]").First.InputValueAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Single_keys_can_be_switched_off()
    {
        await using var opened = await OpenAsync(Crowd);
        await opened.Page.Keyboard.PressAsync("?");
        await opened.Page.Locator("dialog input[type=checkbox]").UncheckAsync();
        await opened.Page.Locator("dialog button").ClickAsync();
        await opened.Page.ReloadAsync();
        await opened.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(opened.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_filter_comes_without_a_reload_and_the_way_back_works()
    {
        await using var opened = await OpenAsync("/techniques/T1021.007");
        var page = opened.Page;
        await page.EvaluateAsync("window.isSame = true");
        var before = await page.Locator(".stats dd").First.InnerTextAsync();
        await page.Locator("select[name=platform]").SelectOptionAsync("windows");
        await page.Locator(".filters button").ClickAsync();
        await Assertions.Expect(page.Locator(".chip.on").First).ToContainTextAsync("Windows");
        Assert.Contains("platform=windows", page.Url, StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("window.isSame === true"));
        var after = await page.Locator(".stats dd").First.InnerTextAsync();
        Assert.NotEqual(before, after);
        Assert.StartsWith(after, await page.Locator("#said").InnerTextAsync(), StringComparison.Ordinal);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".stats dd").First).ToHaveTextAsync(before);
        Assert.DoesNotContain("platform", page.Url, StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_facet_of_the_search_comes_without_a_reload()
    {
        await using var opened = await OpenAsync("/search?q=e");
        var page = opened.Page;
        await page.EvaluateAsync("window.isSame = true");
        await page.Locator(".facets a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".chip.on")).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<bool>("window.isSame === true"));
        Assert.Equal(await page.Locator("#found-rules").InnerTextAsync(), await page.Locator("#said").InnerTextAsync());
    }

    [Fact]
    public async Task The_editor_comes_with_the_focus_and_marks_what_is_wrong()
    {
        await using var opened = await OpenAsync("/compare");
        var page = opened.Page;
        Assert.Equal(0, await page.Locator(".cm-content").CountAsync());
        await page.Locator("#rule").FocusAsync();
        await page.Locator(".cm-content").WaitForAsync();
        await page.Keyboard.TypeAsync("process where process.name ==");
        await page.Locator(".cm-lintRange-error, .cm-lintPoint-error").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal("process where process.name ==", await page.Locator("#rule").InputValueAsync());
        // No trap: Tab goes on to the next field.
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("lang", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Locator(".paste button").ClickAsync();
        await Assertions.Expect(page.Locator(".tell.error").First).ToBeVisibleAsync();
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Without_scripts_a_rule_is_compared_all_the_same()
    {
        await using var opened = await OpenAsync("/compare", withScripts: false);
        var page = opened.Page;
        await page.Locator("#rule").FillAsync("SigninLogs | where ResultType == 0 and");
        await page.Locator("select[name=lang]").SelectOptionAsync("kusto");
        await page.Locator(".paste button").ClickAsync();
        await Assertions.Expect(page.Locator(".tell.error").First).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator(".sift, .sort, .copy, .keys").CountAsync());
    }

    [Fact]
    public void The_scripts_of_a_page_are_small()
    {
        Assert.SkipWhen(SiteAssets.Script is null, "the site was built without its scripts");
        Assert.InRange(SiteAssets.Script!.Content.Length, 1, MostBytes);
        Assert.NotNull(SiteAssets.Editor);
        Assert.NotNull(SiteAssets.Licences);
    }

    async Task<BrowserPage> OpenAsync(string address, bool withScripts = true)
    {
        var opened = await browser.OpenAsync(site.Client.BaseAddress!, withScripts);
        await opened.Page.GotoAsync(address);
        return opened;
    }

    static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.closest('tr, li')?.textContent ?? ''");
}
