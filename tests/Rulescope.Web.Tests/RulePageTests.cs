using System.Text.RegularExpressions;

namespace Rulescope.Web.Tests;

public class RulePageTests(SiteFixture site)
{
    static readonly string Tunnel = $"/rules/sigma/{OwnRules.Tunnel}";

    [Fact]
    public async Task Provenance_stands_on_the_page()
    {
        var page = await site.TextAsync(Tunnel);
        foreach (var fact in (string[])["Ada Example, Ben Example", "2026-01-02", "2026-03-04", "Apache-2.0", "rules/cloud/tunnel.yml", "normalised by Rulescope"])
            Assert.Contains(fact, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrapped_prose_is_one_paragraph()
    {
        var page = await site.TextAsync(Tunnel);
        Assert.Contains("<p>A session was opened that uses an instance as a relay.</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>Another paragraph.</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_indicator_leads_to_its_line_and_is_marked_there()
    {
        var page = await site.TextAsync(Tunnel);
        var value = Regex.Match(page, "<span class=\"h-n\">eventName</span>: <mark id=\"(?<id>m[0-9]+-12)\"><span class=\"h-s\">StartSession</span></mark>", RegexOptions.NonBacktracking);
        Assert.True(value.Success);
        Assert.Contains($"<a href=\"#{value.Groups["id"].Value}\">21</a>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"n\" id=\"L21\" data-n=\"21\"></span>", page, StringComparison.Ordinal);
        Assert.Matches(new Regex("<mark id=\"m[0-9]+-9\" class=\"out\"><span class=\"h-s\">192.0.2.7</span></mark>", RegexOptions.NonBacktracking), page);
    }

    [Fact]
    public async Task Exclusions_are_whole_clauses_and_logic_is_a_tree()
    {
        var page = await site.TextAsync(Tunnel);
        Assert.Contains("<b>filter_main_admin</b>", page, StringComparison.Ordinal);
        Assert.Contains("userIdentity.userName starts_with admin- AND sourceIPAddress eq 192.0.2.7", page, StringComparison.Ordinal);
        Assert.Contains("<ul class=\"tree\">", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"join\">not</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_web_addresses_of_a_rule_become_links()
    {
        var page = await site.TextAsync($"/rules/sigma/{OwnRules.Hostile}");
        Assert.Contains("<a class=\"out\" href=\"https://example.org/safe?a=1&amp;b=2\" rel=\"noopener nofollow\">", page, StringComparison.Ordinal);
        Assert.Contains("<span>javascript:alert(4)</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        Assert.Contains("&lt;script&gt;alert(5)&lt;/script&gt;", await site.TextAsync($"/rules/sigma/{OwnRules.Hostile}"), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await site.TextAsync("/techniques/T1021.007"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vendors_and_rules_without_a_name_lead_to_the_search()
    {
        using var answer = await site.Client.GetAsync("/rules/sigma", TestContext.Current.CancellationToken);
        Assert.Equal("/search?q=vendor%3Asigma", answer.Headers.Location?.ToString());
    }
}
