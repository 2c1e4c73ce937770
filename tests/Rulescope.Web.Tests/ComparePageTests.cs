using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

public class ComparePageTests(SiteFixture site)
{
    // As the tunnel rule, with another user excluded and one value of its own.
    const string Mine = """
        title: My Tunnel
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000777
        tags:
            - attack.t1021.007
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventSource: ssm.amazonaws.com
                eventName: ResumeSession
            condition: selection
        """;

    const string Broken = """
        title: My Broken Rule
        tags:
            - attack.t1021.007
        logsource:
            product: aws
        detection:
            selection:
                eventName: StartSession
            condition: selection and and other
        """;

    [Fact]
    public async Task The_page_is_a_form_first()
    {
        var page = await site.TextAsync("/compare?technique=T1021.007&lang=kusto");
        Assert.Contains("<textarea id=\"rule\" name=\"text\"", page, StringComparison.Ordinal);
        Assert.Contains("method=\"post\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"T1021.007\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"kusto\" selected>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"near\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_rule_is_laid_on_the_tables_of_its_technique()
    {
        var page = await PostAsync(Mine);
        Assert.Contains("looks like Sigma, nothing to object to", page, StringComparison.Ordinal);
        Assert.Contains("My Tunnel", page, StringComparison.Ordinal);
        Assert.Contains("ssm.amazonaws.com", Section(page, "T1021-007-matching"), StringComparison.Ordinal);
        Assert.Contains("ResumeSession", Section(page, "T1021-007-rare"), StringComparison.Ordinal);
        Assert.Contains("StartSession", Section(page, "T1021-007-missing"), StringComparison.Ordinal);
        var exclusions = Section(page, "T1021-007-exclusions");
        Assert.Contains("192.0.2.7", exclusions, StringComparison.Ordinal);
        Assert.Contains("admin-", exclusions, StringComparison.Ordinal);
        Assert.Contains("Tunnel Through A Managed Instance", exclusions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_catalog_is_compared_as_the_catalog_has_it()
    {
        var page = await site.TextAsync($"/compare?rule=sigma/{OwnRules.Tunnel}");
        Assert.Contains($"<a href=\"/rules/sigma/{OwnRules.Tunnel}\">Tunnel Through A Managed Instance</a>", page, StringComparison.Ordinal);
        Assert.Contains("this rule, as the catalog has it", page, StringComparison.Ordinal);
        Assert.Contains("start-session", Section(page, "T1021-007-missing"), StringComparison.Ordinal);
        Assert.Contains("title: Tunnel Through A Managed Instance", page, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync($"/compare.json?rule=sigma/{OwnRules.Tunnel}&technique=T1059.001"));
        Assert.Equal("T1059.001", twin.RootElement.GetProperty("rules")[0].GetProperty("techniques")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/compare?rule=sigma/unknown")]
    [InlineData("/compare?rule=nonsense")]
    [InlineData("/compare.json?rule=sigma/unknown")]
    public async Task A_rule_that_is_not_there_is_not_compared(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_finding_stands_under_its_place()
    {
        var page = await PostAsync(Broken);
        Assert.Contains("data-n=\"9\">    condition: selection and <mark class=\"out\">and</mark>", page, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"\^+ </span><b>[A-Z]+[0-9]{4}</b><span class=""unseen""> line 9, column [0-9]+:</span> ", RegexOptions.NonBacktracking), page);
    }

    [Theory]
    [InlineData("kusto", "SigninLogs | where ResultType == 0 and", "kusto")]
    [InlineData("", "process where process.name ==", "eql")]
    public async Task Findings_are_told_in_JSON_too(string language, string text, string read)
    {
        using var answer = await site.Client.PostAsync($"/check.json?lang={language}", new StringContent(text), TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var finding = json.RootElement.GetProperty("findings")[0];
        Assert.StartsWith(read == "eql" ? "EQL" : "KUS", finding.GetProperty("id").GetString()!, StringComparison.Ordinal);
        Assert.Equal("input", finding.GetProperty("path").GetString());
    }

    [Fact]
    public async Task The_comparison_is_told_in_JSON_as_the_command_line_does()
    {
        using var answer = await site.Client.PostAsync("/compare.json", new StringContent(Mine), TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["rules", "notCompared", "findings"], json.RootElement.EnumerateObject().Select(p => p.Name));
        var rule = json.RootElement.GetProperty("rules")[0];
        Assert.Equal("My Tunnel", rule.GetProperty("rule").GetProperty("title").GetString());
        Assert.Equal(3, rule.GetProperty("techniques")[0].GetProperty("rules").GetInt32());
    }

    [Fact]
    public async Task A_technique_that_is_none_is_said_to_be_none()
    {
        Assert.Contains("is not a technique id", await PostAsync(Mine, technique: "<b>x</b>"), StringComparison.Ordinal);
        using var answer = await site.Client.PostAsync("/compare.json?technique=x", new StringContent(Mine), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_words()
    {
        using var form = Form(new string('x', 600 << 10));
        using var answer = await site.Client.PostAsync("/compare", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("512 KB", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var json = await site.Client.PostAsync("/compare.json", new StringContent(new string('x', 600 << 10)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, json.StatusCode);
    }

    [Fact]
    public async Task What_is_no_form_of_ours_is_refused_with_words()
    {
        using var text = await site.Client.PostAsync("/compare", new StringContent("x"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"f{i}", "x")));
        using var fields = await site.Client.PostAsync("/compare", many, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, fields.StatusCode);
        Assert.Contains("There is no rule in the field yet", await PostAsync("  \n "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</textarea><script>alert(1)</script>")]
    [InlineData("title: '<script>alert(1)</script>'\ndetection:\n  '<script>': {\"<img src=x onerror=alert(2)>\": '</pre><script>'}\n  condition: '<script>'\nlogsource: {product: '<script>'}\ntags: ['attack.t1021.007', '<script>']\n")]
    [InlineData("SigninLogs | where A == '<script>alert(1)</script>' and and\n")]
    public async Task Whatever_is_pasted_stays_text(string text)
    {
        var page = await PostAsync(text, technique: "T1021.007");
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, page.Split("</textarea>").Length - 1);
    }

    [Fact]
    public async Task A_long_line_and_many_findings_are_cut()
    {
        var page = await PostAsync(string.Concat(Enumerable.Repeat("SigninLogs | where and == (\n", 400)) + new string('x', 20_000), "kusto");
        Assert.Contains($"The first {ToldLines.MostFindings} of", page, StringComparison.Ordinal);
        Assert.True(page.Length < 200_000, $"the page has {page.Length} characters");
    }

    async Task<string> PostAsync(string text, string language = "", string technique = "")
    {
        using var form = Form(text, language, technique);
        using var answer = await site.Client.PostAsync("/compare", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    static MultipartFormDataContent Form(string text, string language = "", string technique = "") => new()
    {
        { new StringContent(text, Encoding.UTF8), "text" },
        { new StringContent(language), "lang" },
        { new StringContent(technique), "technique" },
    };

    // A section of the page, by its id, up to the next one.
    static string Section(string page, string id)
    {
        var start = page.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"there is no section {id}");
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }
}
