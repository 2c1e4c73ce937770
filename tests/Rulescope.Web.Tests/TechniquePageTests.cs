using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rulescope.Web.Tests;

public class TechniquePageTests(SiteFixture site)
{
    const string Cloud = "/techniques/T1021.007";

    [Theory]
    [InlineData("/techniques/t1021.007", Cloud)]
    [InlineData("/techniques/T1086", "/techniques/T1059.001")]
    [InlineData("/techniques/t1562.001?role=selector", "/techniques/T1685?role=selector")]
    [InlineData("/techniques/t1086.json?all=1", "/techniques/T1059.001.json?all=1")]
    public async Task An_id_of_any_version_and_case_moves_to_its_page(string from, string to)
    {
        using var answer = await site.Client.GetAsync(from, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_title_names_parent_technique_and_id()
    {
        var page = await site.TextAsync(Cloud);
        Assert.Contains("<title>Remote Services: Cloud Services T1021.007 · Rulescope</title>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://attack.mitre.org/techniques/T1021/007/\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques#lateral-movement\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_shows_its_first_paragraph_and_folds_the_rest()
    {
        var page = await site.TextAsync(Cloud);
        var first = page.IndexOf("First words of ours about clouds.", StringComparison.Ordinal);
        var fold = page.IndexOf("More of the description", StringComparison.Ordinal);
        var second = page.IndexOf("Second words behind a fold.", StringComparison.Ordinal);
        Assert.True(first > 0 && first < fold && fold < second);
    }

    [Fact]
    public async Task A_text_of_a_predecessor_says_so() =>
        Assert.Contains("Text from the 18.1 predecessor T1562.001.", await site.TextAsync("/techniques/T1685"), StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_description_the_page_says_how_to_get_one() =>
        Assert.Contains("--attack FILE", await site.TextAsync("/techniques/T1059.001"), StringComparison.Ordinal);

    [Fact]
    public async Task The_guide_is_drawn_from_live_rules_only()
    {
        var page = await site.TextAsync(Cloud);
        Assert.Contains("Drawn from <b>3 rules</b>", page, StringComparison.Ordinal);
        Assert.Contains("Left out of all counts: 1 deprecated.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(OwnRules.Former, page, StringComparison.Ordinal);
        Assert.Contains("Drawn from <b>4 rules</b>", await site.TextAsync($"{Cloud}?include=deprecated"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_opens_to_the_rules_that_use_it()
    {
        var page = await site.TextAsync(Cloud);
        var value = page.IndexOf("<summary><code>StartSession</code></summary>", StringComparison.Ordinal);
        Assert.True(value > 0);
        var end = page.IndexOf("</details>", value, StringComparison.Ordinal);
        var link = Regex.Match(page[value..end], $"<a href=\"(?<page>/rules/sigma/{OwnRules.Tunnel})#(?<mark>m[0-9]+-12)\">Tunnel Through A Managed Instance</a>", RegexOptions.NonBacktracking);
        Assert.True(link.Success);
        // The very place is marked there.
        Assert.Contains($"<mark id=\"{link.Groups["mark"].Value}\"><span class=\"h-s\">StartSession</span></mark>", await site.TextAsync(link.Groups["page"].Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_opens_to_the_names_it_came_from_and_what_put_them_there()
    {
        var page = await site.TextAsync(Cloud);
        var values = page[page.IndexOf("id=\"values\"", StringComparison.Ordinal)..page.IndexOf("id=\"exclusions\"", StringComparison.Ordinal)];
        var row = values[values.IndexOf("<summary><code>StartSession</code></summary>", StringComparison.Ordinal)..];
        Assert.Contains("sigma, aws/cloudtrail: *", row[..row.IndexOf("</details>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("own name", row[..row.IndexOf("</details>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_starts_with_what_an_author_asks_first()
    {
        var page = await site.TextAsync("/techniques/T1059.001");
        var start = page[page.IndexOf("id=\"start\"", StringComparison.Ordinal)..page.IndexOf("id=\"events\"", StringComparison.Ordinal)];
        Assert.Contains("What the newest rules added", start, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_strip_tells_of_packages_that_hold_against_their_events() =>
        Assert.Contains("<dt>package validated by events</dt><dd>1 of 1</dd>", await site.TextAsync(Cloud), StringComparison.Ordinal);

    [Fact]
    public async Task An_exclusion_opens_to_its_whole_clause()
    {
        var page = await site.TextAsync(Cloud);
        var table = page[page.IndexOf("id=\"exclusions\"", StringComparison.Ordinal)..page.IndexOf("id=\"rules\"", StringComparison.Ordinal)];
        Assert.Contains("userIdentity.userName starts_with admin- AND sourceIPAddress eq 192.0.2.7", table, StringComparison.Ordinal);
        Assert.Contains("filter_main_admin", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_can_be_taken_away()
    {
        var page = await site.TextAsync($"{Cloud}?platform=windows&role=all");
        Assert.Contains("Drawn from <b>2 rules</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("StartSession", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"windows\" selected>", page, StringComparison.Ordinal);
        Assert.Contains($"<a class=\"chip on\" href=\"{Cloud}?role=all\">", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"all\" selected>all</option>", page, StringComparison.Ordinal);
        Assert.Contains($"<a class=\"chip on\" href=\"{Cloud}?platform=windows\">", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("level=high", "high", 1)]
    [InlineData("level=low", "low", 0)]
    [InlineData("vendor=sigma", "Sigma", 3)]
    [InlineData("vendor=elastic", "Elastic", 0)]
    [InlineData("data=nothing-known", "nothing-known", 0)]
    public async Task Each_filter_narrows_the_rules_and_says_how_many_are_left(string query, string shown, int rules)
    {
        var page = await site.TextAsync($"{Cloud}?{query}");
        Assert.Contains($"role=\"status\">{rules} rule{(rules == 1 ? "" : "s")}</p>", page, StringComparison.Ordinal);
        Assert.Contains($": {shown} <span aria-hidden=\"true\">×</span></a>", page, StringComparison.Ordinal);
        // What the filters change is one part of the page, the form in it.
        Assert.True(page.IndexOf("id=\"guide-content\"", StringComparison.Ordinal) < page.IndexOf("id=\"filters\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_choice_counts_the_rules_that_the_other_filters_leave()
    {
        var page = await site.TextAsync($"{Cloud}?platform=windows");
        var levels = page[page.IndexOf("name=\"level\"", StringComparison.Ordinal)..];
        var counts = Regex.Matches(levels[..levels.IndexOf("</select>", StringComparison.Ordinal)], @" \((?<n>\d+)\)</option>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        Assert.InRange(counts.Sum(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture)), 1, 2);
    }

    [Fact]
    public async Task Long_tables_show_their_first_rows_and_all_on_demand()
    {
        var first = await site.TextAsync("/techniques/T1059.001");
        Assert.Contains("href=\"/techniques/T1059.001?all=1#values\">Show all 401</a>", first, StringComparison.Ordinal);
        Assert.Equal(30, Rows(first, "data values"));
        Assert.Equal(401, Rows(await site.TextAsync("/techniques/T1059.001?all=1"), "data values"));
    }

    [Fact]
    public async Task A_technique_of_hundreds_of_rules_is_a_light_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/techniques/T1059.001");
        request.Headers.AcceptEncoding.Add(new("gzip"));
        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var packed = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange(packed.Length, 1, 100_000);
        await using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Contains("Crowd Rule 299 ", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_counts_its_sub_techniques_beside_itself()
    {
        Assert.Contains("3 rules with them", await site.TextAsync("/techniques/T1021"), StringComparison.Ordinal);
        Assert.Contains("Drawn from <b>3 rules</b>", await site.TextAsync("/techniques/T1021?sub=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behaviour_comes_first_and_the_other_roles_are_one_step_away()
    {
        var page = await site.TextAsync("/techniques/T1059.007");
        Assert.Contains("<a class=\"chip on\" aria-current=\"true\" href=\"/techniques/T1059.007#guide\">behaviour <small>2 fields · 12 values</small></a>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1059.007?role=selector#guide\">selector <small>1 field · 1 value</small></a>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1059.007?role=all#guide\">all <small>3 fields · 13 values</small></a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("threshold <small>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<code>Provider_Name</code>", page, StringComparison.Ordinal);
        Assert.Contains("1 more of other roles", page, StringComparison.Ordinal);
        Assert.Contains("<code>Provider_Name</code>", await site.TextAsync("/techniques/T1059.007?role=all"), StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/techniques/T1059.007.json"));
        Assert.Equal(3, twin.RootElement.GetProperty("fields").GetProperty("distinct").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?all=1")]
    public async Task A_long_list_of_one_rule_takes_one_line(string query)
    {
        var page = await site.TextAsync($"/techniques/T1059.007{query}");
        var fold = page.IndexOf("<summary>8 more from one rule</summary>", StringComparison.Ordinal);
        Assert.True(fold > 0);
        var inside = page[fold..page.IndexOf("</details>", fold, StringComparison.Ordinal)];
        Assert.Contains($"href=\"/rules/sigma/{OwnRules.Listed}#m", inside, StringComparison.Ordinal);
        foreach (var member in Enumerable.Range(3, 8))
            Assert.Contains($"<code>own-script-{member:D2}</code>", inside, StringComparison.Ordinal);
        // Three members, the fold and the value of the other field.
        Assert.Equal(5, Rows(page, "data values"));
        Assert.DoesNotContain("Show all", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_technique_without_rules_says_where_to_look()
    {
        var page = await site.TextAsync("/techniques/T1021.001");
        Assert.Contains("No rule of this catalog is tagged with T1021.001, so", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1021\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"guide\"", page, StringComparison.Ordinal);
        Assert.Contains("Take the filters away", await site.TextAsync($"{Cloud}?platform=nowhere"), StringComparison.Ordinal);
    }

    static int Rows(string page, string table)
    {
        var start = page.IndexOf($"<table class=\"{table}\"", StringComparison.Ordinal);
        var body = page.IndexOf("<tbody>", start, StringComparison.Ordinal);
        return page[body..page.IndexOf("</tbody>", body, StringComparison.Ordinal)].Split("<tr").Length - 1;
    }
}
