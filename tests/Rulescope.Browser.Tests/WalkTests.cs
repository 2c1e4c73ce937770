using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rulescope.Browser.Tests;

/// <summary>The ways an author takes through the site, with and without JavaScript, by mouse and by keyboard.</summary>
public sealed class WalkTests(PublishedSite site)
{
    const string Technique = "/techniques/T1021.007";

    const string BrokenRule = """
        title: Broken
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventName: StartSession
            condition: selection and nobody
        """;

    const string Rule = """
        title: A Rule Of A Visitor
        id: 0c0c0c0c-0000-4000-8000-000000000001
        status: test
        tags:
            - attack.t1021.007
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventSource: ssm.amazonaws.com
                eventName: StartSession
            condition: selection
        level: medium
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_home_by_search_to_a_technique_an_indicator_and_its_place_in_a_rule(bool hasScript)
    {
        await using var visit = await VisitAsync(new() { HasScript = hasScript });
        var page = visit.Page;
        await visit.GoAsync("/");
        var search = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Searchbox).First;
        await search.FillAsync("T1021.007");
        await search.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("/search\\?q=T1021\\.007"));
        await page.Locator("main a[href='/techniques/T1021.007']").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("/techniques/T1021\\.007$"));

        var row = page.Locator("#values tbody tr").Filter(new() { HasText = "GetSigninToken" }).First;
        await row.Locator("summary").First.ClickAsync();
        var link = row.Locator("a[href^='/rules/']").First;
        await Assertions.Expect(link).ToBeVisibleAsync();
        await link.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("/rules/[a-z]+/[^#]+#"));
        var target = page.Locator(":target");
        await Assertions.Expect(target).ToBeInViewportAsync();
        await Assertions.Expect(target).ToContainTextAsync("GetSigninToken");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filters_change_the_counts_and_the_address_and_the_way_back_works(bool hasScript)
    {
        await using var visit = await VisitAsync(new() { HasScript = hasScript });
        var page = visit.Page;
        await visit.GoAsync(Technique);
        var all = await RulesAsync(page);
        await ChooseAsync(page, "platform", "aws");
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("[?&]platform=aws"));
        var aws = await SettledAsync(page, n => n < all);
        await ChooseAsync(page, "domain", "identity");
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("platform=aws.*domain=identity"));
        await SettledAsync(page, n => n <= aws);
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("platform=aws"));
        await Assertions.Expect(page).Not.ToHaveURLAsync(Pattern("domain=[a-z]"));
        await SettledAsync(page, n => n == aws);
        await page.GoBackAsync();
        await SettledAsync(page, n => n == all);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pasted_rule_is_compared_and_its_errors_are_shown(bool hasScript)
    {
        await using var visit = await VisitAsync(new() { HasScript = hasScript });
        var page = visit.Page;
        await visit.GoAsync("/compare");
        await PasteAsync(page, BrokenRule);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(Pattern("SIG[0-9]{4}"));
        await visit.GoAsync("/compare");
        await PasteAsync(page, Rule);
        var main = page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync("A Rule Of A Visitor");
        await Assertions.Expect(main).ToContainTextAsync(Pattern("(?i)missing"));
        await Assertions.Expect(main.Locator("a[href^='/rules/']")).Not.ToHaveCountAsync(0);
        Assert.DoesNotMatch("SIG0[0-9]{3}", await main.InnerTextAsync());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var visit = await VisitAsync(new());
        var page = visit.Page;
        await visit.GoAsync(Technique);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(":focus")).ToHaveTextAsync("Skip to content");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("#main$"));
        for (var steps = 0; steps < 400; steps++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("() => document.activeElement.matches('#values summary')"))
                break;
        }

        var summary = page.Locator("#values summary:focus");
        await Assertions.Expect(summary).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        while (!await page.EvaluateAsync<bool>("() => document.activeElement.matches('#values a[href^=\"/rules/\"]')"))
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("/rules/"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Shortcuts_lead_to_the_search_and_explain_themselves()
    {
        await using var visit = await VisitAsync(new());
        var page = visit.Page;
        await visit.GoAsync(Technique);
        Assert.SkipWhen(await page.Locator("script[src]").CountAsync() == 0, "the site was built without its scripts");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("input[type=search]:focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_menu_of_a_narrow_page_opens_without_script()
    {
        await using var visit = await VisitAsync(new() { Width = 320, HasScript = false });
        var page = visit.Page;
        await visit.GoAsync("/");
        var link = page.GetByRole(AriaRole.Banner).Locator("a[href='/matrix']:visible").First;
        if (!await link.IsVisibleAsync())
            await page.GetByRole(AriaRole.Banner).Locator("summary:visible").First.ClickAsync();
        await link.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Pattern("/matrix"));
        visit.AssertQuiet();
    }

    static Regex Pattern(string text) => new(text, RegexOptions.None, TimeSpan.FromSeconds(1));

    Task<Visit> VisitAsync(Visitor visitor) => Visit.BeginAsync(site.Browser, site.Starters, visitor);

    static async Task ChooseAsync(IPage page, string name, string value)
    {
        await page.Locator($"form.filters select[name={name}]").SelectOptionAsync(value);
        var apply = page.Locator("form.filters button");
        if (await apply.IsVisibleAsync())
            await apply.ClickAsync();
        await page.WaitForURLAsync(Pattern($"{name}={value}"));
    }

    static async Task PasteAsync(IPage page, string rule)
    {
        await page.Locator("textarea[name=text]").FillAsync(rule);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    // What the list of rules says it holds.
    static async Task<int> RulesAsync(IPage page) =>
        int.Parse(Regex.Match(await page.Locator("#rules h2").InnerTextAsync(), "[0-9][0-9,]*", RegexOptions.NonBacktracking).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    static async Task<int> SettledAsync(IPage page, Func<int, bool> until)
    {
        var count = await RulesAsync(page);
        for (var tries = 0; tries < 200 && !until(count); tries++)
        {
            await page.WaitForTimeoutAsync(100);
            count = await RulesAsync(page);
        }

        Assert.True(until(count), $"{page.Url} counts {count} rules");
        return count;
    }
}
